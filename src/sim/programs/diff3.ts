import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { compareLines } from './lib/diff/myers.ts';
import { threeWay } from './lib/diff/threeWay.ts';
import { hint } from './lib/diff/usage.ts';
import { Fatal } from './lib/failure.ts';
import { LineReader, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

/** Three files: which one differs where. */
function* diff3(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'aAeEimTxX3L:',
    long: { merge: 'm', text: 'a' },
    usage: '[OPTION]... MYFILE OLDFILE YOURFILE',
    about: 'Compares three files.',
    version: 'GNU diffutils) 3.12',
  });
  if (o.operands.length !== 3)
    return yield* hint(
      t,
      o.operands.length < 3 ? `missing operand after ${quote(o.operands.at(-1) ?? t.name)}` : `extra operand ${quote(o.operands[3])}`,
    );
  const texts: string[][] = [];
  for (const file of o.operands) {
    try {
      const fd = yield* openInput(file);
      const lines: string[] = [];
      const reader = new LineReader(fd);
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) lines.push(line);
      texts.push(lines);
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`${file}: ${error.message}`, 2);
      throw error;
    }
  }
  const ids = new Map<string, number>();
  const numbers = texts.map((lines) => lines.map((l) => ids.get(l) ?? (ids.set(l, ids.size), ids.size - 1)));
  const [mine, old, yours] = numbers;
  const first = yield* compareLines(old, mine);
  const second = yield* compareLines(old, yours);
  yield* t.print(threeWay(texts, first, second));
  return 0;
}

/** diff3 [OPTION]... MYFILE OLDFILE YOURFILE */
export const program: Program = tool('diff3', diff3, { failStatus: 2 });
