import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { sleep, write } from '../../kernel/syscalls.ts';
import { readJournal } from './journal.ts';
import { fullName } from './unit.ts';

/** journalctl [-u UNIT] [-n N] [-f] [-e] [--no-pager] [-r] */
export const journalctl: Program = {
  name: 'journalctl',
  *main(argv): Sim<number> {
    let unit: string | undefined;
    let count: number | undefined;
    let follow = false;
    let reverse = false;
    const queue = argv.slice(1);
    for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
      const short = /^-([a-z]*?)([un])(.*)$/.exec(arg);
      if (arg.startsWith('--unit=')) unit = fullName(arg.slice(7));
      else if (arg.startsWith('--lines=')) count = Number(arg.slice(8));
      else if (arg === '--follow') follow = true;
      else if (arg === '--reverse') reverse = true;
      else if (/^--(no-pager|boot|pager-end|catalog|quiet|no-hostname|dmesg)$/.test(arg)) continue;
      else if (short && !arg.startsWith('--')) {
        const value = short[3] || queue.shift() || '';
        follow ||= short[1].includes('f');
        reverse ||= short[1].includes('r');
        if (short[2] === 'u') unit = fullName(value);
        else count = Number(value);
      } else if (/^-[a-z]+$/.test(arg)) {
        follow ||= arg.includes('f');
        reverse ||= arg.includes('r');
      } else {
        yield* write(2, `journalctl: unrecognized option '${arg}'\n`);
        return 1;
      }
    }
    const entries = yield* readJournal(unit);
    const shown = count !== undefined || follow ? entries.slice(-(count ?? 10)) : entries;
    const lines = shown.map((entry) => entry.line);
    yield* write(1, lines.length > 0 ? `${(reverse ? lines.reverse() : lines).join('\n')}\n` : '-- No entries --\n');
    for (let seen = entries.length; follow; ) {
      yield* sleep(250_000);
      const now = yield* readJournal(unit);
      for (const entry of now.slice(seen)) yield* write(1, `${entry.line}\n`);
      seen = now.length;
    }
    return 0;
  },
};
