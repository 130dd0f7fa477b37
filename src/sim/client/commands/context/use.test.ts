import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'context use default',
    stdout: 'default\n',
    stderr: 'Current context is now "default"\n',
    leaves: { '.docker/config.json': null },
  },
  {
    docker: 'context use nosuch',
    stderr:
      'context "nosuch": context not found: open /root/.docker/contexts/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory\n',
    exit: 1,
  },
  { docker: 'context use', stderr: 'accepts 1 arg(s), received 0\n', exit: 1 },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
