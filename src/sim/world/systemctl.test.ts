import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

it('the status of a service tells what starts it and what it takes', async () => {
  const { run } = await worldShell();
  const lines = (await run('systemctl status docker')).stdout.split('\n');
  expect(lines.slice(3, 10).map((line) => line.replace(/since .*/, 'since').replace(/[\d.]+M$|\d+ms$/, 'N'))).toEqual([
    'TriggeredBy: ● docker.socket',
    '       Docs: https://docs.docker.com',
    '   Main PID: 3 (dockerd)',
    '      Tasks: 3 (limit: 4714)',
    '     Memory: N',
    '        CPU: N',
    '     CGroup: /system.slice/docker.service',
  ]);
  expect((await run('systemctl status docker.socket')).stdout).toContain('   Triggers: ● docker.service\n');
});

it('anybody may ask systemd how a service is; to change one takes root', async () => {
  const { run } = await worldShell();
  const student = (command: string) => run(`su student -c '${command}'`);
  expect((await student('systemctl status docker')).stdout).toContain('Active: active (running)');
  expect(await student('systemctl is-active docker')).toMatchObject({ stdout: 'active\n', exit: 0 });
  expect(await student('systemctl stop docker')).toEqual({
    stdout: '',
    stderr:
      "Failed to stop docker.service: Interactive authentication required.\nSee system logs and 'systemctl status docker.service' for details.\n",
    exit: 1,
  });
  expect((await student('docker ps -q')).exit).toBe(0);
  // What is no request gets no answer, and harms nobody.
  expect((await student('echo nonsense | nc -N -U /run/dbus/system_bus_socket')).stdout).toBe('');
  expect((await run('systemctl is-active docker')).stdout).toBe('active\n');
});
