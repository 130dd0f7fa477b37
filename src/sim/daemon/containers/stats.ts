/** `docker stats`: what a container uses, as the cgroup and the interfaces tell. */
import type { Gone } from '../../api/types/streams.ts';
import type { SimTime } from '../../kernel/clock.ts';
import { SECOND } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import type { TaskStats } from '../../runtime/containerd.ts';
import { rfc3339Nano, ZERO_TIME } from '../clock.ts';
import { findContainer } from '../find.ts';
import type { ContainerServices } from './services.ts';

interface Sample {
  readonly time: SimTime;
  readonly stats: TaskStats | undefined;
  readonly networks: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
}

export function* stats(
  d: ContainerServices,
  name: string,
  options: { readonly stream: boolean; readonly oneShot: boolean },
  emit: (sample: unknown) => Sim<void>,
  gone: Gone,
): Sim<void> {
  const { id } = findContainer(d.records, name);
  let before: Sample | undefined;
  if (!options.stream && !options.oneShot && d.live.container(id).task) {
    before = yield* take(d, id);
    yield* waitOn([gone.gone], SECOND);
  }
  for (;;) {
    if (gone.closed) return;
    const sample = yield* take(d, id);
    const c = d.records.get('containers', id);
    if (!c) return;
    yield* emit(statsJson(d, c.id, c.name, sample, before));
    if (!options.stream) return;
    before = sample;
    const wake = yield* now();
    while ((yield* now()) < wake + SECOND && !gone.closed) yield* waitOn([gone.gone], wake + SECOND - (yield* now()));
  }
}

function* take(d: ContainerServices, id: string): Sim<Sample> {
  const task = d.live.container(id).task;
  const c = d.records.get('containers', id);
  return { time: yield* now(), stats: task?.stats(), networks: task && c ? d.networks.counters?.(c) : undefined };
}

function statsJson(d: ContainerServices, id: string, name: string, sample: Sample, before: Sample | undefined): unknown {
  const { stats: s } = sample;
  return {
    name: `/${name}`,
    id,
    read: s ? rfc3339Nano(d.clock, sample.time) : ZERO_TIME,
    preread: before?.stats ? rfc3339Nano(d.clock, before.time) : ZERO_TIME,
    pids_stats: s ? { current: s.pids, ...(s.pidsLimit === undefined ? {} : { limit: s.pidsLimit }) } : {},
    blkio_stats: {
      io_service_bytes_recursive: s ? [] : null,
      io_serviced_recursive: s ? [] : null,
      io_queue_recursive: s ? [] : null,
      io_service_time_recursive: s ? [] : null,
      io_wait_time_recursive: s ? [] : null,
      io_merged_recursive: s ? [] : null,
      io_time_recursive: s ? [] : null,
      sectors_recursive: s ? [] : null,
    },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpuJson(d, s),
    precpu_stats: cpuJson(d, before?.stats),
    memory_stats: s
      ? {
          usage: s.memoryBytes,
          max_usage: s.memoryMaxBytes,
          stats: {
            active_anon: s.memoryBytes,
            active_file: 0,
            cache: 0,
            inactive_anon: 0,
            inactive_file: 0,
            rss: s.memoryBytes,
            total_inactive_file: 0,
            total_rss: s.memoryBytes,
          },
          limit: s.memoryLimitBytes,
        }
      : {},
    ...(sample.networks && Object.keys(sample.networks).length > 0 ? { networks: sample.networks } : {}),
  };
}

/** Nanoseconds. */
function cpuJson(d: ContainerServices, s: TaskStats | undefined): unknown {
  const throttling = { periods: 0, throttled_periods: 0, throttled_time: 0 };
  if (!s) return { cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 }, throttling_data: throttling };
  const total = s.cpuUs * 1000;
  const kernel = Math.floor(total / 4);
  const perCpu = Array.from({ length: d.config.cpus }, (_, i) =>
    i === 0 ? total - Math.floor(total / 2) * (d.config.cpus > 1 ? 1 : 0) : i === 1 ? Math.floor(total / 2) : 0,
  );
  return {
    cpu_usage: { total_usage: total, percpu_usage: perCpu, usage_in_kernelmode: kernel, usage_in_usermode: total - kernel },
    system_cpu_usage: s.systemCpuUs * 1000,
    online_cpus: d.config.cpus,
    throttling_data: throttling,
  };
}
