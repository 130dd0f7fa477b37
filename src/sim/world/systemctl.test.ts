import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

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
