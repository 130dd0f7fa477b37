import { expect, test } from 'vitest';
import { type ClientCase, frames, play } from '../../testing/play.ts';

const WEB = { Id: '88', Config: { Tty: false, OpenStdin: true }, HostConfig: { AutoRemove: false } };

test.for<ClientCase>([
  {
    docker: 'start web db',
    engine: [
      ['POST /containers/web/start', 204],
      ['POST /containers/db/start', 304],
    ],
    stdout: 'web\ndb\n',
  },
  {
    docker: 'container start web nosuch db',
    engine: [
      ['POST /containers/web/start', 204],
      ['POST /containers/nosuch/start', 404, 'No such container: nosuch'],
      ['POST /containers/db/start', 500, 'driver failed programming external connectivity on endpoint db'],
    ],
    stdout: 'web\n',
    stderr:
      'Error response from daemon: No such container: nosuch\nError response from daemon: driver failed programming external connectivity on endpoint db\nError: failed to start containers: nosuch, db\n',
    exit: 1,
  },
  // Attached, its status is the container's.
  {
    docker: 'start -a web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames(['stdout', 'hello\\n'], ['stderr', 'oops\\n'])],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 3 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'hello\\n',
    stderr: 'oops\\n',
    exit: 3,
  },
  {
    docker: 'start -ai web',
    stdin: 'hi\n',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/88/attach?stderr=1&stdin=1&stdout=1&stream=1', 101, frames(['stdout', 'hi\\n'])],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'hi\\n',
  },
  {
    docker: 'start -i web',
    engine: [
      ['GET /containers/web/json', 200, { ...WEB, HostConfig: { AutoRemove: true } }],
      ['POST /containers/88/attach?stderr=1&stdin=1&stdout=1&stream=1', 101, frames()],
      ['POST /containers/88/wait?condition=removed', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
  },
  { docker: 'start -a web db', stderr: 'you cannot start and attach multiple containers at once\n', exit: 1 },
  {
    docker: 'start -a nosuch',
    engine: [['GET /containers/nosuch/json', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'start -a web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames()],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 409, 'cannot start a paused container, try unpause instead'],
    ],
    stderr: 'Error response from daemon: cannot start a paused container, try unpause instead\n',
    exit: 1,
  },
  {
    docker: 'start',
    stderr:
      "docker: 'docker start' requires at least 1 argument\n\nUsage:  docker start [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker start --help' for more information\n",
    exit: 1,
  },
  {
    docker: 'start --checkpoint c1 web',
    stderr: '"--checkpoint" is only supported on a Docker daemon with experimental features enabled\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
