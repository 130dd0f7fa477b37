import { pause, type Sim } from '../../kernel/sim.ts';
import { now, wallClock } from '../../kernel/syscalls.ts';
import { ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { compileWord, type ParameterExpansion, type Part, type WordContext } from '../syntax/word.ts';
import { type ArithmeticScope, evaluateArithmetic } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import { type Field, FieldBuilder, fieldText } from './fields.ts';
import { globPaths } from './glob.ts';
import { parameterValue, starJoiner, unbound } from './parameter.ts';
import { escapePattern, hasPattern, matchPattern, type PatternOptions, removeMatch, replaceMatch } from './pattern.ts';
import { expandPrompt } from './prompt.ts';
import { arithmeticScope } from './scope.ts';
import { tilde } from './tilde.ts';
import { arrayLiteral, assignmentOf, attributeLetters, changeCase, transformValue } from './transform.ts';

/** What `${name...}` may hold besides the name; ash has bash's substrings and replacements. */
const POSIX_OPERATORS = { dash: /^(:?[-=?+]|##?|%%?)?$/, ash: /^(:?[-=?+]|##?|%%?|:|\/[/#%]?)?$/ } as const;
/** After so many words others get their turn. */
const WORDS_PER_PAUSE = 1000;

/** What needs processes; the interpreter gives it. */
export interface Substitutions {
  capture(sh: Shell, source: string): Sim<string>;
  /** Gives the path to put in place: /dev/fd/N. */
  process(sh: Shell, source: string, direction: '<' | '>'): Sim<string>;
}

/** Expansion of words: braces, tilde, parameters, commands, arithmetic, splitting, file names. */
export class Expander {
  readonly #run: Substitutions;

  constructor(run: Substitutions) {
    this.#run = run;
  }

  scope(sh: Shell): ArithmeticScope {
    return arithmeticScope(sh);
  }

  patternOptions(sh: Shell): PatternOptions {
    return { extglob: sh.options.on('extglob'), nocase: sh.options.on('nocasematch') };
  }

  /** Words to arguments. */
  *words(sh: Shell, sources: readonly string[]): Sim<string[]> {
    const out: string[] = [];
    for (const source of sources) yield* this.word(sh, source, out);
    return out;
  }

  *word(sh: Shell, source: string, out: string[]): Sim<void> {
    const braced = source.includes('{') && sh.isBash && sh.options.has('braceexpand') ? expandBraces(source) : [source];
    for (const text of braced) {
      if (++sh.rounds % WORDS_PER_PAUSE === 0) yield* pause();
      const parts = compileWord(text);
      if (parts.length === 1 && parts[0].type === 'text') {
        const only = parts[0];
        if (only.quoted || !/[~*?[]|[+@!]\(/.test(only.value)) {
          out.push(only.value);
          continue;
        }
      }
      const builder = new FieldBuilder(sh.vars.get('IFS') ?? ' \t\n');
      yield* this.#into(sh, parts, builder, true, /^[A-Za-z_]\w*=/.test(text) && sh.isBash ? 'assignment' : 'start');
      builder.end();
      for (const field of builder.fields) yield* this.#glob(sh, field, out);
    }
  }

  *#glob(sh: Shell, field: Field, out: string[]): Sim<void> {
    const text = fieldText(field);
    const extglob = sh.options.on('extglob');
    if (sh.options.has('noglob') || !field.some((run) => !run.quoted && /[*?[]|[+@!]\(/.test(run.text))) {
      out.push(text);
      return;
    }
    const pattern = fieldPattern(field);
    if (!hasPattern(pattern, extglob)) {
      out.push(text);
      return;
    }
    let found = yield* globPaths(pattern, {
      extglob,
      dotglob: sh.options.on('dotglob'),
      nocaseglob: sh.options.on('nocaseglob'),
      globstar: sh.options.on('globstar'),
    });
    const ignore = sh.vars.get('GLOBIGNORE');
    if (ignore) found = found.filter((path) => !ignore.split(':').some((p) => matchPattern(p, path, { extglob })));
    if (found.length > 0) out.push(...found);
    else if (sh.options.on('failglob')) throw new ShellError(`no match: ${text}`);
    else if (!sh.options.on('nullglob')) out.push(text);
  }

  /** One string, neither split nor globbed. */
  *string(sh: Shell, source: string, context: WordContext = 'word', assignment = false): Sim<string> {
    const parts = compileWord(source, context);
    if (parts.length === 0) return '';
    if (parts.length === 1 && parts[0].type === 'text' && (parts[0].quoted || !parts[0].value.includes('~'))) return parts[0].value;
    return fieldText(yield* this.#single(sh, parts, context === 'word' ? (assignment ? 'value' : 'start') : 'none'));
  }

  /** A pattern: quoted characters come with a backslash, those that are special or (as `set -x` shows them) each of them. */
  *pattern(sh: Shell, source: string, escapeEach = false): Sim<string> {
    const field = yield* this.#single(sh, compileWord(source), 'start');
    return escapeEach ? fieldPatternFor(field, /[\s\S]/gu) : fieldPattern(field);
  }

  /** The right side of `=~`: quoted text is literal. */
  *regex(sh: Shell, source: string): Sim<string> {
    const field = yield* this.#single(sh, compileWord(source), 'start');
    return field.map((run) => (run.quoted ? run.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : run.text)).join('');
  }

  *#single(sh: Shell, parts: readonly Part[], tildes: TildeMode): Sim<Field> {
    const builder = new FieldBuilder('');
    yield* this.#into(sh, parts, builder, false, tildes);
    builder.end();
    return builder.fields.flat();
  }

  /** Text of an arithmetic expression with its expansions done. */
  *arithmeticText(sh: Shell, source: string): Sim<string> {
    if (source.includes('SECONDS') || source.includes('EPOCH')) yield* refreshClock(sh);
    return /[$`"'\\]/.test(source) ? yield* this.string(sh, source, 'operand') : source;
  }

  *arithmetic(sh: Shell, source: string, prefix = ''): Sim<bigint> {
    const text = yield* this.arithmeticText(sh, source);
    if (sh.dialect === 'dash') refuseBashArithmetic(text);
    try {
      return evaluateArithmetic(text, this.scope(sh), prefix);
    } catch (error) {
      if (sh.isBash || !(error instanceof ShellError)) throw error;
      throw new ShellError(posixArithmeticError(sh, text, error.message), { fatal: true, status: 2 });
    }
  }

  *#into(sh: Shell, parts: readonly Part[], b: FieldBuilder, split: boolean, tildes: TildeMode, splitText = false): Sim<void> {
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      switch (part.type) {
        case 'text': {
          let text = part.value;
          if (!part.quoted && tildes !== 'none' && text.includes('~')) {
            const expanded = tilde(sh, text, i === 0, i === parts.length - 1, tildes);
            for (const run of expanded) b.add(run.text, run.quoted);
            text = '';
            break;
          }
          if (splitText && !part.quoted && split) b.split(text);
          else b.add(text, part.quoted);
          break;
        }
        case 'parameter':
          yield* this.#parameter(sh, part.expansion, part.quoted, b, split);
          break;
        case 'command':
          this.#value(yield* this.#run.capture(sh, part.source), part.quoted, b, split);
          break;
        case 'arithmetic':
          this.#value((yield* this.arithmetic(sh, part.source)).toString(), part.quoted, b, split);
          break;
        case 'process':
          b.add(yield* this.#run.process(sh, part.source, part.direction), true);
          break;
      }
    }
  }

  #value(value: string, quoted: boolean, b: FieldBuilder, split: boolean): void {
    if (quoted || !split) b.add(value, quoted);
    else b.split(value);
  }

  /** `$@`, `${a[@]}` and what was done to each of them. */
  #list(sh: Shell, values: readonly string[], star: boolean, quoted: boolean, b: FieldBuilder, split: boolean): void {
    if (!split || (quoted && star)) {
      b.add(values.join(star ? starJoiner(sh) : ' '), quoted);
      return;
    }
    values.forEach((value, i) => {
      if (i > 0) b.end();
      if (quoted) b.add(value, true);
      else b.split(value);
    });
  }

  *subscript(sh: Shell, name: string, source: string): Sim<string> {
    if (source === '@' || source === '*') return source;
    const v = sh.vars.find(name);
    return v?.assoc ? yield* this.string(sh, source, /^["']/.test(source) ? 'word' : 'word') : yield* this.arithmeticText(sh, source);
  }

  *#parameter(sh: Shell, p: ParameterExpansion, quoted: boolean, b: FieldBuilder, split: boolean): Sim<void> {
    if (!sh.isBash && (!POSIX_OPERATORS[sh.dialect as 'dash' | 'ash'].test(p.operator) || p.indirect || p.subscript !== undefined))
      throw new ShellError(sh.dialect === 'ash' ? 'syntax error: bad substitution' : 'Bad substitution', { fatal: true, status: 2 });
    if (p.operator === 'bad') throw new ShellError(`${p.text}: bad substitution`);
    if (p.operator === 'names') {
      const names = sh.vars.names().filter((n) => n.startsWith(p.name));
      return this.#list(sh, names, p.operand === '*', quoted, b, split);
    }
    if (p.operator === 'keys') return this.#list(sh, sh.vars.keys(p.name), p.subscript === '*', quoted, b, split);
    let { name, subscript } = p;
    if (name === 'SECONDS' || name.startsWith('EPOCH')) yield* refreshClock(sh);
    if (p.indirect) {
      const v = sh.vars.raw(name);
      const target = v?.nameref
        ? v.value
        : subscript !== undefined
          ? sh.vars.element(name, yield* this.subscript(sh, name, subscript))
          : parameterValue(sh, name);
      if (v?.nameref && p.operator === '') return this.#value(target ?? '', quoted, b, split);
      if (!target) {
        if (target === undefined && !/^:?[-+=?]/.test(p.operator)) throw new ShellError(`${name}: invalid indirect expansion`);
        if (target === '') throw new ShellError(`${p.name}: invalid variable name`.replace(`${p.name}: `, `${target}: `));
        name = '';
      } else {
        const match = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(target);
        if (!match) throw new ShellError(`${target}: invalid variable name`);
        name = match[1];
        subscript = match[2];
      }
    }
    const list = name === '@' || name === '*' || subscript === '@' || subscript === '*';
    if (list) return yield* this.#listParameter(sh, p, name, subscript, quoted, b, split);
    const key = subscript === undefined ? undefined : yield* this.subscript(sh, name, subscript);
    const value = name === '' ? undefined : key !== undefined ? sh.vars.element(name, key) : parameterValue(sh, name);
    yield* this.#scalar(sh, p, name, key, value, quoted, b, split);
  }

  *#scalar(
    sh: Shell,
    p: ParameterExpansion,
    name: string,
    key: string | undefined,
    value: string | undefined,
    quoted: boolean,
    b: FieldBuilder,
    split: boolean,
  ): Sim<void> {
    const op = p.operator;
    if (/^:?[-=?+]$/.test(op)) {
      const missing = value === undefined || (op[0] === ':' && value === '');
      if (op.endsWith('+') ? missing : !missing) {
        if (!missing) this.#value(value!, quoted, b, split);
        else if (quoted) b.add('', true);
        return;
      }
      return yield* this.#alternative(sh, p, name, key, quoted, b, split);
    }
    if (value === undefined && sh.options.has('nounset') && op !== '@') unbound(sh, key === undefined ? name : `${name}[${p.subscript}]`);
    if (p.length) return this.#value(String([...(value ?? '')].length), quoted, b, split);
    if (op === '') return this.#value(value ?? '', quoted, b, split);
    if (op === ':') {
      this.#value(yield* this.#substring(sh, p, value ?? ''), quoted, b, split);
      return;
    }
    if (op === '@') {
      const v = sh.vars.find(name);
      if (p.operand === 'a') return this.#value(v ? attributeLetters(v) : '', quoted, b, split);
      if (p.operand === 'A')
        return this.#value(
          v && value !== undefined
            ? key !== undefined
              ? `declare -${attributeLetters(v)} ${name}[${key}]=${transformValue(value, 'Q')}`
              : assignmentOf(name, v)
            : '',
          quoted,
          b,
          split,
        );
      if (p.operand === 'P') return this.#value(value === undefined ? '' : yield* this.prompt(sh, value), quoted, b, split);
      return this.#value(value === undefined ? '' : transformValue(value, p.operand), quoted, b, split);
    }
    const change = yield* this.#change(sh, p);
    this.#value(yield* change(value ?? ''), quoted, b, split);
  }

  *#alternative(
    sh: Shell,
    p: ParameterExpansion,
    name: string,
    key: string | undefined,
    quoted: boolean,
    b: FieldBuilder,
    split: boolean,
  ): Sim<void> {
    const op = p.operator[p.operator.length - 1];
    if (op === '?') {
      const message = yield* this.string(sh, p.operand, quoted ? 'operand' : 'word');
      const dash = !sh.isBash;
      const fallback =
        p.operator[0] === ':'
          ? dash
            ? 'parameter not set or null'
            : 'parameter null or not set'
          : dash
            ? 'parameter not set'
            : 'parameter not set';
      throw new ShellError(`${name}: ${p.operand === '' ? fallback : message}`, { fatal: true, status: dash ? 2 : 1 });
    }
    if (op === '=') {
      const value = yield* this.string(sh, p.operand, quoted ? 'operand' : 'word');
      if (!/^[A-Za-z_]/.test(name)) throw new ShellError(`$${name}: cannot assign in this way`);
      if (key !== undefined) sh.vars.setElement(name, key, value);
      else sh.vars.set(name, value);
      return this.#value((key !== undefined ? sh.vars.element(name, key) : sh.vars.get(name)) ?? '', quoted, b, split);
    }
    if (quoted) {
      const parts = compileWord(p.operand, 'operand');
      if (parts.length === 0) b.add('', true);
      return yield* this.#into(sh, parts, b, split, 'none');
    }
    yield* this.#into(sh, compileWord(p.operand), b, split, 'start', true);
  }

  /** What `# % / ^ ,` do to one value. */
  *#change(sh: Shell, p: ParameterExpansion): Sim<(value: string) => Sim<string>> {
    const options = this.patternOptions(sh);
    const plain = { extglob: options.extglob };
    const op = p.operator;
    if (op[0] === '#' || op[0] === '%') {
      const pattern = yield* this.pattern(sh, p.operand);
      return plainly((value) => removeMatch(value, pattern, op, plain));
    }
    if (op[0] === '/') {
      const cut = slashOutside(p.operand);
      const pattern = yield* this.pattern(sh, cut < 0 ? p.operand : p.operand.slice(0, cut));
      const replacement = cut < 0 ? '' : fieldPatternFor(yield* this.#single(sh, compileWord(p.operand.slice(cut + 1)), 'start'), /[\\&]/g);
      const amp = sh.options.on('patsub_replacement');
      const make = (match: string): string =>
        replacement.replace(amp ? /\\([\\&])|&/g : /\\([\\&])/g, (_, escaped?: string) => escaped ?? match);
      return (value) => replaceMatch(value, pattern, op, make, options);
    }
    const pattern = p.operand === '' ? '' : yield* this.pattern(sh, p.operand);
    return plainly((value) => changeCase(value, op, (c) => pattern === '' || matchPattern(pattern, c, plain)));
  }

  *#substring(sh: Shell, p: ParameterExpansion, value: string): Sim<string> {
    const [offsetText, lengthText] = splitSlice(p.operand);
    const chars = [...value];
    let offset = Number(yield* this.arithmetic(sh, offsetText));
    if (offset < 0) offset += chars.length;
    if (offset < 0 || offset > chars.length) return '';
    if (lengthText === undefined) return chars.slice(offset).join('');
    const length = Number(yield* this.arithmetic(sh, lengthText));
    const end = length < 0 ? chars.length + length : offset + length;
    if (end < offset && length < 0) throw new ShellError(`${lengthText.trim()}: substring expression < 0`);
    return chars.slice(offset, end).join('');
  }

  *#listParameter(
    sh: Shell,
    p: ParameterExpansion,
    name: string,
    subscript: string | undefined,
    quoted: boolean,
    b: FieldBuilder,
    split: boolean,
  ): Sim<void> {
    const positional = name === '@' || name === '*';
    const star = positional ? name === '*' : subscript === '*';
    let values = positional ? sh.positional : sh.vars.values(name);
    const op = p.operator;
    if (p.length) return this.#value(String(values.length), quoted, b, split);
    if (/^:?[-=?+]$/.test(op)) {
      const missing = values.length === 0 || (op[0] === ':' && values.join(star ? starJoiner(sh) : ' ') === '');
      if (op.endsWith('+') ? missing : !missing) {
        if (!missing) this.#list(sh, values, star, quoted, b, split);
        else if (quoted && star) b.add('', true);
        return;
      }
      return yield* this.#alternative(sh, p, name, subscript, quoted, b, split);
    }
    if (op === ':') values = yield* this.#slice(sh, p, name, values, positional);
    else if (op === '@') {
      const v = positional ? undefined : sh.vars.find(name);
      if (p.operand === 'a') values = values.map(() => (v ? attributeLetters(v) : ''));
      else if (p.operand === 'A')
        values = v ? [assignmentOf(name, v)] : values.length ? [`set -- ${values.map((x) => transformValue(x, 'Q')).join(' ')}`] : [];
      else if ((p.operand === 'K' || p.operand === 'k') && v) {
        const keys = sh.vars.keys(name);
        if (p.operand === 'k') values = values.flatMap((x, i) => [keys[i], x]);
        else
          values = [
            v.array || v.assoc
              ? arrayLiteral(v)
                  .slice(1, -1)
                  .replace(/\[([^\]]*)\]=/g, '$1 ')
              : values[0],
          ];
      } else values = values.map((x) => transformValue(x, p.operand));
    } else if (op !== '') {
      const change = yield* this.#change(sh, p);
      const changed: string[] = [];
      for (const value of values) changed.push(yield* change(value));
      values = changed;
    }
    this.#list(sh, values, star, quoted, b, split);
  }

  *#slice(sh: Shell, p: ParameterExpansion, name: string, values: readonly string[], positional: boolean): Sim<string[]> {
    const [offsetText, lengthText] = splitSlice(p.operand);
    let offset = Number(yield* this.arithmetic(sh, offsetText));
    const length = lengthText === undefined ? Number.POSITIVE_INFINITY : Number(yield* this.arithmetic(sh, lengthText));
    if (length < 0) throw new ShellError(`${lengthText!.trim()}: substring expression < 0`);
    if (positional) {
      const all = [sh.argv0, ...values];
      if (offset < 0) offset += all.length;
      if (offset < 0) return [];
      return all.slice(offset, offset + length);
    }
    const keys = sh.vars.keys(name);
    const numeric = sh.vars.find(name)?.array !== undefined;
    if (offset < 0) offset += numeric ? Number(keys[keys.length - 1] ?? -1) + 1 : values.length;
    if (offset < 0) return [];
    const from = numeric ? keys.findIndex((k) => Number(k) >= offset) : offset;
    return from < 0 ? [] : values.slice(from, from + length);
  }

  /** Prompt escapes and then the expansions in it. */
  *prompt(sh: Shell, text: string): Sim<string> {
    const decoded = yield* expandPrompt(sh, text);
    return sh.options.on('promptvars') ? yield* this.string(sh, decoded, 'heredoc') : decoded;
  }
}

/** SECONDS and its kin are read without a system call; the clock that they show is set before. */
function* refreshClock(sh: Shell): Sim<void> {
  sh.clock = yield* now();
  sh.wallClock = yield* wallClock();
}

/** The same errors in the words of dash and of busybox. */
function posixArithmeticError(sh: Shell, text: string, message: string): string {
  const zero = message.includes('division by 0');
  if (sh.dialect === 'ash') return zero ? 'divide by zero' : 'arithmetic syntax error';
  return `arithmetic expression: ${zero ? 'division by zero' : message.includes('operand expected') ? 'expecting primary' : 'expecting EOF'}: "${text}"`;
}

export type TildeMode = 'none' | 'start' | 'assignment' | 'value';

/** A field as a pattern: quoted characters are escaped, others stay special. */
function fieldPattern(field: Field): string {
  return field.map((run) => (run.quoted ? escapePattern(run.text) : run.text)).join('');
}

function fieldPatternFor(field: Field, special: RegExp): string {
  return field.map((run) => (run.quoted ? run.text.replace(special, '\\$&') : run.text)).join('');
}

/** The first slash that is not quoted or inside an expansion: it separates pattern and replacement. */
function slashOutside(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === "'" || c === '"') {
      const close = text.indexOf(c, i + 1);
      if (close > 0) i = close;
    } else if (c === '{' || c === '(') depth++;
    else if (c === '}' || c === ')') depth--;
    else if (c === '/' && depth <= 0 && i > 0) return i;
    else if (c === '/' && i === 0 && depth === 0) return 0;
  }
  return -1;
}

/** `offset:length`, where a `?:` or a bracket may hold colons of its own. */
function splitSlice(text: string): [string, string | undefined] {
  let depth = 0;
  let questions = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '{' || c === '[') depth++;
    else if (c === ')' || c === '}' || c === ']') depth--;
    else if (c === '?' && depth === 0) questions++;
    else if (c === ':' && depth === 0) {
      if (questions > 0) questions--;
      else return [text.slice(0, i), text.slice(i + 1)];
    }
  }
  return [text, undefined];
}

/** dash knows neither powers, nor `x++`, nor commas, nor bases. */
function refuseBashArithmetic(text: string): void {
  const primary = /\*\*|\w\s*(\+\+|--)\s*([-+*/%<>=!&|^?:),]|$)/.test(text);
  if (!primary && !/,|\d#/.test(text)) return;
  throw new ShellError(`arithmetic expression: expecting ${primary ? 'primary' : 'EOF'}: "${text}"`, { fatal: true, status: 2 });
}

/** A change that takes no time as one that may. */
function plainly(change: (value: string) => string): (value: string) => Sim<string> {
  return function* (value) {
    return change(value);
  };
}
