import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import { readSystem } from './procps/processTable.ts';

const UNITS: Readonly<Record<string, number>> = {
  '-b': 1 / 1024,
  '--bytes': 1 / 1024,
  '-k': 1,
  '--kibi': 1,
  '-m': 1024,
  '--mebi': 1024,
  '-g': 1024 ** 2,
  '--gibi': 1024 ** 2,
};

/** free [-b|-k|-m|-g|-h] [-t] [-w]; after procps-ng 4. */
export const program: Program = {
  name: 'free',
  *main(argv): Sim<number> {
    let unit = 1;
    let human = false;
    let total = false;
    for (const arg of argv.slice(1)) {
      for (const option of /^-[a-z]{2,}$/.test(arg) ? [...arg.slice(1)].map((c) => `-${c}`) : [arg]) {
        if (Object.hasOwn(UNITS, option)) unit = UNITS[option];
        else if (option === '-h' || option === '--human') human = true;
        else if (option === '-t' || option === '--total') total = true;
        else if (option !== '-w' && option !== '--wide') {
          yield* write(
            2,
            `free: ${option.startsWith('--') ? `unrecognized option '${option}'` : `invalid option -- '${option.slice(1)}'`}\n\nUsage:\n free [options]\n\nFor more details see free(1).\n`,
          );
          return 1;
        }
      }
    }
    const { memory } = yield* readSystem();
    const get = (name: string) => memory.get(name) ?? 0;
    const cache = get('Buffers') + get('Cached') + get('SReclaimable');
    const used = get('MemTotal') - get('MemAvailable');
    const show = (kib: number) => (human ? humanKib(kib) : String(Math.floor(kib / unit))).padStart(12);
    const row = (label: string, ...kib: number[]) => `${label.padEnd(8)}${kib.map(show).join('')}\n`;
    const swapUsed = get('SwapTotal') - get('SwapFree');
    let out = `${' '.repeat(8)}${['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map((h) => h.padStart(12)).join('')}\n`;
    out += row('Mem:', get('MemTotal'), used, get('MemFree'), get('Shmem'), cache, get('MemAvailable'));
    out += row('Swap:', get('SwapTotal'), swapUsed, get('SwapFree'));
    if (total) out += row('Total:', get('MemTotal') + get('SwapTotal'), used + swapUsed, get('MemFree') + get('SwapFree'));
    yield* write(1, out);
    return 0;
  },
};

/** '1.9Gi': three digits at most, as procps scales. */
function humanKib(kib: number): string {
  let value = kib * 1024;
  for (const suffix of ['B', 'Ki', 'Mi', 'Gi', 'Ti']) {
    if (value < 1000) return `${suffix === 'B' || value >= 10 ? Math.floor(value) : (Math.floor(value * 10) / 10).toFixed(1)}${suffix}`;
    value /= 1024;
  }
  return `${Math.floor(value)}Pi`;
}
