import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'network disconnect net web', engine: [['POST /networks/net/disconnect', 200, undefined, { Container: 'web', Force: false }]] },
  {
    docker: 'network disconnect -f net web',
    engine: [['POST /networks/net/disconnect', 200, undefined, { Container: 'web', Force: true }]],
  },
  {
    docker: 'network disconnect net web',
    engine: [['POST /networks/net/disconnect', 403, 'container 88 is not connected to network net', { Container: 'web', Force: false }]],
    stderr: 'Error response from daemon: container 88 is not connected to network net\n',
    exit: 1,
  },
  {
    docker: 'network disconnect net a b',
    stderr:
      "docker: 'docker network disconnect' requires 2 arguments\n\nUsage:  docker network disconnect [OPTIONS] NETWORK CONTAINER\n\nRun 'docker network disconnect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
