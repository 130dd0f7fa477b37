import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'volume update data',
    engine: [['GET /volumes/data', 200, { Name: 'data' }]],
    stderr: 'can only update cluster volumes\n',
    exit: 1,
  },
  {
    docker: 'volume update nosuch',
    engine: [['GET /volumes/nosuch', 404, 'get nosuch: no such volume']],
    stderr: 'Error response from daemon: get nosuch: no such volume\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
