/** /proc/net and /sys/class/net agree with what the stack holds. */
import { expect, test } from 'vitest';
import { bind, listen, readdir, readText, socket, write } from '../kernel/syscalls.ts';
import { networkedMachine } from './testing.ts';

function show(path: string): string {
  const net = networkedMachine();
  return net.machine.run(function* () {
    const fd = yield* socket('inet', 'stream');
    yield* bind(fd, { address: '10.0.0.11', port: 8080 });
    yield* listen(fd, 5);
    yield* write(1, yield* readText(path));
    return 0;
  }).stdout;
}

test('/proc/net/tcp writes addresses and ports as the kernel does', () => {
  const [head, row] = show('/proc/net/tcp').split('\n');
  expect(head.trimEnd()).toBe('  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode');
  expect(row).toMatch(/^ {3}0: 0B00000A:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 {5}0 {8}0 \d+ *$/);
});

test('/proc/net/route has the default route and the own network', () => {
  expect(
    show('/proc/net/route')
      .split('\n')
      .slice(1, 3)
      .map((row) => row.trimEnd()),
  ).toEqual(['eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0', 'eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0']);
});

test('/proc/net/dev names every interface', () => {
  expect(
    show('/proc/net/dev')
      .split('\n')
      .slice(2, 4)
      .map((row) => row.split(':')[0].trim()),
  ).toEqual(['lo', 'eth0']);
});

test('/sys/class/net has a folder for each interface', () => {
  const result = networkedMachine().machine.run(function* () {
    yield* write(1, (yield* readdir('/sys/class/net')).map((e) => e.name).join(' '));
    yield* write(1, ` ${yield* readText('/sys/class/net/eth0/mtu')}${yield* readText('/sys/class/net/lo/type')}`);
    return 0;
  });
  expect(result.stdout).toBe('eth0 lo 1500\n772\n');
});
