import type { Sim } from '../../../kernel/sim.ts';
import { access, S_IFDIR, S_IFMT, statOrNull } from '../../../kernel/syscalls.ts';
import type { Shell } from '../../state/shell.ts';
import { functionText } from '../../syntax/deparse.ts';

/** What a command name may mean; `value` is the text of an alias or function, the path of a file. */
export interface Meaning {
  readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file' | 'hashed';
  readonly value: string;
}

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'select',
  'while',
  'until',
  'do',
  'done',
  'in',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'coproc',
]);

const DASH_KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'while',
  'until',
  'do',
  'done',
  'in',
  '{',
  '}',
  '!',
]);

/** All meanings of a name, in the order in which the shell looks. */
export function* meanings(sh: Shell, word: string, functions: boolean): Sim<Meaning[]> {
  const out: Meaning[] = [];
  const alias = sh.aliases.get(word);
  if (alias !== undefined && (sh.options.on('expand_aliases') || !sh.isBash)) out.push({ kind: 'alias', value: alias });
  if ((sh.isBash ? KEYWORDS : DASH_KEYWORDS).has(word)) out.push({ kind: 'keyword', value: word });
  const f = sh.functions.get(word);
  if (f && functions) out.push({ kind: 'function', value: functionText(f) });
  const b = sh.builtins.get(word);
  if (b && !sh.disabledBuiltins.has(word) && (sh.isBash || !b.bashOnly)) out.push({ kind: 'builtin', value: b.special ? 'special' : '' });
  if (word.includes('/')) {
    const st = yield* statOrNull(word);
    if (st && (st.mode & S_IFMT) !== S_IFDIR && (yield* access(word, 1))) out.push({ kind: 'file', value: word });
    return out;
  }
  const hashed = sh.hashed.get(word);
  if (hashed) out.push({ kind: 'hashed', value: hashed.path });
  for (const dir of (sh.vars.get('PATH') ?? '').split(':')) {
    const path = `${dir || '.'}/${word}`;
    const st = yield* statOrNull(path);
    if (st && (st.mode & S_IFMT) !== S_IFDIR && (yield* access(path, 1))) out.push({ kind: 'file', value: path });
  }
  return out;
}

/** A meaning in words, as `type` tells it. */
export function describe(sh: Shell, word: string, m: Meaning): string {
  switch (m.kind) {
    case 'alias':
      return sh.isBash ? `${word} is aliased to \`${m.value}'` : `${word} is an alias for ${m.value}`;
    case 'keyword':
      return `${word} is a shell keyword`;
    case 'function':
      return sh.isBash ? `${word} is a function\n${m.value.replace(/\n$/, '')}` : `${word} is a shell function`;
    case 'builtin':
      return `${word} is a ${m.value && !sh.isBash ? `${m.value} ` : ''}shell builtin`;
    case 'hashed':
      return sh.isBash ? `${word} is hashed (${m.value})` : `${word} is ${sh.dialect === 'dash' ? 'a tracked alias for ' : ''}${m.value}`;
    default:
      return `${word} is ${m.value}`;
  }
}
