import type { Sim } from '../kernel/sim.ts';
import { Fatal } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { readInputs } from './lib/readInputs.ts';
import { type Tool, tool } from './lib/tool.ts';

/** Runs of at least four printable characters (binutils; -n, -t, -f). */
export function* strings(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'afn:oT:t:e:sw0123456789',
    long: { all: 'a', 'print-file-name': 'f', bytes: 'n:', radix: 't:', 'include-all-whitespace': 'w' },
    usage: '[option(s)] [file(s)]',
    about: 'Prints the runs of printable characters in the files.',
    version: 'GNU Binutils for Debian) 2.40',
  });
  const digits = o.options.filter(([key]) => /\d/.test(key)).map(([key]) => key);
  const least = Number(o.value('n') ?? (digits.join('') || 4));
  if (!(least >= 1)) throw new Fatal(`invalid minimum string length ${o.value('n')}`);
  const radix = o.has('o') ? 'o' : o.value('t');
  for (const file of o.operands.length === 0 ? ['-'] : o.operands) {
    const bytes = yield* readInputs(t, [file]);
    let run = '';
    for (let i = 0; i <= bytes.length; i++) {
      const b = bytes[i];
      if (i < bytes.length && ((b >= 32 && b < 127) || b === 9)) {
        run += String.fromCharCode(b);
        continue;
      }
      if (run.length >= least) {
        const at = i - run.length;
        const place = radix === undefined ? '' : `${at.toString(radix === 'x' ? 16 : radix === 'o' ? 8 : 10).padStart(7)} `;
        yield* t.print(`${o.has('f') ? `${file}: ` : ''}${place}${run}\n`);
      }
      run = '';
    }
  }
}

export const program = tool('strings', strings, { shortName: true });
