import type { UpdateResponse } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError, joinErrors } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { containerPath } from '../../engine/paths.ts';
import { parseRestartPolicy } from './security.ts';

export const command = defineCommand({
  path: 'container update',
  *run({ cli, flags, args }) {
    if (flags.changedFlags.length === 0) throw new CliError('you must provide one or more flags when using this command');
    const body = updateBody(flags);
    const engine = yield* cli.engine();
    const warnings: string[] = [];
    const errors: string[] = [];
    for (const name of args) {
      try {
        const { Warnings } = yield* engine.json<UpdateResponse>('POST', `${containerPath(name)}/update`, { json: body });
        yield* cli.out(`${name}\n`);
        warnings.push(...(Warnings ?? []));
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        errors.push(error.message);
      }
    }
    if (warnings.length > 0) yield* cli.out(`${warnings.join('\n')}\n`);
    joinErrors(errors);
  },
});

/** All resources, as docker sends them: zero and null mean "as it is". */
function updateBody(flags: Flags): Readonly<Record<string, unknown>> {
  return {
    CpuShares: flags.number('cpu-shares'),
    Memory: flags.number('memory'),
    NanoCpus: flags.number('cpus'),
    CgroupParent: '',
    BlkioWeight: flags.number('blkio-weight'),
    BlkioWeightDevice: null,
    BlkioDeviceReadBps: null,
    BlkioDeviceWriteBps: null,
    BlkioDeviceReadIOps: null,
    BlkioDeviceWriteIOps: null,
    CpuPeriod: flags.number('cpu-period'),
    CpuQuota: flags.number('cpu-quota'),
    CpuRealtimePeriod: flags.number('cpu-rt-period'),
    CpuRealtimeRuntime: flags.number('cpu-rt-runtime'),
    CpusetCpus: flags.string('cpuset-cpus'),
    CpusetMems: flags.string('cpuset-mems'),
    Devices: null,
    DeviceCgroupRules: null,
    DeviceRequests: null,
    ...(flags.number('kernel-memory') === 0 ? {} : { KernelMemory: flags.number('kernel-memory') }),
    MemoryReservation: flags.number('memory-reservation'),
    MemorySwap: flags.number('memory-swap'),
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit: flags.number('pids-limit') || null,
    Ulimits: null,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    RestartPolicy: parseRestartPolicy(flags.string('restart')),
  };
}
