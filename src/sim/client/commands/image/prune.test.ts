import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'image prune',
    stdin: 'y\n',
    engine: [
      [
        'POST /images/prune?filters={"dangling":{"true":true}}',
        200,
        { ImagesDeleted: [{ Untagged: 'x:latest' }, { Deleted: 'sha256:88' }], SpaceReclaimed: 48213412 },
      ],
    ],
    stdout:
      'WARNING! This will remove all dangling images.\nAre you sure you want to continue? [y/N] Deleted Images:\nuntagged: x:latest\ndeleted: sha256:88\n\nTotal reclaimed space: 48.21MB\n',
  },
  {
    docker: 'image prune',
    stdin: 'n\n',
    stdout: 'WARNING! This will remove all dangling images.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'image prune -a',
    stdin: '\n',
    stdout:
      'WARNING! This will remove all images without at least one container associated to them.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'image prune -af --filter until=24h --filter label=a',
    engine: [
      [
        'POST /images/prune?filters={"dangling":{"false":true},"label":{"a":true},"until":{"24h":true}}',
        200,
        { ImagesDeleted: null, SpaceReclaimed: 0 },
      ],
    ],
    stdout: 'Total reclaimed space: 0B\n',
  },
  {
    docker: 'image prune -f',
    engine: [['POST /images/prune?filters={"dangling":{"true":true}}', 200, { ImagesDeleted: [], SpaceReclaimed: 0 }]],
    stdout: 'Total reclaimed space: 0B\n',
  },
  {
    docker: 'image prune -f',
    engine: [['POST /images/prune?filters={"dangling":{"true":true}}', 409, 'a prune operation is already running']],
    stderr: 'Error response from daemon: a prune operation is already running\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
