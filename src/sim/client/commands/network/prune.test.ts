import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'network prune',
    stdin: 'y\n',
    engine: [['POST /networks/prune', 200, { NetworksDeleted: ['net', 'other'] }]],
    stdout:
      'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue? [y/N] Deleted Networks:\nnet\nother\n\n',
  },
  {
    docker: 'network prune',
    stdin: 'N\n',
    stdout: 'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'network prune -f --filter until=1h',
    engine: [['POST /networks/prune?filters={"until":{"1h":true}}', 200, { NetworksDeleted: null }]],
  },
  {
    docker: 'network prune --force',
    engine: [['POST /networks/prune', 500, 'something broke']],
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
