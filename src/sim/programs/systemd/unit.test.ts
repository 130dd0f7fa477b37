import { expect, it } from 'vitest';
import { fullName, parseUnit, splitCommand } from './unit.ts';

const DOCKER = `[Unit]
Description=Docker Application Container Engine
After=network-online.target containerd.service
[Service]
Type=notify
ExecStart=/usr/bin/dockerd -H fd:// \\
  --containerd=/run/containerd/containerd.sock
Restart=always
RestartSec=2
[Install]
WantedBy=multi-user.target
`;

it('reads a unit file', () => {
  expect(parseUnit('docker.service', '/usr/lib/systemd/system/docker.service', [DOCKER])).toMatchObject({
    description: 'Docker Application Container Engine',
    after: ['network-online.target', 'containerd.service'],
    execStart: ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
    restart: 'always',
    restartDelay: 2_000_000,
    startLimit: 5,
    startLimitInterval: 10_000_000,
    wantedBy: ['multi-user.target'],
    masked: false,
  });
});

it('lets a drop-in clear and replace the command', () => {
  const dropIn = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H unix:// -H tcp://0.0.0.0:2375\nEnvironment="A=1 2" B=3\n';
  const unit = parseUnit('docker.service', '/x', [DOCKER, dropIn]);
  expect(unit.execStart).toEqual(['/usr/bin/dockerd', '-H', 'unix://', '-H', 'tcp://0.0.0.0:2375']);
  expect([...unit.environment]).toEqual([
    ['A', '1 2'],
    ['B', '3'],
  ]);
});

it('splits commands and completes names', () => {
  expect(splitCommand(`-/bin/sh -c "echo \\"hi\\" there" 'a b'`)).toEqual(['/bin/sh', '-c', 'echo "hi" there', 'a b']);
  expect([fullName('docker'), fullName('docker.socket')]).toEqual(['docker.service', 'docker.socket']);
});
