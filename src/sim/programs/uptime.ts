import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { readText, wallClock, write } from '../kernel/syscalls.ts';
import { readSystem } from './procps/processTable.ts';

const two = (n: number) => String(Math.floor(n)).padStart(2, '0');

/** The first line of top and all of uptime: ' 14:04:40 up 3 min,  1 user,  load average: 0.00, 0.00, 0.00'. */
export function* uptimeLine(): Sim<string> {
  const { uptime } = yield* readSystem();
  const clock = Math.floor((yield* wallClock()) / 1e6) % 86_400;
  const load = (yield* readText('/proc/loadavg')).split(' ').slice(0, 3).join(', ');
  const days = Math.floor(uptime / 86_400);
  const hours = Math.floor((uptime % 86_400) / 3600);
  const minutes = Math.floor((uptime % 3600) / 60);
  const span = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${two(minutes)}` : `${minutes} min`}`;
  return ` ${two(clock / 3600)}:${two((clock % 3600) / 60)}:${two(clock % 60)} up ${span},  1 user,  load average: ${load}`;
}

export const program: Program = {
  name: 'uptime',
  *main(argv): Sim<number> {
    if (argv[1] === '-p' || argv[1] === '--pretty') {
      const { uptime } = yield* readSystem();
      const parts = (
        [
          ['week', 604_800, 999],
          ['day', 86_400, 7],
          ['hour', 3600, 24],
          ['minute', 60, 60],
        ] as const
      ).flatMap(([name, seconds, wrap]) => {
        const n = Math.floor(uptime / seconds) % wrap;
        return n > 0 ? [`${n} ${name}${n === 1 ? '' : 's'}`] : [];
      });
      yield* write(1, `up ${parts.length > 0 ? parts.join(', ') : '0 minutes'}\n`);
      return 0;
    }
    yield* write(1, `${yield* uptimeLine()}\n`);
    return 0;
  },
};
