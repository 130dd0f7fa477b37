import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'pause web db',
    engine: [
      ['POST /containers/web/pause', 204],
      ['POST /containers/db/pause', 204],
    ],
    stdout: 'web\ndb\n',
  },
  {
    docker: 'pause web',
    engine: [['POST /containers/web/pause', 409, 'container 88 is already paused']],
    stderr: 'Error response from daemon: container 88 is already paused\n',
    exit: 1,
  },
  {
    docker: 'unpause web db',
    engine: [
      ['POST /containers/web/unpause', 204],
      ['POST /containers/db/unpause', 500, 'Container db is not paused'],
    ],
    stdout: 'web\n',
    stderr: 'Error response from daemon: Container db is not paused\n',
    exit: 1,
  },
  {
    docker: 'container unpause nosuch',
    engine: [['POST /containers/nosuch/unpause', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'unpause',
    stderr:
      "docker: 'docker unpause' requires at least 1 argument\n\nUsage:  docker unpause CONTAINER [CONTAINER...]\n\nSee 'docker unpause --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
