/** Limits: the ranges that Docker accepts, and how `docker update` joins new ones with old. */
import type { HostConfig, Resources } from '../../api/types/container.ts';
import { DaemonError, invalid } from '../errors.ts';

const MIN_MEMORY_BYTES = 6 * 1024 * 1024;

/** Throws invalid with Docker's text; answers with warnings. `update` allows a swap limit without a memory limit. */
export function checkResources(r: Resources, machine: { readonly cpus: number }, update: boolean): string[] {
  const warnings: string[] = [];
  if (r.Memory !== 0 && r.Memory < MIN_MEMORY_BYTES) throw invalid('Minimum memory limit allowed is 6MB');
  if (r.Memory > 0 && r.MemorySwap > 0 && r.MemorySwap < r.Memory) {
    throw invalid('Minimum memoryswap limit should be larger than memory limit, see usage');
  }
  if (r.Memory === 0 && r.MemorySwap > 0 && !update)
    throw invalid('You should always set the Memory limit when using Memoryswap limit, see usage');
  const swappiness = r.MemorySwappiness;
  if (swappiness !== null && (swappiness < -1 || swappiness > 100)) {
    throw invalid(`Invalid value: ${swappiness}, valid memory swappiness range is 0-100`);
  }
  if (r.MemoryReservation > 0 && r.MemoryReservation < MIN_MEMORY_BYTES) throw invalid('Minimum memory reservation allowed is 6MB');
  if (r.Memory > 0 && r.MemoryReservation > 0 && r.Memory < r.MemoryReservation) {
    throw invalid('Minimum memory limit can not be less than memory reservation limit, see usage');
  }
  if (r.OomKillDisable === true && r.Memory === 0) {
    warnings.push(
      'OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.',
    );
  }
  if (r.NanoCpus > 0 && r.CpuPeriod > 0) throw invalid('Conflicting options: Nano CPUs and CPU Period cannot both be set');
  if (r.NanoCpus > 0 && r.CpuQuota > 0) throw invalid('Conflicting options: Nano CPUs and CPU Quota cannot both be set');
  if (r.NanoCpus < 0 || r.NanoCpus > machine.cpus * 1e9) {
    throw invalid(`range of CPUs is from 0.01 to ${machine.cpus}.00, as there are only ${machine.cpus} CPUs available`);
  }
  if (r.CpuPeriod !== 0 && (r.CpuPeriod < 1000 || r.CpuPeriod > 1_000_000)) {
    throw invalid('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  }
  if (r.CpuQuota > 0 && r.CpuQuota < 1000) throw invalid('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  if (r.CpuShares < 0) throw invalid(`invalid CPU shares (${r.CpuShares}): value must be a positive integer`);
  checkSet('CPUs', r.CpusetCpus, machine.cpus);
  checkSet('memory nodes', r.CpusetMems, 1);
  if (r.BlkioWeight > 0 && (r.BlkioWeight < 10 || r.BlkioWeight > 1000)) throw invalid('Range of blkio weight is from 10 to 1000');
  for (const limit of r.Ulimits ?? []) {
    if (limit.Soft > limit.Hard && limit.Hard !== -1)
      throw invalid(`ulimit soft limit must be less than or equal to hard limit: ${limit.Soft} > ${limit.Hard}`);
  }
  return warnings;
}

function checkSet(noun: string, text: string, available: number): void {
  if (text === '') return;
  const range = available === 1 ? '0' : `0-${available - 1}`;
  const kind = noun === 'CPUs' ? 'cpuset cpus' : 'cpuset mems';
  for (const part of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (!match) throw invalid(`Invalid value ${text} for ${kind}`);
    if (Number(match[2] ?? match[1]) >= available)
      throw invalid(`Requested ${noun} are not available - requested ${text}, available: ${range}`);
  }
}

/** New limits over old ones: zero and empty mean "leave it". Throws conflict as Docker does, with `Cannot update container <id>: ` before it. */
export function joinResources(id: string, old: HostConfig, wanted: Resources): Partial<Resources> {
  const fail = (text: string): never => {
    throw new DaemonError('conflict', `Cannot update container ${id}: ${text}`);
  };
  if (wanted.NanoCpus > 0 && old.CpuPeriod > 0) fail('Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set');
  if (wanted.NanoCpus > 0 && old.CpuQuota > 0) fail('Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set');
  if (wanted.CpuPeriod > 0 && old.NanoCpus > 0) fail('Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set');
  if (wanted.CpuQuota > 0 && old.NanoCpus > 0) fail('Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set');
  if (wanted.Memory !== 0 && wanted.Memory > old.MemorySwap && wanted.MemorySwap === 0) {
    fail('Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time');
  }
  const out: Record<string, unknown> = {};
  const numbers = [
    'BlkioWeight',
    'CpuShares',
    'NanoCpus',
    'CpuPeriod',
    'CpuQuota',
    'Memory',
    'MemorySwap',
    'MemoryReservation',
    'CpuRealtimePeriod',
    'CpuRealtimeRuntime',
  ] as const;
  for (const key of numbers) if (wanted[key] !== 0) out[key] = wanted[key];
  if (wanted.CpusetCpus !== '') out.CpusetCpus = wanted.CpusetCpus;
  if (wanted.CpusetMems !== '') out.CpusetMems = wanted.CpusetMems;
  if (wanted.PidsLimit !== null) out.PidsLimit = wanted.PidsLimit;
  return out as Partial<Resources>;
}
