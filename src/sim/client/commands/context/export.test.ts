import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'context export default', stderr: 'Written file "default.dockercontext"\n' },
  {
    docker: 'context export nosuch',
    stderr:
      'context "nosuch": context not found: open /root/.docker/contexts/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory\n',
    exit: 1,
  },
  {
    docker: 'context export',
    stderr:
      "docker: 'docker context export' requires at least 1 and at most 2 arguments\n\nUsage:  docker context export [OPTIONS] CONTEXT [FILE|-]\n\nRun 'docker context export --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
