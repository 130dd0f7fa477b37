import { expect, test } from 'vitest';
import { type ClientCase, frames, play } from '../../testing/play.ts';

const RUNNING = { Running: true, Paused: false, Restarting: false };
const WEB = { Id: '88', State: RUNNING, Config: { Tty: false, OpenStdin: true } };

test.for<ClientCase>([
  {
    docker: 'attach web',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 4 }],
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/attach?stderr=1&stdin=1&stdout=1&stream=1', 101, frames(['stdout', 'hello\\n'], ['stderr', 'oops\\n'])],
      ['GET /containers/web/json', 200, WEB],
    ],
    stdout: 'hello\\n',
    stderr: 'oops\\n',
    exit: 4,
  },
  {
    docker: 'container attach --no-stdin --sig-proxy=false --detach-keys=ctrl-a,x web',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 0 }],
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/attach?detachKeys=ctrl-a,x&stderr=1&stdout=1&stream=1', 101, frames()],
      ['GET /containers/web/json', 200, WEB],
    ],
  },
  {
    docker: 'attach web',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 0 }],
      ['GET /containers/web/json', 200, { ...WEB, State: { Running: false } }],
    ],
    stderr: 'You cannot attach to a stopped container, start it first\n',
    exit: 1,
  },
  {
    docker: 'attach web',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 0 }],
      ['GET /containers/web/json', 200, { ...WEB, State: { ...RUNNING, Paused: true } }],
    ],
    stderr: 'You cannot attach to a paused container, unpause it first\n',
    exit: 1,
  },
  {
    docker: 'attach web',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 0 }],
      ['GET /containers/web/json', 200, { ...WEB, State: { ...RUNNING, Restarting: true } }],
    ],
    stderr: 'You cannot attach to a restarting container, wait until it is running\n',
    exit: 1,
  },
  {
    docker: 'attach web',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 0 }],
      ['GET /containers/web/json', 200, { ...WEB, Config: { Tty: true, OpenStdin: true } }],
    ],
    stderr: 'the input device is not a TTY\n',
    exit: 1,
  },
  {
    docker: 'attach nosuch',
    engine: [
      ['POST /containers/nosuch/wait', 404, 'No such container: nosuch'],
      ['GET /containers/nosuch/json', 404, 'No such container: nosuch'],
    ],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'attach',
    stderr:
      "docker: 'docker attach' requires 1 argument\n\nUsage:  docker attach [OPTIONS] CONTAINER\n\nRun 'docker attach --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
