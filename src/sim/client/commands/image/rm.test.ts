import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'rmi nginx',
    engine: [
      [
        'DELETE /images/nginx',
        200,
        [
          { Untagged: 'nginx:latest' },
          { Untagged: 'nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
          { Deleted: 'sha256:88' },
        ],
      ],
    ],
    stdout:
      'Untagged: nginx:latest\nUntagged: nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nDeleted: sha256:88\n',
  },
  {
    docker: 'image rm -f --no-prune localhost:5000/web:v1',
    engine: [['DELETE /images/localhost:5000/web:v1?force=1&noprune=1', 200, [{ Untagged: 'localhost:5000/web:v1' }]]],
    stdout: 'Untagged: localhost:5000/web:v1\n',
  },
  {
    docker: 'image remove nosuch nginx',
    engine: [
      ['DELETE /images/nosuch', 404, 'No such image: nosuch:latest'],
      ['DELETE /images/nginx', 200, [{ Untagged: 'nginx:latest' }]],
    ],
    stdout: 'Untagged: nginx:latest\n',
    stderr: 'Error response from daemon: No such image: nosuch:latest\n',
    exit: 1,
  },
  {
    docker: 'rmi -f nosuch',
    engine: [['DELETE /images/nosuch?force=1', 404, 'No such image: nosuch:latest']],
    stderr: 'Error response from daemon: No such image: nosuch:latest\n',
  },
  {
    docker: 'rmi -f nosuch used',
    engine: [
      ['DELETE /images/nosuch?force=1', 404, 'No such image: nosuch:latest'],
      [
        'DELETE /images/used?force=1',
        409,
        'conflict: unable to delete 88 (cannot be forced) - image is being used by running container 22',
      ],
    ],
    stderr:
      'Error response from daemon: No such image: nosuch:latest\nError response from daemon: conflict: unable to delete 88 (cannot be forced) - image is being used by running container 22\n',
    exit: 1,
  },
  {
    docker: 'rmi --platform linux/arm64 nginx',
    engine: [['DELETE /images/nginx?platforms={"architecture":"arm64","os":"linux"}', 200, [{ Deleted: 'sha256:88' }]]],
    stdout: 'Deleted: sha256:88\n',
  },
  { docker: 'rmi nginx', engine: [['DELETE /images/nginx', 200, []]] },
  { docker: 'rmi --platform a/b/c/d nginx', stderr: '"a/b/c/d": cannot parse platform specifier: invalid argument\n', exit: 1 },
  {
    docker: 'rmi --platform arm64,linux/amd64 --platform linux/arm/v7 nginx',
    engine: [
      [
        'DELETE /images/nginx?platforms={"architecture":"arm64","os":"linux"}&platforms={"architecture":"amd64","os":"linux"}&platforms={"architecture":"arm","os":"linux","variant":"v7"}',
        200,
        [],
      ],
    ],
  },
  {
    docker: 'rmi',
    stderr:
      "docker: 'docker rmi' requires at least 1 argument\n\nUsage:  docker rmi [OPTIONS] IMAGE [IMAGE...]\n\nSee 'docker rmi --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
