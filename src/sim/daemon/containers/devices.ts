/** `--device` and `--gpus`: nodes of the machine that a container gets. */

import type { HostConfig } from '../../api/types/container.ts';
import { S_IFBLK, S_IFCHR, S_IFMT } from '../../kernel/abi.ts';
import type { Sim } from '../../kernel/sim.ts';
import { statOrNull } from '../../kernel/syscalls.ts';
import type { RuntimeSpec } from '../../oci/runtimeSpec.ts';
import { system } from '../errors.ts';

/** Throws system with Docker's words for a path that is no device, and for every GPU: the machine has no driver for any. */
export function* devicesOf(hostConfig: HostConfig): Sim<RuntimeSpec['linux']['devices']> {
  for (const { Driver, Capabilities } of hostConfig.DeviceRequests ?? []) {
    const capabilities = (Capabilities ?? []).map((set) => `[${set.join(' ')}]`).join(' ');
    throw system(`could not select device driver ${JSON.stringify(Driver)} with capabilities: [${capabilities}]`);
  }
  const out: RuntimeSpec['linux']['devices'][number][] = [];
  for (const { PathOnHost, PathInContainer } of hostConfig.Devices ?? []) {
    const stat = yield* statOrNull(PathOnHost);
    const failed = `error gathering device information while adding custom device ${JSON.stringify(PathOnHost)}`;
    if (!stat) throw system(`${failed}: no such file or directory`);
    const type = stat.mode & S_IFMT;
    if (type !== S_IFCHR && type !== S_IFBLK) throw system(`${failed}: not a device node`);
    out.push({
      path: PathInContainer,
      type: type === S_IFCHR ? 'c' : 'b',
      major: Math.floor(stat.rdev / 256),
      minor: stat.rdev % 256,
      fileMode: stat.mode & 0o777,
    });
  }
  return out;
}
