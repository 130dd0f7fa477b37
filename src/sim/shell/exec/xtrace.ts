import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import type { Expander } from '../expand/expand.ts';
import { plainSingleQuote, traceQuote } from '../expand/quote.ts';
import type { Shell } from '../state/shell.ts';
import { complain } from './message.ts';

/** A line of `set -x`: PS4, whose first character bash repeats for each level of eval and substitution, and the text. */
export function* xtrace(sh: Shell, expander: Expander, text: string): Sim<void> {
  const ps4 = sh.vars.get('PS4') ?? '';
  sh.options.change('xtrace', false);
  const prefix = yield* sh.isBash ? expander.prompt(sh, ps4) : expander.string(sh, ps4, 'heredoc');
  sh.options.change('xtrace', true);
  const first = [...prefix][0] ?? '';
  const line = `${sh.isBash ? first.repeat(sh.traceLevel) : ''}${prefix}${text}\n`;
  const fd = sh.isBash ? sh.vars.get('BASH_XTRACEFD') : undefined;
  if (fd === undefined || !/^\d+$/.test(fd)) return yield* complain(line);
  try {
    yield* write(Number(fd), line);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

/** The words of a command as they are traced: dash shows them as they are. */
export function tracedWords(sh: Shell, words: readonly string[]): string[] {
  if (sh.dialect === 'dash') return [...words];
  return words.map(sh.dialect === 'ash' ? ashQuote : traceQuote);
}

/** The value of an assignment as it is traced. */
export function tracedValue(sh: Shell, value: string): string {
  return value === '' ? '' : tracedWords(sh, [value])[0];
}

/** BusyBox quotes whatever is not plainly harmless (maybe_single_quote in ash.c), and its reserved words. */
function ashQuote(word: string): string {
  const reserved = /^([!{}]|\[\[|]]|case|do|done|elif|else|esac|fi|for|function|if|in|then|until|while)$/.test(word);
  return reserved || /[^+,\-./0-9:@A-Z\]^_a-z]/.test(word) ? plainSingleQuote(word).replaceAll("'\\''", `'"'"'`) : word;
}
