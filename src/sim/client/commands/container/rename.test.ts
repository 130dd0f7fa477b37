import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'rename web www', engine: [['POST /containers/web/rename?name=www', 204]] },
  { docker: 'container rename web /www', engine: [['POST /containers/web/rename?name=/www', 204]] },
  { docker: "rename ' web ' ' www '", engine: [['POST /containers/web/rename?name=www', 204]] },
  {
    docker: 'rename web db',
    engine: [
      [
        'POST /containers/web/rename?name=db',
        409,
        'Conflict. The container name "/db" is already in use by container "22". You have to remove (or rename) that container to be able to reuse that name.',
      ],
    ],
    stderr:
      'Error response from daemon: Conflict. The container name "/db" is already in use by container "22". You have to remove (or rename) that container to be able to reuse that name.\nError: failed to rename container named web\n',
    exit: 1,
  },
  {
    docker: 'rename nosuch www',
    engine: [['POST /containers/nosuch/rename?name=www', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\nError: failed to rename container named nosuch\n',
    exit: 1,
  },
  { docker: "rename web ''", stderr: 'Error: Neither old nor new names may be empty\n', exit: 1 },
  {
    docker: 'rename web',
    stderr:
      "docker: 'docker rename' requires 2 arguments\n\nUsage:  docker rename CONTAINER NEW_NAME\n\nRun 'docker rename --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
