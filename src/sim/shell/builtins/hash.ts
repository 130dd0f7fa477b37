import type { Sim } from '../../kernel/sim.ts';
import { findCommand } from '../exec/external.ts';
import { builtinError, invalidOption, output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

function* hash(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'dlp:rt');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-lr] [-p pathname] [-dt] [name ...]');
  if (o.flags.has('r')) sh.hashed.clear();
  if (args.length === 0 || (o.flags.has('l') && o.rest.length === 0)) {
    if (sh.hashed.size === 0) {
      if (sh.isBash) yield* output(sh, name, `${name}: hash table empty\n`);
    } else if (o.flags.has('l')) for (const [word, { path }] of sh.hashed) yield* output(sh, name, `builtin hash -p ${path} ${word}\n`);
    else if (!sh.isBash) for (const { path } of sh.hashed.values()) yield* output(sh, name, `${path}\n`);
    else
      yield* output(
        sh,
        name,
        `hits\tcommand\n${[...sh.hashed.values()].map((h) => `${String(h.hits).padStart(4)}\t${h.path}\n`).join('')}`,
      );
    return 0;
  }
  let status = 0;
  for (const word of o.rest) {
    if (o.flags.has('p')) sh.hashed.set(word, { path: o.flags.get('p')!, hits: 0 });
    else if (o.flags.has('d')) {
      if (!sh.hashed.delete(word)) {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      }
    } else if (o.flags.has('t')) {
      const known = sh.hashed.get(word);
      if (known) yield* output(sh, name, o.rest.length > 1 ? `${word}\t${known.path}\n` : `${known.path}\n`);
      else {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      }
    } else {
      sh.hashed.delete(word);
      const path = yield* findCommand(sh, word);
      if (path === null) {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      } else if (!word.includes('/')) sh.hashed.set(word, { path, hits: 0 });
    }
  }
  return status;
}

/** Where programs were found. */
export const builtins: readonly Builtin[] = [
  { name: 'hash', usage: '[-lr] [-p pathname] [-dt] [name ...]', summary: 'Remember or show where programs are.', run: hash },
];
