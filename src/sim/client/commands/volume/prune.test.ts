import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'volume prune',
    stdin: 'y\n',
    engine: [['POST /volumes/prune', 200, { VolumesDeleted: ['d17f'], SpaceReclaimed: 1095 }]],
    stdout:
      'WARNING! This will remove anonymous local volumes not used by at least one container.\nAre you sure you want to continue? [y/N] Deleted Volumes:\nd17f\n\nTotal reclaimed space: 1.095kB\n',
  },
  {
    docker: 'volume prune -a',
    stdin: 'n\n',
    stdout: 'WARNING! This will remove all local volumes not used by at least one container.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'volume prune -af',
    engine: [['POST /volumes/prune?filters={"all":{"true":true}}', 200, { VolumesDeleted: null, SpaceReclaimed: 0 }]],
    stdout: 'Total reclaimed space: 0B\n',
  },
  {
    docker: 'volume prune -f --filter label=a --filter label!=b',
    engine: [['POST /volumes/prune?filters={"label":{"a":true},"label!":{"b":true}}', 200, { VolumesDeleted: [], SpaceReclaimed: 0 }]],
    stdout: 'Total reclaimed space: 0B\n',
  },
  { docker: 'volume prune -a --filter all=1', stderr: 'conflicting options: cannot specify both --all and --filter all=1\n', exit: 1 },
  {
    docker: 'volume prune -f',
    engine: [['POST /volumes/prune', 409, 'a prune operation is already running']],
    stderr: 'Error response from daemon: a prune operation is already running\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
