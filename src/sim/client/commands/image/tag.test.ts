import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'tag nginx me/web', engine: [['POST /images/nginx/tag?repo=docker.io/me/web&tag=latest', 201]] },
  { docker: 'image tag nginx:1 localhost:5000/web:v1', engine: [['POST /images/nginx:1/tag?repo=localhost:5000/web&tag=v1', 201]] },
  {
    docker: 'tag aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa web:v1',
    engine: [['POST /images/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/tag?repo=docker.io/library/web&tag=v1', 201]],
  },
  {
    docker: 'tag nosuch web',
    engine: [['POST /images/nosuch/tag?repo=docker.io/library/web&tag=latest', 404, 'No such image: nosuch:latest']],
    stderr: 'Error response from daemon: No such image: nosuch:latest\n',
    exit: 1,
  },
  {
    docker: 'tag nginx WEB',
    stderr:
      'Error parsing reference: "WEB" is not a valid repository/tag: invalid reference format: repository name (library/WEB) must be lowercase\n',
    exit: 1,
  },
  {
    docker: 'tag nginx web@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    stderr: 'refusing to create a tag with a digest reference\n',
    exit: 1,
  },
  {
    docker: 'tag nginx web:',
    stderr: 'Error parsing reference: "web:" is not a valid repository/tag: invalid reference format\n',
    exit: 1,
  },
  {
    docker: 'tag nginx',
    stderr:
      "docker: 'docker tag' requires 2 arguments\n\nUsage:  docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]\n\nRun 'docker tag --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
