import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const NGINX = { Id: 'sha256:88', RepoTags: ['nginx:latest'], Architecture: 'amd64', Os: 'linux', Config: { Cmd: ['nginx'], Labels: null } };

test.for<ClientCase>([
  {
    docker: 'image inspect nginx',
    engine: [['GET /images/nginx/json', 200, NGINX]],
    stdout:
      '[\n    {\n        "Id": "sha256:88",\n        "RepoTags": [\n            "nginx:latest"\n        ],\n        "Architecture": "amd64",\n        "Os": "linux",\n        "Config": {\n            "Cmd": [\n                "nginx"\n            ],\n            "Labels": null\n        }\n    }\n]\n',
  },
  {
    docker: "image inspect -f '{{.Id}} {{index .RepoTags 0}} {{.Config.Cmd}}' nginx",
    engine: [['GET /images/nginx/json', 200, NGINX]],
    stdout: 'sha256:88 nginx:latest [nginx]\n',
  },
  {
    docker: "image inspect --format='{{.Os}}/{{.Architecture}}' nginx localhost:5000/web:v1",
    engine: [
      ['GET /images/nginx/json', 200, NGINX],
      ['GET /images/localhost:5000/web:v1/json', 200, NGINX],
    ],
    stdout: 'linux/amd64\nlinux/amd64\n',
  },
  {
    docker: 'image inspect nosuch nginx',
    engine: [
      ['GET /images/nosuch/json', 404, 'No such image: nosuch'],
      ['GET /images/nginx/json', 200, { Id: 'sha256:88' }],
    ],
    stdout: '[\n    {\n        "Id": "sha256:88"\n    }\n]\n',
    stderr: 'Error response from daemon: No such image: nosuch\n',
    exit: 1,
  },
  {
    docker: "image inspect -f '{{.Nope}}' nginx",
    engine: [['GET /images/nginx/json', 200, NGINX]],
    stdout: '\n',
    stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"\n',
    exit: 1,
  },
  {
    docker: 'image inspect --platform linux/arm64 nginx',
    engine: [['GET /images/nginx/json?platform={"architecture":"arm64","os":"linux"}', 200, { Id: 'sha256:88' }]],
    stdout: '[\n    {\n        "Id": "sha256:88"\n    }\n]\n',
  },
  { docker: 'image inspect --platform a/b/c/d nginx', stderr: '"a/b/c/d": cannot parse platform specifier: invalid argument\n', exit: 1 },
  { docker: "image inspect ''", stdout: '[]\n', stderr: 'Error: No such image: \n', exit: 1 },
  {
    docker: 'image inspect',
    stderr:
      "docker: 'docker image inspect' requires at least 1 argument\n\nUsage:  docker image inspect [OPTIONS] IMAGE [IMAGE...]\n\nSee 'docker image inspect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
