import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const HISTORY = [
  {
    Id: 'sha256:8888888888880000',
    Created: 1577934245,
    CreatedBy: '/bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon off;"]',
    Tags: ['nginx:latest'],
    Size: 0,
    Comment: '',
  },
  {
    Id: '<missing>',
    Created: 1577934245,
    CreatedBy: 'RUN /bin/sh -c set -x\t&& apk add nginx # buildkit',
    Tags: null,
    Size: 48213412,
    Comment: 'buildkit.dockerfile.v0',
  },
  { Id: '<missing>', Created: 0, CreatedBy: 'ADD rootfs.tar.gz / # buildkit', Tags: null, Size: 7800000, Comment: '' },
];

test.for<ClientCase>([
  {
    docker: 'history nginx',
    engine: [['GET /images/nginx/history', 200, HISTORY]],
    stdout:
      'IMAGE          CREATED       CREATED BY                                      SIZE      COMMENT\n888888888888   6 years ago   /bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon…   0B        \n<missing>      6 years ago   RUN /bin/sh -c set -x && apk add nginx # bui…   48.2MB    buildkit.dockerfile.v0\n<missing>      N/A           ADD rootfs.tar.gz / # buildkit                  7.8MB     \n',
  },
  {
    docker: 'image history --no-trunc nginx',
    engine: [['GET /images/nginx/history', 200, HISTORY]],
    stdout:
      'IMAGE                     CREATED       CREATED BY                                            SIZE      COMMENT\nsha256:8888888888880000   6 years ago   /bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon off;"]   0B        \n<missing>                 6 years ago   RUN /bin/sh -c set -x && apk add nginx # buildkit     48.2MB    buildkit.dockerfile.v0\n<missing>                 N/A           ADD rootfs.tar.gz / # buildkit                        7.8MB     \n',
  },
  {
    docker: 'history -H=false nginx',
    engine: [['GET /images/nginx/history', 200, HISTORY]],
    stdout:
      'IMAGE          CREATED AT             CREATED BY                                      SIZE       COMMENT\n888888888888   2020-01-02T03:04:05Z   /bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon…   0          \n<missing>      2020-01-02T03:04:05Z   RUN /bin/sh -c set -x && apk add nginx # bui…   48213412   buildkit.dockerfile.v0\n<missing>      1970-01-01T00:00:00Z   ADD rootfs.tar.gz / # buildkit                  7800000    \n',
  },
  { docker: 'history -q nginx', engine: [['GET /images/nginx/history', 200, HISTORY]], stdout: '888888888888\n<missing>\n<missing>\n' },
  {
    docker: 'history -q --no-trunc nginx',
    engine: [['GET /images/nginx/history', 200, HISTORY]],
    stdout: 'sha256:8888888888880000\n<missing>\n<missing>\n',
  },
  {
    docker: "history --format '{{.ID}} {{.Size}} {{.Comment}}' nginx",
    engine: [['GET /images/nginx/history', 200, HISTORY]],
    stdout: '888888888888 0B \n<missing> 48.2MB buildkit.dockerfile.v0\n<missing> 7.8MB \n',
  },
  {
    docker: 'history --format json nginx',
    engine: [['GET /images/nginx/history', 200, HISTORY]],
    stdout:
      '{"Comment":"","CreatedAt":"2020-01-02T03:04:05Z","CreatedBy":"/bin/sh -c #(nop)  CMD [\\"nginx\\" \\"-g\\" \\"daemon…","CreatedSince":"6 years ago","ID":"888888888888","Size":"0B"}\n{"Comment":"buildkit.dockerfile.v0","CreatedAt":"2020-01-02T03:04:05Z","CreatedBy":"RUN /bin/sh -c set -x \\u0026\\u0026 apk add nginx # bui…","CreatedSince":"6 years ago","ID":"\\u003cmissing\\u003e","Size":"48.2MB"}\n{"Comment":"","CreatedAt":"1970-01-01T00:00:00Z","CreatedBy":"ADD rootfs.tar.gz / # buildkit","CreatedSince":"N/A","ID":"\\u003cmissing\\u003e","Size":"7.8MB"}\n',
  },
  {
    docker: 'history --platform linux/arm64 nginx',
    engine: [['GET /images/nginx/history?platform={"architecture":"arm64","os":"linux"}', 200, []]],
    stdout: 'IMAGE     CREATED   CREATED BY   SIZE      COMMENT\n',
  },
  {
    docker: 'history nosuch',
    engine: [['GET /images/nosuch/history', 404, 'No such image: nosuch:latest']],
    stderr: 'Error response from daemon: No such image: nosuch:latest\n',
    exit: 1,
  },
  {
    docker: 'history --platform a/b/c/d nginx',
    stderr: 'invalid platform: "a/b/c/d": cannot parse platform specifier: invalid argument\n',
    exit: 1,
  },
  {
    docker: 'history',
    stderr:
      "docker: 'docker history' requires 1 argument\n\nUsage:  docker history [OPTIONS] IMAGE\n\nRun 'docker history --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
