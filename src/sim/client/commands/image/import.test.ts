import { expect, test } from 'vitest';
import { type ClientCase, lines, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'import root.tar',
    files: { 'root.tar': 'tar' },
    engine: [['POST /images/create?fromSrc=-', 200, lines({ status: 'sha256:88' }), 'tar']],
    stdout: 'sha256:88\n',
  },
  {
    docker: 'image import -c "CMD [x]" --change=EXPOSE=80 -m why --platform linux/arm64 - me/web:v1',
    stdin: 'tar',
    engine: [
      [
        'POST /images/create?changes=CMD [x]&changes=EXPOSE=80&fromSrc=-&message=why&platform=linux/arm64&repo=me/web:v1',
        200,
        lines({ status: 'sha256:88' }),
        'tar',
      ],
    ],
    stdout: 'sha256:88\n',
  },
  {
    docker: 'import http://example.com/root.tar web',
    engine: [
      [
        'POST /images/create?fromSrc=http://example.com/root.tar&repo=web',
        200,
        lines({ status: 'Downloading from http://example.com/root.tar' }, { status: 'sha256:88' }),
      ],
    ],
    stdout: 'Downloading from http://example.com/root.tar\nsha256:88\n',
  },
  { docker: 'import nosuch.tar', stderr: 'open nosuch.tar: no such file or directory\n', exit: 1 },
  { docker: 'import - WEB', stdin: 'x', stderr: 'invalid reference format: repository name (library/WEB) must be lowercase\n', exit: 1 },
  {
    docker: 'import',
    stderr:
      "docker: 'docker import' requires at least 1 argument\n\nUsage:  docker import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]\n\nSee 'docker import --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
