import { expect, test } from 'vitest';
import { type ClientCase, frames, play } from '../../testing/play.ts';

/** A part of what is asked for; clientAnswers.test.ts has the whole. */
const sends = (config: object, host: object = {}) => expect.objectContaining({ ...config, HostConfig: expect.objectContaining(host) });

test.for<ClientCase>([
  {
    docker: 'run busybox',
    engine: [
      [
        'POST /containers/create',
        201,
        { Id: '88', Warnings: [] },
        sends({ Image: 'busybox', AttachStdin: false, AttachStdout: true, AttachStderr: true }),
      ],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames(['stdout', 'hello\\n'], ['stderr', 'oops\\n'])],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'hello\\n',
    stderr: 'oops\\n',
  },
  // Its status is the container's.
  {
    docker: 'container run --rm --name web busybox sh -c "exit 3"',
    engine: [
      ['POST /containers/create?name=web', 201, { Id: '88', Warnings: [] }, sends({ Cmd: ['sh', '-c', 'exit 3'] }, { AutoRemove: true })],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames(['stdout', 'hello\\n'], ['stderr', 'oops\\n'])],
      ['POST /containers/88/wait?condition=removed', 200, { StatusCode: 3 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'hello\\n',
    stderr: 'oops\\n',
    exit: 3,
  },
  {
    docker: 'run -i busybox cat',
    stdin: 'hello\n',
    engine: [
      ['POST /containers/create', 201, { Id: '88', Warnings: [] }, sends({ AttachStdin: true, OpenStdin: true, StdinOnce: true })],
      ['POST /containers/88/attach?stderr=1&stdin=1&stdout=1&stream=1', 101, frames(['stdout', 'hello\\n'], ['stderr', 'oops\\n'])],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'hello\\n',
    stderr: 'oops\\n',
  },
  {
    docker: 'run -d busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88', Warnings: [] }, sends({ AttachStdout: false, AttachStderr: false })],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: '88\n',
  },
  {
    docker: 'run -d --rm busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88', Warnings: ['Careful'] }, sends({}, { AutoRemove: true })],
      ['POST /containers/88/wait?condition=removed', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: '88\n',
    stderr: 'WARNING: Careful\n',
  },
  {
    docker: 'run -a stdout busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({ AttachStdout: true, AttachStderr: false })],
      ['POST /containers/88/attach?stdout=1&stream=1', 101, frames(['stdout', 'x\\n'])],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'x\\n',
  },
  { docker: 'run -d -a stdout busybox', stderr: 'conflicting options: cannot specify both --attach and --detach\n', exit: 1 },
  { docker: 'run -it busybox', stderr: 'the input device is not a TTY\n', exit: 1 },
  {
    docker: 'run --rm --restart=always busybox',
    stderr: "docker: conflicting options: cannot specify both --restart and --rm\n\nRun 'docker run --help' for more information\n",
    exit: 125,
  },
  // 127 when the program was not found.
  {
    docker: 'run busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({})],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames()],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      [
        'POST /containers/88/start',
        400,
        'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "nosuch": executable file not found in $PATH: unknown',
      ],
    ],
    stderr:
      'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "nosuch": executable file not found in $PATH: unknown\n\nRun \'docker run --help\' for more information\n',
    exit: 127,
  },
  // 126 when it could not be run.
  {
    docker: 'run busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({})],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames()],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 400, 'exec: "/etc/motd": permission denied: unknown'],
    ],
    stderr:
      'docker: Error response from daemon: exec: "/etc/motd": permission denied: unknown\n\nRun \'docker run --help\' for more information\n',
    exit: 126,
  },
  // 125 when the daemon failed.
  {
    docker: 'run -d -p 80:80 busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({})],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      [
        'POST /containers/88/start',
        500,
        'driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:80 failed: port is already allocated',
      ],
    ],
    stdout: '88\n',
    stderr:
      "docker: Error response from daemon: driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:80 failed: port is already allocated\n\nRun 'docker run --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'run --name web busybox',
    engine: [
      ['POST /containers/create?name=web', 409, 'Conflict. The container name "/web" is already in use by container "77".', sends({})],
    ],
    stderr:
      'docker: Error response from daemon: Conflict. The container name "/web" is already in use by container "77".\n\nRun \'docker run --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'run nosuch',
    engine: [
      ['POST /containers/create', 404, 'No such image: nosuch:latest', sends({})],
      [
        'POST /images/create?fromImage=docker.io/library/nosuch&tag=latest',
        404,
        "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      ],
    ],
    stderr:
      "Unable to find image 'nosuch:latest' locally\ndocker: Error response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied\n\nRun 'docker run --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'run busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({})],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 409, 'cannot attach'],
    ],
    stderr: 'unable to upgrade to tcp, received 409\n',
    exit: 1,
  },
  {
    docker: 'run busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({})],
      ['POST /containers/88/attach?stderr=1&stdout=1&stream=1', 101, frames(['stdout', 'x\\n'])],
      ['POST /containers/88/wait?condition=next-exit', 200, { StatusCode: 0 }],
      ['POST /containers/88/start', 204],
    ],
    stdout: 'x\\n',
  },
  {
    docker: 'run --pull=x busybox',
    stderr:
      'docker: invalid pull option: \'x\': must be one of "always", "missing" or "never"\n\nRun \'docker run --help\' for more information\n',
    exit: 125,
  },
  { docker: 'run -p x busybox', stderr: "docker: invalid containerPort: x\n\nRun 'docker run --help' for more information\n", exit: 125 },
  {
    docker: 'run --cpus=x busybox',
    stderr:
      'invalid argument "x" for "--cpus" flag: failed to parse x as a rational number\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun \'docker run --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'run',
    stderr:
      "docker: 'docker run' requires at least 1 argument\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nSee 'docker run --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
