import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'context rm nosuch', stderr: 'context "nosuch" does not exist\n', exit: 1 },
  { docker: 'context rm default', stderr: 'context "default" cannot be removed\n', exit: 1 },
  { docker: 'context rm -f nosuch', stdout: 'nosuch\n' },
  {
    docker: 'context rm',
    stderr:
      "docker: 'docker context rm' requires at least 1 argument\n\nUsage:  docker context rm CONTEXT [CONTEXT...]\n\nSee 'docker context rm --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
