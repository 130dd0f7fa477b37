import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'context import remote nosuch.tar', stderr: 'open nosuch.tar: no such file or directory\n', exit: 1 },
  { docker: 'context import remote x.tar', files: { 'x.tar': 'no tar' }, stderr: 'unexpected EOF\n', exit: 1 },
  { docker: 'context import default x.tar', stderr: '"default" is a reserved context name\n', exit: 1 },
  {
    docker: 'context import',
    stderr:
      "docker: 'docker context import' requires 2 arguments\n\nUsage:  docker context import CONTEXT FILE|-\n\nRun 'docker context import --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
