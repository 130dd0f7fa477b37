/** The free applet; only its first argument counts. After procps/free.c of BusyBox. */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { humanReadable, inUnits } from '../lib/busyboxSizes.ts';
import { UsageError } from '../lib/failure.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';
import { readSystem } from '../procps/processTable.ts';

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, h: 0 };

export const free: Applet = (argv, build) => runTool(main, argv, build);

function* main(t: Tool): Sim<number> {
  const letter = /^-(.?)/.exec(t.args[0] ?? '-k')?.[1] ?? 'k';
  if (!Object.hasOwn(UNITS, letter)) throw new UsageError('');
  const { memory } = yield* readSystem();
  const get = (name: string) => memory.get(name) ?? 0;
  const cache = get('Buffers') + get('Cached') + get('SReclaimable');
  const row = (...kib: readonly number[]) =>
    kib.map((k) => (UNITS[letter] === 0 ? humanReadable(k * 1024) : inUnits(k * 1024, UNITS[letter])).padStart(12)).join('');
  const heads = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map((head) => head.padStart(12)).join('');
  const ram = row(get('MemTotal'), get('MemTotal') - cache - get('MemFree'), get('MemFree'), get('Shmem'), cache, get('MemAvailable'));
  const swap = row(get('SwapTotal'), get('SwapTotal') - get('SwapFree'), get('SwapFree'));
  yield* write(1, `       ${heads}\nMem:   ${ram}\nSwap:  ${swap}\n`);
  return 0;
}
