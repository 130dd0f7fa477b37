import type { Sim } from '../../kernel/sim.ts';
import { output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { decodeEcho } from '../syntax/ansiC.ts';

/** What echo prints. dash's always decodes escapes and knows only -n; /bin/echo uses this too. */
export function echoText(args: readonly string[], style: 'bash' | 'dash', decodeByDefault = false): string {
  let newline = true;
  let decode = style === 'dash' || decodeByDefault;
  let i = 0;
  for (; i < args.length; i++) {
    if (!(style === 'dash' ? /^-n$/ : /^-[neE]+$/).test(args[i])) break;
    for (const c of args[i].slice(1)) {
      if (c === 'n') newline = false;
      else decode = c === 'e';
    }
  }
  const text = args.slice(i).join(' ');
  if (!decode) return newline ? `${text}\n` : text;
  const decoded = decodeEcho(text, 'echo');
  return decoded.text + (newline && !decoded.stop ? '\n' : '');
}

function* run(sh: Shell, args: readonly string[]): Sim<number> {
  return (yield* output(sh, 'echo', echoText(args, sh.dialect === 'dash' ? 'dash' : 'bash', sh.options.on('xpg_echo')))) ? 0 : 1;
}

export const builtins: readonly Builtin[] = [
  { name: 'echo', usage: '[-neE] [arg ...]', summary: 'Write the arguments, separated by blanks, to standard output.', run },
];
