import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const WEB = { Id: '88', Name: '/web' };

test.for<ClientCase>([
  {
    docker: 'inspect web',
    engine: [['GET /containers/web/json', 200, WEB]],
    stdout: '[\n    {\n        "Id": "88",\n        "Name": "/web"\n    }\n]\n',
  },
  {
    docker: 'inspect nginx',
    engine: [
      ['GET /containers/nginx/json', 404, 'No such container: nginx'],
      ['GET /images/nginx/json', 200, { Id: 'sha256:77' }],
    ],
    stdout: '[\n    {\n        "Id": "sha256:77"\n    }\n]\n',
  },
  {
    docker: 'inspect --type volume data',
    engine: [['GET /volumes/data', 200, { Name: 'data' }]],
    stdout: '[\n    {\n        "Name": "data"\n    }\n]\n',
  },
  {
    docker: 'inspect --type=network net',
    engine: [['GET /networks/net', 200, { Name: 'net' }]],
    stdout: '[\n    {\n        "Name": "net"\n    }\n]\n',
  },
  {
    docker: 'inspect --type image web',
    engine: [['GET /images/web/json', 404, 'No such image: web:latest']],
    stdout: '[]\n',
    stderr: 'Error response from daemon: No such image: web:latest\n',
    exit: 1,
  },
  {
    docker: 'inspect --type nope web',
    stderr:
      'unknown type: "nope": must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"\n',
    exit: 1,
  },
  {
    docker: 'inspect --type= web',
    stderr:
      'type is empty: must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"\n',
    exit: 1,
  },
  {
    docker: 'inspect -s --type image nginx',
    engine: [['GET /images/nginx/json', 200, { Id: 'sha256:77' }]],
    stdout: '[\n    {\n        "Id": "sha256:77"\n    }\n]\n',
    stderr: 'WARNING: --size ignored for image\n',
  },
  { docker: "inspect -sf '{{.Name}}' web", engine: [['GET /containers/web/json?size=1', 200, WEB]], stdout: '/web\n' },
  {
    docker: 'inspect x',
    engine: [['GET /containers/x/json', 500, 'something broke']],
    stdout: '[]\n',
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
  {
    docker: 'inspect',
    stderr:
      "docker: 'docker inspect' requires at least 1 argument\n\nUsage:  docker inspect [OPTIONS] NAME|ID [NAME|ID...]\n\nSee 'docker inspect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
