import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'network rm a b',
    engine: [
      ['GET /networks/a', 200, { Name: 'a' }],
      ['DELETE /networks/a', 204],
      ['GET /networks/b', 200, { Name: 'b' }],
      ['DELETE /networks/b', 204],
    ],
    stdout: 'a\nb\n',
  },
  {
    docker: 'network remove nosuch a',
    engine: [
      ['GET /networks/nosuch', 404, 'network nosuch not found'],
      ['DELETE /networks/nosuch', 404, 'network nosuch not found'],
      ['GET /networks/a', 200, { Name: 'a' }],
      ['DELETE /networks/a', 204],
    ],
    stdout: 'a\n',
    stderr: 'Error response from daemon: network nosuch not found\nexit status 1\n',
    exit: 1,
  },
  {
    docker: 'network rm -f nosuch',
    engine: [
      ['GET /networks/nosuch', 404, 'network nosuch not found'],
      ['DELETE /networks/nosuch', 404, 'network nosuch not found'],
    ],
  },
  {
    docker: 'network rm a',
    engine: [
      ['GET /networks/a', 200, { Name: 'a' }],
      ['DELETE /networks/a', 403, 'error while removing network: network a id 88 has active endpoints'],
    ],
    stderr: 'Error response from daemon: error while removing network: network a id 88 has active endpoints\nexit status 1\n',
    exit: 1,
  },
  {
    docker: 'network rm ingress',
    stdin: 'n\n',
    engine: [['GET /networks/ingress', 200, { Name: 'ingress', Ingress: true }]],
    stdout:
      'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'network rm ingress',
    stdin: 'y\n',
    engine: [
      ['GET /networks/ingress', 200, { Name: 'ingress', Ingress: true }],
      ['DELETE /networks/ingress', 204],
    ],
    stdout:
      'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.\nAre you sure you want to continue? [y/N] ingress\n',
  },
  {
    docker: 'network rm',
    stderr:
      "docker: 'docker network rm' requires at least 1 argument\n\nUsage:  docker network rm NETWORK [NETWORK...]\n\nSee 'docker network rm --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
