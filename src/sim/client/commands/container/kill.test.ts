import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'kill web', engine: [['POST /containers/web/kill', 204]], stdout: 'web\n' },
  {
    docker: 'kill --signal=9 web db',
    engine: [
      ['POST /containers/web/kill?signal=9', 204],
      ['POST /containers/db/kill?signal=9', 204],
    ],
    stdout: 'web\ndb\n',
  },
  { docker: 'kill -sUSR1 web', engine: [['POST /containers/web/kill?signal=USR1', 204]], stdout: 'web\n' },
  {
    docker: 'kill web nosuch',
    engine: [
      ['POST /containers/web/kill', 409, 'cannot kill container: web: container 88 is not running'],
      ['POST /containers/nosuch/kill', 404, 'No such container: nosuch'],
    ],
    stderr:
      'Error response from daemon: cannot kill container: web: container 88 is not running\nError response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'kill -s NOPE web',
    engine: [['POST /containers/web/kill?signal=NOPE', 400, 'Invalid signal: NOPE']],
    stderr: 'Error response from daemon: Invalid signal: NOPE\n',
    exit: 1,
  },
  {
    docker: 'kill',
    stderr:
      "docker: 'docker kill' requires at least 1 argument\n\nUsage:  docker kill [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker kill --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
