import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const WEB = {
  Id: '88',
  Name: '/web',
  State: { Status: 'running', Running: true, ExitCode: 0 },
  Config: { Env: ['A=1', 'B=2'], Labels: { a: 'b' } },
};

test.for<ClientCase>([
  {
    docker: 'container inspect web',
    engine: [['GET /containers/web/json', 200, WEB]],
    stdout:
      '[\n    {\n        "Id": "88",\n        "Name": "/web",\n        "State": {\n            "Status": "running",\n            "Running": true,\n            "ExitCode": 0\n        },\n        "Config": {\n            "Env": [\n                "A=1",\n                "B=2"\n            ],\n            "Labels": {\n                "a": "b"\n            }\n        }\n    }\n]\n',
  },
  {
    docker: "container inspect -f '{{.Name}} {{.State.Running}}' web db",
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['GET /containers/db/json', 200, { ...WEB, Name: '/db' }],
    ],
    stdout: '/web true\n/db true\n',
  },
  {
    docker: "container inspect --format='{{json .Config.Labels}}' -s web",
    engine: [['GET /containers/web/json?size=1', 200, WEB]],
    stdout: '{"a":"b"}\n',
  },
  {
    docker: 'container inspect -f json web',
    engine: [['GET /containers/web/json', 200, WEB]],
    stdout:
      '[{"Id":"88","Name":"/web","State":{"Status":"running","Running":true,"ExitCode":0},"Config":{"Env":["A=1","B=2"],"Labels":{"a":"b"}}}]\n',
  },
  {
    docker: 'container inspect nosuch web',
    engine: [
      ['GET /containers/nosuch/json', 404, 'No such container: nosuch'],
      ['GET /containers/web/json', 200, { Id: '88' }],
    ],
    stdout: '[\n    {\n        "Id": "88"\n    }\n]\n',
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'container inspect nosuch',
    engine: [['GET /containers/nosuch/json', 404, 'No such container: nosuch']],
    stdout: '[]\n',
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: "container inspect -f '{{.Nope}}' web",
    engine: [['GET /containers/web/json', 200, WEB]],
    stdout: '\n',
    stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"\n',
    exit: 1,
  },
  { docker: "container inspect -f '{{.Name' web", stderr: 'template parsing error: template: :1: unclosed action\n', exit: 64 },
  {
    docker: "container inspect -f '{{range .Config.Env}}{{println .}}{{end}}' web",
    engine: [['GET /containers/web/json', 200, WEB]],
    stdout: 'A=1\nB=2\n\n',
  },
  { docker: 'container inspect -f \'{{index .Config.Labels "a"}}\' web', engine: [['GET /containers/web/json', 200, WEB]], stdout: 'b\n' },
  { docker: "container inspect ''", stdout: '[]\n', stderr: 'invalid container name or ID: value is empty\n', exit: 1 },
  {
    docker: 'container inspect',
    stderr:
      "docker: 'docker container inspect' requires at least 1 argument\n\nUsage:  docker container inspect [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker container inspect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
