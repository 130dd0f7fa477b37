/** The figures of disks agree with each other: df, lsblk, docker system df, on the machine and in containers. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
const out = async (command: string) => (await shell.run(command)).stdout;
const usedKiB = async () => Number(await out('df --output=used / | tail -1'));

beforeAll(async () => {
  shell = await worldShell();
}, 60_000);

test('the disk is as big as lsblk says, and images take their room on it', async () => {
  expect(await out('df -h / | tail -1')).toBe('/dev/vda1        40G  3.1G   37G   8% /\n');
  const before = await usedKiB();
  await shell.run('docker pull -q debian; docker pull -q alpine');
  const images = 120_000_000 + 8_530_000;
  expect(Math.abs((await usedKiB()) - before - images / 1024)).toBeLessThan(100);
  expect(await out('docker system df --format "{{.Size}}" | head -1')).toBe('128.5MB\n');
}, 60_000);

test('in a container: one line a device with coreutils, every mount with BusyBox; masked paths are there', async () => {
  const targets = async (image: string) =>
    (await out(`docker run --rm ${image} df -h`))
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(/\s+/))
      .map((words) => `${words[0]} ${words[1]} ${words[5]}`);
  expect(await targets('debian')).toEqual([
    'overlay 40G /',
    'tmpfs 64M /dev',
    'shm 64M /dev/shm',
    '/dev/vda1 40G /etc/hosts',
    'tmpfs 2.0G /proc/acpi',
    'tmpfs 2.0G /sys/firmware',
  ]);
  expect(await targets('alpine')).toEqual([
    'overlay 39.2G /',
    'tmpfs 64.0M /dev',
    'shm 64.0M /dev/shm',
    '/dev/vda1 39.2G /etc/resolv.conf',
    '/dev/vda1 39.2G /etc/hostname',
    '/dev/vda1 39.2G /etc/hosts',
    'tmpfs 2.0G /proc/acpi',
    'tmpfs 64.0M /proc/kcore',
    'tmpfs 64.0M /proc/keys',
    'tmpfs 64.0M /proc/timer_list',
    'tmpfs 2.0G /sys/firmware',
  ]);
  expect(await out('docker run --rm alpine cat /proc/kcore /proc/keys')).toBe('');
}, 60_000);

test('a directory of tmpfs counts 20 bytes an entry', async () => {
  expect(await out('docker run --rm debian stat -c %s /dev /root')).toBe('340\n4096\n');
}, 60_000);
