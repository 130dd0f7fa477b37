import { expect, test } from 'vitest';
import { type ClientCase, play, text } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'export web', engine: [['GET /containers/web/export', 200, text('tar')]], stdout: 'tar' },
  {
    docker: 'container export --output=web.tar web',
    engine: [['GET /containers/web/export', 200, text('tar')]],
    leaves: { 'web.tar': 'tar' },
  },
  {
    docker: 'export -o none/web.tar web',
    stderr: 'failed to export container: invalid output path: stat none: no such file or directory\n',
    exit: 1,
  },
  {
    docker: 'export -o web.tar nosuch',
    engine: [['GET /containers/nosuch/export', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
    leaves: { 'web.tar': null },
  },
  {
    docker: 'export web',
    engine: [['GET /containers/web/export', 500, 'cannot export a running container']],
    stderr: 'Error response from daemon: cannot export a running container\n',
    exit: 1,
  },
  {
    docker: 'export',
    stderr:
      "docker: 'docker export' requires 1 argument\n\nUsage:  docker export [OPTIONS] CONTAINER\n\nRun 'docker export --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
