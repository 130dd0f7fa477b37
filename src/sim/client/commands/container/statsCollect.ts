/** Samples of one container from the API, made into the figures that the table shows. */
import type { Sim } from '../../../kernel/sim.ts';
import { waitOn } from '../../../kernel/syscalls.ts';
import { WaitQueue } from '../../../kernel/waitQueue.ts';
import { CliError } from '../../cli/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { eachJson } from '../../engine/jsonMessage.ts';
import { containerPath } from '../../engine/paths.ts';

/** As the daemon sends it; the parts that count here. A container that does not run has empty ones. */
interface StatsSample {
  readonly name: string;
  readonly id: string;
  readonly pids_stats: { readonly current?: number };
  readonly blkio_stats: { readonly io_service_bytes_recursive: readonly { readonly op: string; readonly value: number }[] | null };
  readonly cpu_stats: CpuSample;
  readonly precpu_stats: CpuSample;
  readonly memory_stats: { readonly usage?: number; readonly limit?: number; readonly stats?: Readonly<Record<string, number>> };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;
}
interface CpuSample {
  readonly cpu_usage: { readonly total_usage: number; readonly percpu_usage?: readonly number[] | null };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

export interface Usage {
  readonly cpuPercent: number;
  /** Bytes, the page cache left out. */
  readonly memory: number;
  readonly memoryLimit: number;
  readonly received: number;
  readonly sent: number;
  readonly blockRead: number;
  readonly blockWritten: number;
  readonly pids: number;
}

const NOTHING: Usage = { cpuPercent: 0, memory: 0, memoryLimit: 0, received: 0, sent: 0, blockRead: 0, blockWritten: 0, pids: 0 };

/** The latest figures of a container, filled in by a thread of its own. */
export class Collected {
  /** As it was asked for. */
  readonly container: string;
  name = '';
  id = '';
  usage = NOTHING;
  error: string | undefined;
  #ready = false;
  readonly #changed = new WaitQueue();

  constructor(container: string) {
    this.container = container;
  }

  put(sample: StatsSample): void {
    this.name = sample.name;
    this.id = sample.id;
    this.usage = usageOf(sample);
    this.ready();
  }

  fail(message: string): void {
    this.error = message;
    this.ready();
  }

  ready(): void {
    this.#ready = true;
    this.#changed.wake();
  }

  /** Waits for the first sample, or for the failure to get one. */
  *first(): Sim<void> {
    while (!this.#ready) yield* waitOn(this.#changed);
  }
}

export function* collect(engine: Engine, into: Collected, stream: boolean): Sim<void> {
  try {
    const { body } = yield* engine.open('GET', `${containerPath(into.container)}/stats`, { query: { stream: stream ? '1' : '0' } });
    yield* eachJson<StatsSample>(body, function* (sample) {
      into.put(sample);
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    into.fail(error.message);
  } finally {
    into.ready();
  }
}

function usageOf(s: StatsSample): Usage {
  const memory = s.memory_stats;
  const total = memory.usage ?? 0;
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  const interfaces = Object.values(s.networks ?? {});
  const block = (letter: string): number =>
    (s.blkio_stats.io_service_bytes_recursive ?? [])
      .filter(({ op }) => op.toLowerCase().startsWith(letter))
      .reduce((sum, { value }) => sum + value, 0);
  return {
    cpuPercent: cpuPercent(s),
    memory: cache < total ? total - cache : total,
    memoryLimit: memory.limit ?? 0,
    received: interfaces.reduce((sum, i) => sum + i.rx_bytes, 0),
    sent: interfaces.reduce((sum, i) => sum + i.tx_bytes, 0),
    blockRead: block('r'),
    blockWritten: block('w'),
    pids: s.pids_stats.current ?? 0,
  };
}

/** The share of one CPU since the sample before: 200 % are two CPUs busy. */
function cpuPercent({ cpu_stats: now, precpu_stats: before }: StatsSample): number {
  const own = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const system = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const cpus = now.online_cpus || (now.cpu_usage.percpu_usage ?? []).length;
  return system > 0 && own > 0 ? (own / system) * cpus * 100 : 0;
}
