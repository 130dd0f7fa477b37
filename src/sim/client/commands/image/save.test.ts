import { expect, test } from 'vitest';
import { type ClientCase, play, text } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'save nginx', engine: [['GET /images/get?names=nginx', 200, text('tar')]], stdout: 'tar' },
  {
    docker: 'image save -o all.tar nginx alpine:3',
    engine: [['GET /images/get?names=nginx&names=alpine:3', 200, text('tar')]],
    leaves: { 'all.tar': 'tar' },
  },
  {
    docker: 'save --output=none/x.tar nginx',
    stderr: 'failed to save image: invalid output path: stat none: no such file or directory\n',
    exit: 1,
  },
  {
    docker: 'save -o x.tar nosuch',
    engine: [['GET /images/get?names=nosuch', 404, 'No such image: nosuch']],
    stderr: 'Error response from daemon: No such image: nosuch\n',
    exit: 1,
    leaves: { 'x.tar': null },
  },
  {
    docker: 'save --platform linux/arm64 nginx',
    engine: [['GET /images/get?names=nginx&platform={"architecture":"arm64","os":"linux"}', 200, text('tar')]],
    stdout: 'tar',
  },
  {
    docker: 'save --platform a/b/c/d nginx',
    stderr: 'invalid platform: "a/b/c/d": cannot parse platform specifier: invalid argument\n',
    exit: 1,
  },
  {
    docker: 'save',
    stderr:
      "docker: 'docker save' requires at least 1 argument\n\nUsage:  docker save [OPTIONS] IMAGE [IMAGE...]\n\nSee 'docker save --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
