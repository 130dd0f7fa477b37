import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'rm web', engine: [['DELETE /containers/web', 204]], stdout: 'web\n' },
  { docker: 'container remove -vf web', engine: [['DELETE /containers/web?force=1&v=1', 204]], stdout: 'web\n' },
  { docker: 'rm --link /web/db', engine: [['DELETE /containers/web/db?link=1', 204]], stdout: '/web/db\n' },
  // Slashes around the name are taken off for the request, not for what is printed.
  { docker: 'rm /web', engine: [['DELETE /containers/web', 204]], stdout: '/web\n' },
  {
    docker: 'rm web nosuch db',
    engine: [
      [
        'DELETE /containers/web',
        409,
        'cannot remove container "web": container is running: stop the container before removing or force remove',
      ],
      ['DELETE /containers/nosuch', 404, 'No such container: nosuch'],
      ['DELETE /containers/db', 204],
    ],
    stdout: 'db\n',
    stderr:
      'Error response from daemon: cannot remove container "web": container is running: stop the container before removing or force remove\nError response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  // With --force what is gone already is said, but is no failure.
  {
    docker: 'rm -f nosuch',
    engine: [['DELETE /containers/nosuch?force=1', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
  },
  {
    docker: 'rm -f web',
    engine: [['DELETE /containers/web?force=1', 409, 'removal of container web is already in progress']],
    stderr: 'Error response from daemon: removal of container web is already in progress\n',
    exit: 1,
  },
  { docker: "rm ''", stderr: 'container name cannot be empty\n', exit: 1 },
  {
    docker: 'rm',
    stderr:
      "docker: 'docker rm' requires at least 1 argument\n\nUsage:  docker rm [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker rm --help' for more information\n",
    exit: 1,
  },
  {
    docker: 'rm -x web',
    stderr:
      "unknown shorthand flag: 'x' in -x\n\nUsage:  docker rm [OPTIONS] CONTAINER [CONTAINER...]\n\nRun 'docker rm --help' for more information\n",
    exit: 125,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
