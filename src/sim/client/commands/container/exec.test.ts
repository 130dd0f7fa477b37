import { expect, test } from 'vitest';
import { type ClientCase, frames, play, text } from '../../testing/play.ts';

/** What a create of an exec asks for, besides what the options say. */
const asked = (options: object): object => ({
  User: '',
  Privileged: false,
  Tty: false,
  AttachStdin: false,
  AttachStderr: true,
  AttachStdout: true,
  Detach: false,
  DetachKeys: '',
  Env: null,
  WorkingDir: '',
  ...options,
});

const WEB = { Id: '88', State: { Running: true } };

test.for<ClientCase>([
  {
    docker: 'exec web ls -l',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ Cmd: ['ls', '-l'] })],
      ['POST /exec/e1/start', 101, frames(['stdout', 'a\\n'], ['stderr', 'b\\n']), { Detach: false, Tty: false }],
      ['GET /exec/e1/json', 200, { ExitCode: 0 }],
    ],
    stdout: 'a\\n',
    stderr: 'b\\n',
  },
  {
    docker: 'container exec -e A=1 --env=B -eC= -u 1000:1000 -w /srv --privileged web sh -c "exit 3"',
    env: { B: '2' },
    engine: [
      ['GET /containers/web/json', 200, WEB],
      [
        'POST /containers/web/exec',
        201,
        { Id: 'e1' },
        asked({ User: '1000:1000', Privileged: true, Env: ['A=1', 'B=2', 'C='], WorkingDir: '/srv', Cmd: ['sh', '-c', 'exit 3'] }),
      ],
      ['POST /exec/e1/start', 101, frames(), { Detach: false, Tty: false }],
      ['GET /exec/e1/json', 200, { ExitCode: 3 }],
    ],
    exit: 3,
  },
  {
    docker: 'exec --env-file vars -e B=3 web env',
    files: { vars: '# why\nA=1\n\nB=2\nHOME\nNOSUCH\n' },
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ Env: ['A=1', 'B=2', 'HOME=/root', 'B=3'], Cmd: ['env'] })],
      ['POST /exec/e1/start', 101, frames(['stdout', 'x']), { Detach: false, Tty: false }],
      ['GET /exec/e1/json', 200, { ExitCode: 0 }],
    ],
    stdout: 'x',
  },
  {
    docker: 'exec -d web sleep 9',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      [
        'POST /containers/web/exec',
        201,
        { Id: 'e1' },
        asked({ AttachStderr: false, AttachStdout: false, Detach: true, Cmd: ['sleep', '9'] }),
      ],
      ['POST /exec/e1/start', 200, undefined, { Detach: true, Tty: false }],
    ],
  },
  {
    docker: 'exec -i web cat',
    stdin: 'hi\n',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ AttachStdin: true, Cmd: ['cat'] })],
      ['POST /exec/e1/start', 101, frames(['stdout', 'hi\\n']), { Detach: false, Tty: false }],
      ['GET /exec/e1/json', 200, { ExitCode: 0 }],
    ],
    stdout: 'hi\\n',
  },
  // Input that is no terminal matters with -i only.
  {
    docker: 'exec -t web tty',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ Tty: true, ConsoleSize: [0, 0], Cmd: ['tty'] })],
      ['POST /exec/e1/start', 101, text('/dev/pts/0\\r\\n'), { Detach: false, Tty: true, ConsoleSize: [0, 0] }],
      ['GET /exec/e1/json', 200, { ExitCode: 0 }],
    ],
    stdout: '/dev/pts/0\\r\\n',
  },
  { docker: 'exec -it web sh', engine: [['GET /containers/web/json', 200, WEB]], stderr: 'the input device is not a TTY\n', exit: 1 },
  // The daemon tells in the stream what could not be started.
  {
    docker: 'exec web nosuch',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ Cmd: ['nosuch'] })],
      [
        'POST /exec/e1/start',
        101,
        frames([
          'stdout',
          'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown\\r\\n',
        ]),
        { Detach: false, Tty: false },
      ],
      ['GET /exec/e1/json', 200, { ExitCode: 127 }],
    ],
    stdout:
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown\\r\\n',
    exit: 127,
  },
  {
    docker: 'exec web ls',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      [
        'POST /containers/web/exec',
        409,
        'container 88 is not running',
        {
          User: '',
          Privileged: false,
          Tty: false,
          AttachStdin: false,
          AttachStderr: true,
          AttachStdout: true,
          Detach: false,
          DetachKeys: '',
          Env: null,
          WorkingDir: '',
          Cmd: ['ls'],
        },
      ],
    ],
    stderr: 'Error response from daemon: container 88 is not running\n',
    exit: 1,
  },
  {
    docker: 'exec web ls',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ Cmd: ['ls'] })],
      ['POST /exec/e1/start', 500, 'cannot start', { Detach: false, Tty: false }],
    ],
    stderr: 'unable to upgrade to tcp, received 500\n',
    exit: 1,
  },
  {
    docker: 'exec web ls',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      [
        'POST /containers/web/exec',
        201,
        { Id: '' },
        {
          User: '',
          Privileged: false,
          Tty: false,
          AttachStdin: false,
          AttachStderr: true,
          AttachStdout: true,
          Detach: false,
          DetachKeys: '',
          Env: null,
          WorkingDir: '',
          Cmd: ['ls'],
        },
      ],
    ],
    stderr: 'exec ID empty\n',
    exit: 1,
  },
  {
    docker: 'exec nosuch ls',
    engine: [['GET /containers/nosuch/json', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'exec --detach-keys ctrl-? web sh',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ DetachKeys: 'ctrl-?', Cmd: ['sh'] })],
      ['POST /exec/e1/start', 101, frames(), { Detach: false, Tty: false }],
      ['GET /exec/e1/json', 200, { ExitCode: 0 }],
    ],
  },
  {
    docker: 'exec -it --detach-keys ctrl-? web sh',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: 'the input device is not a TTY\n',
    exit: 1,
  },
  { docker: 'exec --env-file nosuch web ls', stderr: 'open nosuch: no such file or directory\n', exit: 1 },
  {
    docker: 'exec web',
    stderr:
      "docker: 'docker exec' requires at least 2 arguments\n\nUsage:  docker exec [OPTIONS] CONTAINER COMMAND [ARG...]\n\nSee 'docker exec --help' for more information\n",
    exit: 1,
  },
  {
    docker: 'exec -di web cat',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['POST /containers/web/exec', 201, { Id: 'e1' }, asked({ AttachStderr: false, AttachStdout: false, Detach: true, Cmd: ['cat'] })],
      ['POST /exec/e1/start', 200, undefined, { Detach: true, Tty: false }],
    ],
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
