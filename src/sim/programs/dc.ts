/** dc: a calculator that takes its numbers before the signs, with as many digits as asked for. */
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { readText, write } from '../kernel/syscalls.ts';
import { FoldedOutput } from './lib/bc/output.ts';
import { StackMachine } from './lib/bc/stackMachine.ts';
import { LineReader } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'e:f:hV',
  long: { expression: 'e:', file: 'f:' },
  usage: '[OPTION] [file ...]',
  about: 'Calculates with a stack: -e EXPRESSION, -f FILE, or lines of standard input.',
  version: 'GNU bc 1.07.1) 1.4.1',
};

function* dc(t: Tool): Sim<number> {
  const args = t.args.map((arg) => ({ '-h': '--help', '-V': '--version' })[arg] ?? arg);
  const o = yield* parseOptions(t, SPEC, args);
  const stdin = new LineReader(0);
  const machine = new StackMachine(new FoldedOutput(t.out, 70), t.name, () => stdin.next());
  const work = [...o.options, ...o.operands.map((file) => ['f', file] as const)];
  for (const [kind, value] of work) {
    let text = value;
    if (kind === 'f') {
      try {
        text = yield* readText(value === '-' ? '/dev/stdin' : value);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        yield* t.out.flush();
        yield* write(2, `${t.name}: Could not open file ${value}\n`);
        return 1;
      }
    }
    if (yield* machine.run(text)) return 0;
  }
  if (work.length > 0) return 0;
  let waiting = '';
  for (let line = yield* stdin.next(); line !== null; line = yield* stdin.next()) {
    waiting += `${line}\n`;
    // A string may go over several lines.
    if (waiting.split('[').length > waiting.split(']').length) continue;
    if (yield* machine.run(waiting)) return 0;
    waiting = '';
    yield* t.out.flush();
  }
  yield* machine.run(waiting);
  return 0;
}

export const program = tool('dc', dc);
