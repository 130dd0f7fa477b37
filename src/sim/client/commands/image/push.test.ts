import { expect, test } from 'vitest';
import { type ClientCase, lines, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'push me/web',
    engine: [
      [
        'POST /images/docker.io/me/web/push?tag=latest',
        200,
        lines(
          { status: 'The push refers to repository [docker.io/me/web]' },
          { status: 'Preparing', progressDetail: {}, id: 'aaaa' },
          { status: 'Pushed', progressDetail: {}, id: 'aaaa' },
          { status: 'latest: digest: sha256:bb size: 527' },
          { progressDetail: {}, aux: { Tag: 'latest', Digest: 'sha256:bb', Size: 527 } },
        ),
      ],
    ],
    stdout:
      'Using default tag: latest\nThe push refers to repository [docker.io/me/web]\naaaa: Preparing\naaaa: Pushed\nlatest: digest: sha256:bb size: 527\n',
  },
  {
    docker: 'image push -q localhost:5000/web:v1',
    engine: [['POST /images/localhost:5000/web/push?tag=v1', 200, lines({ status: 'x' })]],
    stdout: 'localhost:5000/web:v1\n',
  },
  { docker: 'push -a me/web', engine: [['POST /images/docker.io/me/web/push', 200, lines({ status: 'x' })]], stdout: 'x\n' },
  { docker: 'push -a me/web:v1', stderr: "tag can't be used with --all-tags/-a\n", exit: 1 },
  {
    docker: 'push me/web@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    stderr: 'cannot push a digest reference\n',
    exit: 1,
  },
  {
    docker: 'push --platform linux/arm64 me/web',
    engine: [['POST /images/docker.io/me/web/push?platform={"architecture":"arm64","os":"linux"}&tag=latest', 200, lines({ status: 'x' })]],
    stdout:
      '\n Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.\n         Other components, like attestations, will not be included.\n         To push the complete multi-platform image, remove the --platform flag.\n         \nUsing default tag: latest\nx\n',
  },
  {
    docker: 'push web',
    engine: [
      [
        'POST /images/docker.io/library/web/push?tag=latest',
        200,
        lines(
          { status: 'The push refers to repository [docker.io/library/web]' },
          { errorDetail: { message: 'push access denied' }, error: 'push access denied' },
        ),
      ],
    ],
    stdout: 'Using default tag: latest\nThe push refers to repository [docker.io/library/web]\n',
    stderr: 'push access denied\n',
    exit: 1,
  },
  {
    docker: 'push nosuch',
    engine: [['POST /images/docker.io/library/nosuch/push?tag=latest', 404, 'An image does not exist locally with the tag: nosuch']],
    stdout: 'Using default tag: latest\n',
    stderr: 'Error response from daemon: An image does not exist locally with the tag: nosuch\n',
    exit: 1,
  },
  {
    docker: 'push --platform a/b/c/d me/web',
    stderr: 'Invalid platform a/b/c/d"a/b/c/d": cannot parse platform specifier: invalid argument\n',
    exit: 1,
  },
  {
    docker: 'push -q --platform arm64 WEB',
    stdout:
      '\n Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.\n         Other components, like attestations, will not be included.\n         To push the complete multi-platform image, remove the --platform flag.\n         \n',
    stderr: 'invalid reference format: repository name (library/WEB) must be lowercase\n',
    exit: 1,
  },
  {
    docker: 'push',
    stderr:
      "docker: 'docker push' requires 1 argument\n\nUsage:  docker push [OPTIONS] NAME[:TAG]\n\nRun 'docker push --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
