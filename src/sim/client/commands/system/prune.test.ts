import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const NOTHING = { SpaceReclaimed: 0 };

test.for<ClientCase>([
  {
    docker: 'system prune',
    stdin: 'n\n',
    stdout:
      'WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n  - all dangling images\n  - unused build cache\n\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'system prune -a --volumes --filter label=b --filter label!=a',
    stdin: 'n\n',
    stdout:
      'WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n  - all anonymous volumes not used by at least one container\n  - all images without at least one container associated to them\n  - all build cache\n\n  Items to be pruned will be filtered with:\n  - label!=a\n  - label=b\n\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'system prune',
    stdin: 'y\n',
    engine: [
      ['POST /containers/prune', 200, { ContainersDeleted: ['88'], SpaceReclaimed: 1095 }],
      ['POST /networks/prune', 200, { NetworksDeleted: ['net'] }],
      [
        'POST /images/prune?filters={"dangling":{"true":true}}',
        200,
        { ImagesDeleted: [{ Untagged: 'x:1' }, { Deleted: 'sha256:77' }], SpaceReclaimed: 2000 },
      ],
      ['POST /build/prune?filters=', 200, { CachesDeleted: ['c1'], SpaceReclaimed: 5000000 }],
    ],
    stdout:
      'WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n  - all dangling images\n  - unused build cache\n\nAre you sure you want to continue? [y/N] Deleted Containers:\n88\n\nDeleted Networks:\nnet\n\nDeleted Images:\nuntagged: x:1\ndeleted: sha256:77\n\nDeleted build cache objects:\nc1\n\nTotal reclaimed space: 5.003MB\n',
  },
  {
    docker: 'system prune -af --volumes',
    engine: [
      ['POST /containers/prune', 200, NOTHING],
      ['POST /networks/prune', 200, {}],
      ['POST /volumes/prune', 200, { VolumesDeleted: ['v'], SpaceReclaimed: 10 }],
      ['POST /images/prune?filters={"dangling":{"false":true}}', 200, NOTHING],
      ['POST /build/prune?all=1&filters=', 200, NOTHING],
    ],
    stdout: 'Deleted Volumes:\nv\n\nTotal reclaimed space: 10B\n',
  },
  {
    docker: 'system prune -f --filter until=24h',
    engine: [
      ['POST /containers/prune?filters={"until":{"24h":true}}', 200, NOTHING],
      ['POST /networks/prune?filters={"until":{"24h":true}}', 200, {}],
      ['POST /images/prune?filters={"dangling":{"true":true},"until":{"24h":true}}', 200, NOTHING],
      ['POST /build/prune?filters={"until":{"24h":true}}', 200, NOTHING],
    ],
    stdout: 'Total reclaimed space: 0B\n',
  },
  {
    docker: 'system prune --volumes --filter until=24h -f',
    stderr: 'ERROR: The "until" filter is not supported with "--volumes"\n',
    exit: 1,
  },
  {
    docker: 'system prune -f',
    engine: [['POST /containers/prune', 409, 'a prune operation is already running']],
    stderr: 'Error response from daemon: a prune operation is already running\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
