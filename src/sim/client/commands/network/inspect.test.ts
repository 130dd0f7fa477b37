import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const NET = { Name: 'net', Id: '88', IPAM: { Driver: 'default', Config: [{ Subnet: '10.1.0.0/16' }] }, Containers: {}, Labels: { a: 'b' } };

test.for<ClientCase>([
  {
    docker: 'network inspect net',
    engine: [['GET /networks/net', 200, NET]],
    stdout:
      '[\n    {\n        "Name": "net",\n        "Id": "88",\n        "IPAM": {\n            "Driver": "default",\n            "Config": [\n                {\n                    "Subnet": "10.1.0.0/16"\n                }\n            ]\n        },\n        "Containers": {},\n        "Labels": {\n            "a": "b"\n        }\n    }\n]\n',
  },
  {
    docker: 'network inspect -f \'{{range .IPAM.Config}}{{.Subnet}}{{end}} {{index .Labels "a"}}\' net',
    engine: [['GET /networks/net', 200, NET]],
    stdout: '10.1.0.0/16 b\n',
  },
  {
    docker: 'network inspect -v net',
    engine: [['GET /networks/net?verbose=true', 200, { Name: 'net' }]],
    stdout: '[\n    {\n        "Name": "net"\n    }\n]\n',
  },
  {
    docker: 'network inspect nosuch net',
    engine: [
      ['GET /networks/nosuch', 404, 'network nosuch not found'],
      ['GET /networks/net', 200, { Name: 'net' }],
    ],
    stdout: '[\n    {\n        "Name": "net"\n    }\n]\n',
    stderr: 'Error response from daemon: network nosuch not found\n',
    exit: 1,
  },
  {
    docker: "network inspect --format='{{.Nope}}' net",
    engine: [['GET /networks/net', 200, NET]],
    stdout: '\n',
    stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"\n',
    exit: 1,
  },
  {
    docker: 'network inspect',
    stderr:
      "docker: 'docker network inspect' requires at least 1 argument\n\nUsage:  docker network inspect [OPTIONS] NETWORK [NETWORK...]\n\nSee 'docker network inspect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
