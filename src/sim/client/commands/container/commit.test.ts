import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'commit web',
    engine: [['POST /commit?author=&comment=&container=web&repo=&tag=', 201, { Id: 'sha256:5e' }]],
    stdout: 'sha256:5e\n',
  },
  {
    docker: 'commit -a Me --message=Why -c "CMD [x]" -c EXPOSE=80 web me/app:v1',
    engine: [
      [
        'POST /commit?author=Me&changes=CMD [x]&changes=EXPOSE=80&comment=Why&container=web&repo=docker.io/me/app&tag=v1',
        201,
        { Id: 'sha256:5e' },
      ],
    ],
    stdout: 'sha256:5e\n',
  },
  {
    docker: 'container commit -p=false web localhost:5000/app',
    engine: [['POST /commit?author=&comment=&container=web&pause=0&repo=localhost:5000/app&tag=latest', 201, { Id: 'sha256:5e' }]],
    stdout: 'sha256:5e\n',
  },
  { docker: 'commit web APP', stderr: 'invalid reference format: repository name (library/APP) must be lowercase\n', exit: 1 },
  {
    docker: 'commit web app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    stderr: 'refusing to create a tag with a digest reference\n',
    exit: 1,
  },
  {
    docker: 'commit nosuch x',
    engine: [['POST /commit?author=&comment=&container=nosuch&repo=docker.io/library/x&tag=latest', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'commit -c NOPE web',
    engine: [['POST /commit?author=&changes=NOPE&comment=&container=web&repo=&tag=', 400, 'NOPE is not a valid change command']],
    stderr: 'Error response from daemon: NOPE is not a valid change command\n',
    exit: 1,
  },
  { docker: "commit '' x", stderr: 'invalid container name or ID: value is empty\n', exit: 1 },
  {
    docker: 'commit',
    stderr:
      "docker: 'docker commit' requires at least 1 and at most 2 arguments\n\nUsage:  docker commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]\n\nRun 'docker commit --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
