import type { Sim } from '../../kernel/sim.ts';
import { builtinError, complain, invalidOption, output, report } from '../exec/message.ts';
import { BINDINGS } from '../lineEditor/bindings.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

const USAGE =
  '[-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] [keyseq:readline-function or readline-command]';

const names = Object.keys(BINDINGS).sort();

function quoted(keys: readonly string[]): string {
  return keys
    .slice(0, 5)
    .map((key) => `"${key}"`)
    .join(', ');
}

/** Shows the keys of the line editor. They cannot be changed here; in a shell without an editor a change has no effect anyway. */
function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (!sh.interactive) yield* builtinError(sh, name, 'warning: line editing not enabled');
  const o = parseOptions(args, 'lpvsPVSXf:q:u:m:r:x:');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, USAGE);
  if (o.missing) {
    yield* builtinError(sh, name, `${o.missing}: option requires an argument`);
    yield* complain(`${name}: usage: ${name} ${USAGE}\n`);
    return 2;
  }
  if (o.flags.has('l')) yield* output(sh, name, names.map((n) => `${n}\n`).join(''));
  if (o.flags.has('P')) yield* output(sh, name, `\n${names.map((n) => `${n} can be found on ${quoted(BINDINGS[n])}.\n`).join('')}`);
  if (o.flags.has('p')) yield* output(sh, name, `\n${names.flatMap((n) => BINDINGS[n].map((key) => `"${key}": ${n}\n`)).join('')}`);
  const wanted = o.flags.get('q');
  if (wanted !== undefined) {
    if (!BINDINGS[wanted]) {
      yield* builtinError(sh, name, `\`${wanted}': unknown function name`);
      return 1;
    }
    yield* output(sh, name, `${wanted} can be invoked via ${quoted(BINDINGS[wanted])}.\n`);
  }
  const changes = o.rest.length > 0 || [...o.flags.keys()].some((flag) => !'lPpq'.includes(flag));
  if (!changes || !sh.interactive) return 0;
  yield* report(sh, 'drydock: keys and settings of the line editor cannot be changed');
  return 1;
}

export const builtins: readonly Builtin[] = [
  { name: 'bind', bashOnly: true, usage: USAGE, summary: 'Show the keys of the line editor.', run },
];
