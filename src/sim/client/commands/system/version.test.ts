import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const SERVER = {
  Platform: { Name: 'Docker Engine - Community' },
  Components: [
    {
      Name: 'Engine',
      Version: '28.5.2',
      Details: {
        ApiVersion: '1.51',
        Arch: 'amd64',
        BuildTime: '2020-01-02T03:04:05.000000000+00:00',
        Experimental: 'false',
        GitCommit: 'abc',
        GoVersion: 'go1.24',
        KernelVersion: '6.8',
        MinAPIVersion: '1.24',
        Os: 'linux',
      },
    },
    { Name: 'containerd', Version: '1.7.28', Details: { GitCommit: 'def' } },
  ],
  Version: '28.5.2',
  ApiVersion: '1.51',
  MinAPIVersion: '1.24',
  Os: 'linux',
  Arch: 'amd64',
};

test.for<ClientCase>([
  {
    docker: 'version',
    engine: [['GET /version', 200, SERVER]],
    stdout:
      'Client:\n Version:           28.2.2\n API version:       1.50\n Go version:        go1.24.3\n Git commit:        e6534b4\n Built:             Fri May 30 12:07:14 2025\n OS/Arch:           linux/amd64\n Context:           default\n\nServer: Docker Engine - Community\n Engine:\n  Version:          28.5.2\n  API version:      1.51 (minimum version 1.24)\n  Go version:       go1.24\n  Git commit:       abc\n  Built:            Thu Jan  2 03:04:05 2020\n  OS/Arch:          linux/amd64\n  Experimental:     false\n containerd:\n  Version:          1.7.28\n  GitCommit:        def\n',
  },
  {
    docker: "version -f '{{.Server.Version}} {{.Client.APIVersion}} {{.Client.Version}}'",
    engine: [['GET /version', 200, SERVER]],
    stdout: '28.5.2 1.50 28.2.2\n',
  },
  {
    docker: "version --format '{{.Nope}}'",
    engine: [['GET /version', 200, SERVER]],
    stdout: '\n',
    stderr: 'template: version:1:2: executing "version" at <.Nope>: can\'t evaluate field Nope in type system.versionInfo\n',
    exit: 1,
  },
  {
    docker: 'version',
    engine: [['GET /version', 500, 'something broke']],
    stdout:
      'Client:\n Version:           28.2.2\n API version:       1.50\n Go version:        go1.24.3\n Git commit:        e6534b4\n Built:             Fri May 30 12:07:14 2025\n OS/Arch:           linux/amd64\n Context:           default\n',
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
  {
    docker: 'version x',
    stderr:
      "docker: 'docker version' accepts no arguments\n\nUsage:  docker version [OPTIONS]\n\nRun 'docker version --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
