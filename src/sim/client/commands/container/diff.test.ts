import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'diff web',
    engine: [
      [
        'GET /containers/web/changes',
        200,
        [
          { Path: '/var', Kind: 0 },
          { Path: '/var/run/nginx.pid', Kind: 1 },
          { Path: '/etc/motd', Kind: 2 },
        ],
      ],
    ],
    stdout: 'C /var\nA /var/run/nginx.pid\nD /etc/motd\n',
  },
  { docker: 'container diff web', engine: [['GET /containers/web/changes', 200, null]] },
  {
    docker: 'diff nosuch',
    engine: [['GET /containers/nosuch/changes', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  { docker: "diff ''", stderr: 'Container name cannot be empty\n', exit: 1 },
  {
    docker: 'diff a b',
    stderr: "docker: 'docker diff' requires 1 argument\n\nUsage:  docker diff CONTAINER\n\nRun 'docker diff --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
