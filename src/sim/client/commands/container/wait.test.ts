import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'wait web', engine: [['POST /containers/web/wait', 200, { StatusCode: 0 }]], stdout: '0\n' },
  // The statuses are printed; its own is 0.
  {
    docker: 'wait web db',
    engine: [
      ['POST /containers/web/wait', 200, { StatusCode: 137 }],
      ['POST /containers/db/wait', 200, { StatusCode: 3 }],
    ],
    stdout: '137\n3\n',
  },
  {
    docker: 'wait nosuch web',
    engine: [
      ['POST /containers/nosuch/wait', 404, 'No such container: nosuch'],
      ['POST /containers/web/wait', 200, { StatusCode: 1 }],
    ],
    stdout: '1\n',
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'wait web',
    engine: [['POST /containers/web/wait', 200, { StatusCode: 125, Error: { Message: 'container web was removed' } }]],
    stdout: '125\n',
  },
  {
    docker: 'wait',
    stderr:
      "docker: 'docker wait' requires at least 1 argument\n\nUsage:  docker wait CONTAINER [CONTAINER...]\n\nSee 'docker wait --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
