import { expect, test } from 'vitest';
import { type ClientCase, lines, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'load',
    stdin: 'tar',
    engine: [['POST /images/load?quiet=1', 200, lines({ stream: 'Loaded image: nginx:latest\\n' }), 'tar']],
    stdout: 'Loaded image: nginx:latest\\n',
  },
  {
    docker: 'image load -i all.tar -q',
    files: { 'all.tar': 'tar' },
    engine: [['POST /images/load?quiet=1', 200, lines({ stream: 'Loaded image: nginx:latest\\n' }), 'tar']],
    stdout: 'Loaded image: nginx:latest\\n',
  },
  { docker: 'load --input=nosuch.tar', stderr: 'open nosuch.tar: no such file or directory\n', exit: 1 },
  {
    docker: 'load',
    stdin: 'x',
    engine: [['POST /images/load?quiet=1', 200, lines({ errorDetail: { message: 'unexpected EOF' }, error: 'unexpected EOF' }), 'x']],
    stderr: 'unexpected EOF\n',
    exit: 1,
  },
  {
    docker: 'load',
    stdin: 'x',
    engine: [['POST /images/load?quiet=1', 500, 'something broke', 'x']],
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
  {
    docker: 'load x',
    stderr:
      "docker: 'docker load' accepts no arguments\n\nUsage:  docker load [OPTIONS]\n\nRun 'docker load --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
