import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'stop web', engine: [['POST /containers/web/stop', 204]], stdout: 'web\n' },
  { docker: 'container stop -t 3 web', engine: [['POST /containers/web/stop?t=3', 204]], stdout: 'web\n' },
  { docker: 'stop -t=-1 --signal SIGINT web', engine: [['POST /containers/web/stop?signal=SIGINT&t=-1', 204]], stdout: 'web\n' },
  // One that is stopped already (304) is no failure.
  {
    docker: 'stop -s HUP --time=0 web nosuch db',
    engine: [
      ['POST /containers/web/stop?signal=HUP&t=0', 204],
      ['POST /containers/nosuch/stop?signal=HUP&t=0', 404, 'No such container: nosuch'],
      ['POST /containers/db/stop?signal=HUP&t=0', 304],
    ],
    stdout: 'Flag --time has been deprecated, use --timeout instead\nweb\ndb\n',
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'stop a b',
    engine: [
      ['POST /containers/a/stop', 404, 'No such container: a'],
      ['POST /containers/b/stop', 500, 'cannot stop container: b: tried to kill container, but did not receive an exit event'],
    ],
    stderr:
      'Error response from daemon: No such container: a\nError response from daemon: cannot stop container: b: tried to kill container, but did not receive an exit event\n',
    exit: 1,
  },
  {
    docker: 'stop -t 3s web',
    stderr:
      'invalid argument "3s" for "-t, --timeout" flag: strconv.ParseInt: parsing "3s": invalid syntax\n\nUsage:  docker stop [OPTIONS] CONTAINER [CONTAINER...]\n\nRun \'docker stop --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'stop',
    stderr:
      "docker: 'docker stop' requires at least 1 argument\n\nUsage:  docker stop [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker stop --help' for more information\n",
    exit: 1,
  },
  { docker: 'restart -t 0 web', engine: [['POST /containers/web/restart?t=0', 204]], stdout: 'web\n' },
  {
    docker: 'restart --time 2 -s=KILL web',
    engine: [['POST /containers/web/restart?signal=KILL&t=2', 204]],
    stdout: 'Flag --time has been deprecated, use --timeout instead\nweb\n',
  },
  {
    docker: 'restart web nosuch',
    engine: [
      ['POST /containers/web/restart', 204],
      ['POST /containers/nosuch/restart', 404, 'No such container: nosuch'],
    ],
    stdout: 'web\n',
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'restart web',
    engine: [
      [
        'POST /containers/web/restart',
        500,
        'Cannot restart container web: driver failed programming external connectivity on endpoint web',
      ],
    ],
    stderr: 'Error response from daemon: Cannot restart container web: driver failed programming external connectivity on endpoint web\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
