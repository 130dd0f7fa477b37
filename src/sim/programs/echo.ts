import type { Sim } from '../kernel/sim.ts';
import { escapes } from './lib/escapes.ts';
import { type Tool, tool } from './lib/tool.ts';

/** Writes its arguments; -n, -e, -E only as first words. */
export function* echo(t: Tool): Sim<void> {
  if (!t.busybox && t.args.length === 1 && (t.args[0] === '--help' || t.args[0] === '--version')) {
    yield* t.print(
      t.args[0] === '--help'
        ? `Usage: ${t.name} [SHORT-OPTION]... [STRING]...\n  or:  ${t.name} LONG-OPTION\n`
        : 'echo (GNU coreutils) 9.10\n',
    );
    return;
  }
  let at = 0;
  let newline = true;
  let interpret = false;
  for (; at < t.args.length && /^-[neE]+$/.test(t.args[at]); at++) {
    for (const c of t.args[at].slice(1)) {
      if (c === 'n') newline = false;
      else interpret = c === 'e';
    }
  }
  const text = t.args.slice(at).join(' ');
  if (!interpret) {
    yield* t.print(newline ? `${text}\n` : text);
    return;
  }
  const { out, stop } = escapes(text, 'echo');
  yield* t.print(out + (newline && !stop ? '\n' : ''));
}

export const program = tool('echo', echo);
