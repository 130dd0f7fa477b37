import { expect, test } from 'vitest';
import { type ClientCase, lines, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'pull alpine',
    engine: [
      [
        'POST /images/create?fromImage=docker.io/library/alpine&tag=latest',
        200,
        lines(
          { status: 'Pulling from library/alpine', id: 'latest' },
          { status: 'Pulling fs layer', progressDetail: {}, id: 'aaaa' },
          { status: 'Pull complete', progressDetail: {}, id: 'aaaa' },
          { status: 'Digest: sha256:bb' },
          { status: 'Status: Downloaded newer image for alpine:latest' },
        ),
      ],
    ],
    stdout:
      'Using default tag: latest\nlatest: Pulling from library/alpine\naaaa: Pulling fs layer\naaaa: Pull complete\nDigest: sha256:bb\nStatus: Downloaded newer image for alpine:latest\ndocker.io/library/alpine:latest\n',
  },
  {
    docker: 'image pull -q alpine:3',
    engine: [
      ['POST /images/create?fromImage=docker.io/library/alpine&tag=3', 200, lines({ status: 'Pulling from library/alpine', id: '3' })],
    ],
    stdout: 'docker.io/library/alpine:3\n',
  },
  {
    docker: 'pull --quiet localhost:5000/web',
    engine: [['POST /images/create?fromImage=localhost:5000/web&tag=latest', 200, lines({ status: 'x' })]],
    stdout: 'localhost:5000/web:latest\n',
  },
  {
    docker: 'pull -a me/web',
    engine: [['POST /images/create?fromImage=docker.io/me/web', 200, lines({ status: 'Pulling from me/web', id: 'v1' })]],
    stdout: 'v1: Pulling from me/web\ndocker.io/me/web\n',
  },
  { docker: 'pull -a me/web:v1', stderr: "tag can't be used with --all-tags/-a\n", exit: 1 },
  {
    docker: 'pull alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    engine: [
      [
        'POST /images/create?fromImage=docker.io/library/alpine&tag=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        200,
        lines({ status: 'Digest: sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }),
      ],
    ],
    stdout:
      'Digest: sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\ndocker.io/library/alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n',
  },
  {
    docker: 'pull --platform=linux/arm64 alpine',
    engine: [['POST /images/create?fromImage=docker.io/library/alpine&platform=linux/arm64&tag=latest', 200, lines({ status: 'x' })]],
    stdout: 'Using default tag: latest\nx\ndocker.io/library/alpine:latest\n',
  },
  {
    docker: 'pull --platform=a/b/c/d alpine',
    engine: [['POST /images/create?fromImage=docker.io/library/alpine&platform=a/b/c/d&tag=latest', 400, 'invalid platform']],
    stdout: 'Using default tag: latest\n',
    stderr: 'Error response from daemon: invalid platform\n',
    exit: 1,
  },
  {
    docker: 'pull nosuch',
    engine: [
      [
        'POST /images/create?fromImage=docker.io/library/nosuch&tag=latest',
        404,
        "pull access denied for nosuch, repository does not exist or may require 'docker login'",
      ],
    ],
    stdout: 'Using default tag: latest\n',
    stderr: "Error response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login'\n",
    exit: 1,
  },
  // An error may come after a good beginning.
  {
    docker: 'pull alpine',
    engine: [
      [
        'POST /images/create?fromImage=docker.io/library/alpine&tag=latest',
        200,
        lines(
          { status: 'Pulling from library/alpine', id: 'latest' },
          { errorDetail: { message: 'no space left on device' }, error: 'no space left on device' },
        ),
      ],
    ],
    stdout: 'Using default tag: latest\nlatest: Pulling from library/alpine\n',
    stderr: 'no space left on device\n',
    exit: 1,
  },
  { docker: 'pull ALPINE', stderr: 'invalid reference format: repository name (library/ALPINE) must be lowercase\n', exit: 1 },
  { docker: 'pull alpine:', stderr: 'invalid reference format\n', exit: 1 },
  {
    docker: 'pull',
    stderr:
      "docker: 'docker pull' requires 1 argument\n\nUsage:  docker pull [OPTIONS] NAME[:TAG|@DIGEST]\n\nRun 'docker pull --help' for more information\n",
    exit: 1,
  },
  {
    docker: 'pull a b',
    stderr:
      "docker: 'docker pull' requires 1 argument\n\nUsage:  docker pull [OPTIONS] NAME[:TAG|@DIGEST]\n\nRun 'docker pull --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
