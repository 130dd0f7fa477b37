import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const FOUND = [
  {
    name: 'nginx',
    description: 'Official build of Nginx, which is a very long description indeed.',
    star_count: 20000,
    is_official: true,
    is_automated: false,
  },
  { name: 'bitnami/nginx', description: 'Bitnami', star_count: 200, is_official: false, is_automated: true },
];

test.for<ClientCase>([
  {
    docker: 'search nginx',
    engine: [['GET /images/search?term=nginx', 200, FOUND]],
    stdout:
      'NAME            DESCRIPTION                                     STARS     OFFICIAL\nnginx           Official build of Nginx, which is a very lon…   20000     [OK]\nbitnami/nginx   Bitnami                                         200       \n',
  },
  {
    docker: 'search --no-trunc --limit 5 -f is-official=true --filter=stars=3 nginx',
    engine: [['GET /images/search?filters={"is-official":{"true":true},"stars":{"3":true}}&limit=5&term=nginx', 200, FOUND]],
    stdout:
      'NAME            DESCRIPTION                                                         STARS     OFFICIAL\nnginx           Official build of Nginx, which is a very long description indeed.   20000     [OK]\nbitnami/nginx   Bitnami                                                             200       \n',
  },
  {
    docker: "search --format '{{.Name}} {{.StarCount}} {{.IsOfficial}}' nginx",
    engine: [['GET /images/search?term=nginx', 200, FOUND]],
    stdout: 'nginx 20000 [OK]\nbitnami/nginx 200 \n',
  },
  {
    docker: 'search --format json nginx',
    engine: [['GET /images/search?term=nginx', 200, FOUND]],
    stdout:
      '{"Description":"Official build of Nginx, which is a very lon…","IsOfficial":"true","Name":"nginx","StarCount":"20000"}\n{"Description":"Bitnami","IsOfficial":"false","Name":"bitnami/nginx","StarCount":"200"}\n',
  },
  {
    docker: 'search nosuch',
    engine: [['GET /images/search?term=nosuch', 200, []]],
    stdout: 'NAME      DESCRIPTION   STARS     OFFICIAL\n',
  },
  {
    docker: 'search --limit 101 nginx',
    engine: [['GET /images/search?limit=101&term=nginx', 400, 'Limit 101 is outside the range of [1, 100]']],
    stderr: 'Error response from daemon: Limit 101 is outside the range of [1, 100]\n',
    exit: 1,
  },
  {
    docker: 'search',
    stderr:
      "docker: 'docker search' requires 1 argument\n\nUsage:  docker search [OPTIONS] TERM\n\nRun 'docker search --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
