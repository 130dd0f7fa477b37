import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const PROCESSES = {
  Titles: ['UID', 'PID', 'CMD'],
  Processes: [
    ['root', '4711', 'nginx: master process nginx -g daemon off;'],
    ['101', '4750', 'nginx: worker process'],
  ],
};

test.for<ClientCase>([
  {
    docker: 'top web',
    engine: [['GET /containers/web/top', 200, PROCESSES]],
    stdout:
      'UID                 PID                 CMD\nroot                4711                nginx: master process nginx -g daemon off;\n101                 4750                nginx: worker process\n',
  },
  {
    docker: 'container top web -o pid,comm',
    engine: [['GET /containers/web/top?ps_args=-o pid,comm', 200, { Titles: ['PID', 'COMMAND'], Processes: [['4711', 'nginx']] }]],
    stdout: 'PID                 COMMAND\n4711                nginx\n',
  },
  // What follows the name is for ps.
  {
    docker: 'top web aux --sort=-%cpu',
    engine: [['GET /containers/web/top?ps_args=aux --sort=-%cpu', 200, PROCESSES]],
    stdout:
      'UID                 PID                 CMD\nroot                4711                nginx: master process nginx -g daemon off;\n101                 4750                nginx: worker process\n',
  },
  {
    docker: 'top web -x',
    engine: [['GET /containers/web/top?ps_args=-x', 500, 'ps: exit status 1: error: unsupported SysV option']],
    stderr: 'Error response from daemon: ps: exit status 1: error: unsupported SysV option\n',
    exit: 1,
  },
  {
    docker: 'top',
    stderr:
      "docker: 'docker top' requires at least 1 argument\n\nUsage:  docker top CONTAINER [ps OPTIONS]\n\nSee 'docker top --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
