import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const NGINX = {
  Id: 'sha256:8888888888880000',
  RepoTags: ['nginx:latest', 'localhost:5000/web:v1'],
  RepoDigests: ['nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  Created: 1577934245,
  Size: 192000000,
  SharedSize: -1,
  Containers: -1,
};
const DANGLING = { ...NGINX, Id: 'sha256:2222222222220000', RepoTags: [], RepoDigests: [] };

test.for<ClientCase>([
  {
    docker: 'images',
    engine: [['GET /images/json', 200, [NGINX, DANGLING]]],
    stdout:
      'REPOSITORY           TAG       IMAGE ID       CREATED       SIZE\nnginx                latest    888888888888   6 years ago   192MB\nlocalhost:5000/web   v1        888888888888   6 years ago   192MB\n<none>               <none>    222222222222   6 years ago   192MB\n',
  },
  {
    docker: 'image ls -a --no-trunc',
    engine: [['GET /images/json?all=1', 200, [DANGLING]]],
    stdout:
      'REPOSITORY   TAG       IMAGE ID                  CREATED       SIZE\n<none>       <none>    sha256:2222222222220000   6 years ago   192MB\n',
  },
  {
    docker: 'image list --digests',
    engine: [['GET /images/json', 200, [NGINX, DANGLING]]],
    stdout:
      'REPOSITORY           TAG       DIGEST                                                                    IMAGE ID       CREATED       SIZE\nnginx                latest    sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa   888888888888   6 years ago   192MB\nlocalhost:5000/web   v1        <none>                                                                    888888888888   6 years ago   192MB\n<none>               <none>    <none>                                                                    222222222222   6 years ago   192MB\n',
  },
  { docker: 'images -q', engine: [['GET /images/json', 200, [NGINX, DANGLING]]], stdout: '888888888888\n888888888888\n222222222222\n' },
  {
    docker: 'images nginx',
    engine: [['GET /images/json?filters={"reference":{"nginx":true}}', 200, []]],
    stdout: 'REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n',
  },
  {
    docker: 'images -f dangling=true --filter=before=nginx -f label=a -f since=alpine',
    engine: [
      ['GET /images/json?filters={"before":{"nginx":true},"dangling":{"true":true},"label":{"a":true},"since":{"alpine":true}}', 200, []],
    ],
    stdout: 'REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n',
  },
  {
    docker: 'images rm',
    engine: [['GET /images/json?filters={"reference":{"rm":true}}', 200, []]],
    stdout: 'REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n',
    stderr: '\nNo images found matching "rm": did you mean "docker image rm"?\n',
  },
  {
    docker: 'image ls rm',
    engine: [['GET /images/json?filters={"reference":{"rm":true}}', 200, []]],
    stdout: 'REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n',
  },
  {
    docker: "images --format '{{.Repository}}:{{.Tag}} {{.ID}} {{.Size}}'",
    engine: [['GET /images/json', 200, [NGINX, DANGLING]]],
    stdout: 'nginx:latest 888888888888 192MB\nlocalhost:5000/web:v1 888888888888 192MB\n<none>:<none> 222222222222 192MB\n',
  },
  {
    docker: "images --format 'table {{.Repository}}\\t{{.Digest}}'",
    engine: [['GET /images/json', 200, [NGINX]]],
    stdout:
      'REPOSITORY           DIGEST\nnginx                sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nlocalhost:5000/web   <none>\n',
  },
  {
    docker: 'images --format json',
    engine: [['GET /images/json', 200, [DANGLING]]],
    stdout:
      '{"Containers":"N/A","CreatedAt":"2020-01-02 03:04:05 +0000 UTC","CreatedSince":"6 years ago","Digest":"\\u003cnone\\u003e","ID":"222222222222","Repository":"\\u003cnone\\u003e","SharedSize":"N/A","Size":"192MB","Tag":"\\u003cnone\\u003e","UniqueSize":"N/A","VirtualSize":"192MB"}\n',
  },
  {
    docker: "images --format '{{.Nope}}'",
    engine: [['GET /images/json', 200, [NGINX]]],
    stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.imageContext\n',
    exit: 1,
  },
  {
    docker: 'images',
    files: { '.docker/config.json': '{"imagesFormat":"{{.ID}}"}' },
    engine: [['GET /images/json', 200, [NGINX]]],
    stdout: '888888888888\n888888888888\n',
  },
  {
    docker: 'images -f nope=1',
    engine: [['GET /images/json?filters={"nope":{"1":true}}', 400, "invalid filter 'nope'"]],
    stderr: "Error response from daemon: invalid filter 'nope'\n",
    exit: 1,
  },
  {
    docker: 'images -f dangling',
    stderr:
      'invalid argument "dangling" for "-f, --filter" flag: bad format of filter (expected name=value)\n\nUsage:  docker images [OPTIONS] [REPOSITORY[:TAG]]\n\nRun \'docker images --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'images a b',
    stderr:
      "docker: 'docker images' requires at most 1 argument\n\nUsage:  docker images [OPTIONS] [REPOSITORY[:TAG]]\n\nSRun 'docker images --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
