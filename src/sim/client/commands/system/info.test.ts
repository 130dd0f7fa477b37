import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const INFO = {
  ID: 'i',
  Containers: 3,
  ContainersRunning: 1,
  ContainersPaused: 0,
  ContainersStopped: 2,
  Images: 4,
  Driver: 'overlay2',
  ServerVersion: '28.5.2',
  OperatingSystem: 'Debian',
  OSType: 'linux',
  Architecture: 'x86_64',
  NCPU: 2,
  MemTotal: 2147483648,
  Name: 'node1',
  Plugins: { Volume: ['local'], Network: ['bridge'], Authorization: null, Log: ['json-file'] },
  Swarm: { LocalNodeState: 'inactive' },
  Warnings: ['WARNING: No swap limit support'],
};

test.for<ClientCase>([
  {
    docker: "info -f '{{.ServerVersion}} {{.Containers}} {{.Driver}} {{.Swarm.LocalNodeState}}'",
    engine: [['GET /info', 200, INFO]],
    stdout: '28.5.2 3 overlay2 inactive\n',
  },
  {
    docker: "system info --format '{{json .Plugins.Volume}} {{.MemTotal}} {{.Name}}'",
    engine: [['GET /info', 200, INFO]],
    stdout: '["local"] 2147483648 node1\n',
  },
  {
    docker: "info -f '{{.Nope}}'",
    engine: [['GET /info', 200, INFO]],
    stdout: '\n',
    stderr: 'template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type system.dockerInfo\n',
    exit: 1,
  },
  {
    docker: "info -f '{{.Name'",
    engine: [['GET /info', 200, INFO]],
    stderr: 'template parsing error: template: :1: unclosed action\n',
    exit: 64,
  },
  { docker: "info -f '{{.ClientInfo.Context}}'", stdout: 'default\n' },
  {
    docker: "info -f '{{.Name}}'",
    engine: [['GET /info', 500, 'something broke']],
    stdout: '\n',
    stderr: 'Error response from daemon: something broke\n',
  },
  {
    docker: 'info x',
    stderr:
      "docker: 'docker info' accepts no arguments\n\nUsage:  docker info [OPTIONS]\n\nRun 'docker info --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
