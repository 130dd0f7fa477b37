import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'context update nosuch --description x',
    stderr:
      'context "nosuch": context not found: open /root/.docker/contexts/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory\n',
    exit: 1,
  },
  { docker: 'context update default --description x', stderr: '"default" is a reserved context name\n', exit: 1 },
  {
    docker: 'context update',
    stderr:
      "docker: 'docker context update' requires 1 argument\n\nUsage:  docker context update [OPTIONS] CONTEXT\n\nRun 'docker context update --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
