import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'volume rm a b',
    engine: [
      ['DELETE /volumes/a', 204],
      ['DELETE /volumes/b', 204],
    ],
    stdout: 'a\nb\n',
  },
  { docker: 'volume remove -f a', engine: [['DELETE /volumes/a?force=1', 204]], stdout: 'a\n' },
  {
    docker: 'volume rm a nosuch b',
    engine: [
      ['DELETE /volumes/a', 409, 'remove a: volume is in use - [88]'],
      ['DELETE /volumes/nosuch', 404, 'get nosuch: no such volume'],
      ['DELETE /volumes/b', 204],
    ],
    stdout: 'b\n',
    stderr: 'Error response from daemon: remove a: volume is in use - [88]\nError response from daemon: get nosuch: no such volume\n',
    exit: 1,
  },
  {
    docker: 'volume rm',
    stderr:
      "docker: 'docker volume rm' requires at least 1 argument\n\nUsage:  docker volume rm [OPTIONS] VOLUME [VOLUME...]\n\nSee 'docker volume rm --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
