import { expect, test } from 'vitest';
import type { HostConfig } from '../../api/types/container.ts';
import { testMachine } from '../../kernel/testing.ts';
import { devicesOf } from './devices.ts';

function devices(hostConfig: Partial<HostConfig>): unknown {
  let answer: unknown;
  testMachine({ files: { '/plain': 'x' } }).run(function* () {
    try {
      answer = yield* devicesOf(hostConfig as HostConfig);
    } catch (error) {
      answer = (error as Error).message;
    }
    return 0;
  });
  return answer;
}

const device = (PathOnHost: string, PathInContainer = PathOnHost) => ({
  Devices: [{ PathOnHost, PathInContainer, CgroupPermissions: 'rwm' }],
});

test('a device of the machine, under the name it is to have', () => {
  expect(devices(device('/dev/null', '/dev/mine'))).toEqual([{ path: '/dev/mine', type: 'c', major: 1, minor: 3, fileMode: 0o666 }]);
});

test.for([
  ['/dev/nosuch', 'no such file or directory'],
  ['/plain', 'not a device node'],
])('%s is refused', ([path, reason]) => {
  expect(devices(device(path))).toBe(`error gathering device information while adding custom device "${path}": ${reason}`);
});

test('there is no driver for GPUs', () => {
  const request = { Driver: '', Count: -1, DeviceIDs: null, Capabilities: [['gpu']], Options: {} };
  expect(devices({ DeviceRequests: [request] })).toBe('could not select device driver "" with capabilities: [[gpu]]');
});
