import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'context ls -q', stdout: 'default\n' },
  { docker: "context ls --format '{{.Name}} {{.DockerEndpoint}} {{.Current}}'", stdout: 'default unix:///var/run/docker.sock true\n' },
  {
    docker: 'context ls --format json',
    stdout:
      '{"Current":true,"Description":"Current DOCKER_HOST based configuration","DockerEndpoint":"unix:///var/run/docker.sock","Error":"","Name":"default"}\n',
  },
  {
    docker: "context ls --format '{{.Nope}}'",
    stderr:
      'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.clientContextContext\n',
    exit: 1,
  },
  {
    docker: 'context ls x',
    stderr:
      "docker: 'docker context ls' accepts no arguments\n\nUsage:  docker context ls [OPTIONS]\n\nRun 'docker context ls --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
