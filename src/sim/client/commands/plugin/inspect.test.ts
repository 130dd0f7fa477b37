import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'plugin inspect me/driver',
    engine: [['GET /plugins/me/driver/json', 200, { Id: '88' }]],
    stdout: '[\n    {\n        "Id": "88"\n    }\n]\n',
  },
  {
    docker: 'plugin inspect nosuch',
    engine: [['GET /plugins/nosuch/json', 404, 'plugin "nosuch" not found']],
    stdout: '[]\n',
    stderr: 'Error response from daemon: plugin "nosuch" not found\n',
    exit: 1,
  },
  {
    docker: 'plugin inspect',
    stderr:
      "docker: 'docker plugin inspect' requires at least 1 argument\n\nUsage:  docker plugin inspect [OPTIONS] PLUGIN [PLUGIN...]\n\nSee 'docker plugin inspect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
