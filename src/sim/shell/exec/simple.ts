import type { Assignment, Command, CommandArgument, Redirection, Word } from 'unbash';
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Expander } from '../expand/expand.ts';
import { plainSingleQuote } from '../expand/quote.ts';
import { ExitSignal, ReadonlyError, ShellError } from '../state/errors.ts';
import type { ArrayArgument, Builtin, Shell } from '../state/shell.ts';
import { callFunction } from './callFunction.ts';
import type { Executor } from './executor.ts';
import { execFailed, launch } from './external.ts';
import { report } from './message.ts';
import { foreground } from './pipeline.ts';
import { closeQuietly, redirect, restore, type SavedFds } from './redirect.ts';
import { endSubstitutions } from './substitution.ts';
import { tracedValue, tracedWords } from './xtrace.ts';

/** Commands that take `name=value` arguments without splitting them. */
const DECLARATIONS = new Set(['declare', 'typeset', 'local', 'export', 'readonly', 'alias']);

/** Simple commands: assignments, redirections, then a function, a builtin or a program. */
export class SimpleCommands {
  readonly #x: Expander;
  readonly #engine: Executor;

  constructor(expander: Expander, engine: Executor) {
    this.#x = expander;
    this.#engine = engine;
  }

  /**
   * `replace`: the process has nothing else to do, a program may take its place. `announced`: the DEBUG trap has been run
   * for this command.
   */
  *run(sh: Shell, node: Command, how: { readonly replace: boolean; readonly announced: boolean }): Sim<number> {
    sh.position = node.pos;
    sh.lastExpansionStatus = undefined;
    const mark = sh.substitutionFds.length;
    if (!how.announced) {
      sh.note(node);
      if (sh.traps.size > 0) yield* this.#engine.debug(sh);
    }
    try {
      return yield* this.#run(sh, node, how.replace);
    } catch (error) {
      if (error instanceof ShellError) {
        sh.position = node.pos;
        error.prefix ??= sh.prefix;
      }
      throw error;
    } finally {
      for (const warning of sh.warnings.splice(0)) yield* report(sh, warning);
      if (sh.substitutionFds.length > mark || sh.substitutions.length > 0) yield* endSubstitutions(sh, mark);
    }
  }

  *#run(sh: Shell, node: Command, replace: boolean): Sim<number> {
    const assignments: Assignment[] = [];
    for (const item of node.prefix) if (item.type === 'Assignment') assignments.push(item);
    sh.arrayArguments = new Map();
    const words = node.name ? yield* this.#arguments(sh, node) : [];
    const redirects = node.redirects;
    if (words.length === 0) return yield* this.#assignOnly(sh, assignments, redirects);
    const arrays = sh.arrayArguments;
    if (sh.options.has('xtrace')) yield* this.#traceCommand(sh, assignments, words);
    const text = sh.source?.text.slice(node.pos, node.end).trim() ?? '';
    return yield* this.#dispatch(sh, words, { assignments, redirects, arrays, replace, text });
  }

  *#traceCommand(sh: Shell, assignments: readonly Assignment[], words: readonly string[]): Sim<void> {
    const assigned: string[] = [];
    for (const a of assignments)
      if (a.value.type === 'Word') assigned.push(`${a.name}=${tracedValue(sh, yield* this.#x.string(sh, a.value.text, 'word', true))}`);
    if (!sh.isBash) return yield* this.#engine.trace(sh, [...assigned, ...tracedWords(sh, words)].join(' '));
    for (const text of assigned) yield* this.#engine.trace(sh, text);
    for (const [at, argument] of sh.arrayArguments) {
      const assoc = words.some((word) => /^-[A-Za-z]*A/.test(word));
      const elements = yield* this.arrayElements(sh, argument, assoc);
      const quoted = elements.map((e) => subscripted(e, plainSingleQuote));
      yield* this.#engine.trace(sh, `${argument.name}${argument.append ? '+=' : '='}(${quoted.join(' ')})`);
      // What the builtin gets is expanded already: no substitution runs twice.
      sh.arrayArguments.set(at, {
        ...argument,
        elements: elements.map((e) => ({ source: subscripted(e, assoc ? plainSingleQuote : bare) })),
      });
    }
    yield* this.#engine.trace(sh, tracedWords(sh, words).join(' '));
    if (words[0] === 'export' || words[0] === 'readonly') {
      for (const word of words.slice(1)) {
        const cut = word.indexOf('=');
        if (cut > 0) yield* this.#engine.trace(sh, `${word.slice(0, cut + 1)}${tracedValue(sh, word.slice(cut + 1))}`);
      }
    }
  }

  *#arguments(sh: Shell, node: Command): Sim<string[]> {
    const out: string[] = [];
    yield* this.#x.word(sh, node.name!.text, out);
    let declaration = out.length > 0 && DECLARATIONS.has(out[0]) && node.name!.text === out[0];
    for (const item of node.suffix) {
      if (item.type !== 'Word' && item.type !== 'Assignment') continue;
      if (
        !declaration &&
        out.length > 0 &&
        (out[0] === 'command' || out[0] === 'builtin') &&
        out.length === 1 &&
        item.type === 'Word' &&
        DECLARATIONS.has(item.text)
      ) {
        out.push(item.text);
        declaration = true;
        continue;
      }
      yield* this.#argument(sh, item, declaration, out);
    }
    return out;
  }

  *#argument(sh: Shell, item: CommandArgument, declaration: boolean, out: string[]): Sim<void> {
    if (item.type === 'Word') {
      const plain = declaration ? /^([A-Za-z_]\w*(?:\[[^\]]*\])?\+?=)([\s\S]*)$/.exec(item.text) : null;
      if (plain) out.push(plain[1] + (yield* this.#x.string(sh, plain[2], 'word', true)));
      else yield* this.#x.word(sh, item.text, out);
      return;
    }
    if (!declaration) {
      if (item.value.type === 'ArrayValue') throw new ShellError(`syntax error near unexpected token \`('`, { status: 2 });
      yield* this.#x.word(sh, item.text, out);
      return;
    }
    if (item.value.type === 'ArrayValue') {
      sh.arrayArguments.set(out.length - 1, {
        name: item.name,
        append: item.append ?? false,
        elements: item.value.elements.map((e) => ({ source: e.text })),
      });
      out.push(item.name);
      return;
    }
    const subscript = item.index ? `[${yield* this.#x.subscript(sh, item.name, item.index.text)}]` : '';
    out.push(`${item.name}${subscript}${item.append ? '+=' : '='}${yield* this.#x.string(sh, item.value.text, 'word', true)}`);
  }

  /** Elements of `(...)`: words are split and globbed, `[key]=value` is not. */
  *arrayElements(sh: Shell, argument: ArrayArgument, declaredAssoc = false): Sim<ArrayElement[]> {
    const out: ArrayElement[] = [];
    const assoc = declaredAssoc || sh.vars.find(argument.name)?.assoc !== undefined;
    for (const { source } of argument.elements) {
      const keyed = /^\[/.test(source) ? splitKeyed(source) : null;
      if (keyed) {
        const key = assoc ? yield* this.#x.string(sh, keyed.key) : yield* this.#x.arithmeticText(sh, keyed.key);
        out.push({ key, value: yield* this.#x.string(sh, keyed.value, 'word', true), append: keyed.append });
      } else {
        const words: string[] = [];
        yield* this.#x.word(sh, source, words);
        for (const value of words) out.push({ value });
      }
    }
    return out;
  }

  *assign(sh: Shell, a: Assignment, traced = true): Sim<void> {
    if (a.value.type === 'ArrayValue') {
      if (traced && sh.options.has('xtrace')) yield* this.#engine.trace(sh, a.text);
      const elements = yield* this.arrayElements(sh, {
        name: a.name,
        append: a.append ?? false,
        elements: a.value.elements.map((e: Word) => ({ source: e.text })),
      });
      sh.vars.setArray(a.name, elements, a.append ?? false);
      return;
    }
    const value = yield* this.#x.string(sh, a.value.text, 'word', true);
    if (traced && sh.options.has('xtrace'))
      yield* this.#engine.trace(sh, `${a.name}${a.index ? `[${a.index.text}]` : ''}${a.append ? '+=' : '='}${tracedValue(sh, value)}`);
    if (a.index) {
      const subscript = yield* this.#x.subscript(sh, a.name, a.index.text);
      if (subscript === '') throw new ShellError(`${a.name}[${a.index.text}]: bad array subscript`);
      sh.vars.setElement(a.name, subscript, value, a.append ?? false);
    } else sh.vars.set(a.name, value, a.append ?? false);
    if (sh.options.has('allexport')) {
      const v = sh.vars.find(a.name);
      if (v) v.exported = true;
    }
  }

  *#assignOnly(sh: Shell, assignments: readonly Assignment[], redirects: readonly Redirection[]): Sim<number> {
    for (const a of assignments) yield* this.assign(sh, a);
    const status = sh.lastExpansionStatus ?? 0;
    if (redirects.length > 0) {
      const saved: SavedFds = new Map();
      try {
        yield* redirect(sh, this.#x, redirects, saved);
      } catch (error) {
        if (!(error instanceof ShellError) || error.fatal) throw error;
        yield* report(sh, error.message);
        return (sh.status = error.status);
      } finally {
        yield* restore(saved);
      }
    }
    sh.pipeStatus = [status];
    if (assignments.length > 0) sh.lastArgument = '';
    return (sh.status = status);
  }

  *#dispatch(
    sh: Shell,
    words: readonly string[],
    o: {
      readonly assignments: readonly Assignment[];
      readonly redirects: readonly Redirection[];
      readonly arrays: Map<number, ArrayArgument>;
      readonly replace: boolean;
      readonly text: string;
    },
  ): Sim<number> {
    const name = words[0];
    const f = sh.functions.get(name);
    const builtin = f ? undefined : this.#builtin(sh, name);
    const last = words[words.length - 1];
    const saved: SavedFds = new Map();
    const inPlace = f !== undefined || builtin !== undefined;
    if (o.redirects.length > 0) {
      try {
        yield* redirect(sh, this.#x, o.redirects, inPlace || !o.replace ? saved : null);
      } catch (error) {
        yield* restore(saved);
        if (!(error instanceof ShellError) || error.fatal) throw error;
        yield* report(sh, error.message);
        if (builtin?.special && !sh.isBash && !sh.interactive) throw new ExitSignal(error.status);
        sh.pipeStatus = [error.status];
        return (sh.status = error.status);
      }
    }
    try {
      if (f) {
        sh.status = yield* this.#withAssignments(sh, o.assignments, false, () => callFunction(this.#engine, sh, f, words.slice(1)));
      } else if (builtin) {
        sh.arrayArguments = o.arrays;
        const keep = builtin.special === true && (sh.options.has('posix') || !sh.isBash);
        sh.status = yield* this.#withAssignments(sh, o.assignments, keep, () => this.#runBuiltin(sh, builtin, words));
        if (name === 'exec' && sh.keepRedirections) {
          sh.keepRedirections = false;
          for (const copy of saved.values()) if (copy !== null) yield* closeQuietly(copy);
          saved.clear();
        }
      } else {
        sh.status = yield* this.#withEnvironment(sh, o.assignments, (env) => this.#external(sh, words, env, o.replace, o.text));
      }
    } finally {
      yield* restore(saved);
    }
    sh.lastArgument = last;
    if (!f) sh.pipeStatus = [sh.status];
    return sh.status;
  }

  #builtin(sh: Shell, name: string): Builtin | undefined {
    return sh.builtin(name);
  }

  *#runBuiltin(sh: Shell, builtin: Builtin, words: readonly string[]): Sim<number> {
    try {
      return yield* builtin.run(sh, words.slice(1), words[0]);
    } catch (error) {
      if (error instanceof ReadonlyError) {
        if (!sh.isBash && builtin.special) throw new ShellError(`${words[0]}: ${error.message}`, { fatal: true, status: 2 });
        yield* report(sh, sh.isBash ? error.message : `${words[0]}: ${error.message}`);
        return sh.isBash ? 1 : 2;
      }
      if (!(error instanceof Errno)) throw error;
      yield* report(sh, `${words[0]}: ${error.message}`);
      return 1;
    }
  }

  /** Assignments before a function or builtin last while it runs. */
  *#withAssignments(sh: Shell, assignments: readonly Assignment[], keep: boolean, body: () => Sim<number>): Sim<number> {
    if (assignments.length === 0) return yield* body();
    if (keep) {
      for (const a of assignments) yield* this.assign(sh, a, false);
      return yield* body();
    }
    sh.vars.pushScope();
    try {
      for (const a of assignments) {
        if (yield* this.#refused(sh, a)) continue;
        const old = sh.vars.get(a.name);
        const fresh = sh.vars.makeLocal(a.name);
        fresh.exported = true;
        if (a.append) fresh.value = old;
        yield* this.assign(sh, a, false);
      }
      return yield* body();
    } finally {
      sh.vars.popScope();
    }
  }

  *#withEnvironment(sh: Shell, assignments: readonly Assignment[], body: (env: Map<string, string>) => Sim<number>): Sim<number> {
    const env = sh.vars.environment();
    for (const [name, f] of sh.functions)
      if (f.exported) env.set(`BASH_FUNC_${name}%%`, `() ${f.source.text.slice(f.body.pos, f.body.end)}`);
    for (const a of assignments) {
      if (a.value.type !== 'Word') continue;
      if (yield* this.#refused(sh, a)) continue;
      const v = sh.vars.find(a.name);
      const value = yield* this.#x.string(sh, a.value.text, 'word', true);
      env.set(a.name, a.append ? (v?.value ?? '') + value : value);
    }
    return yield* body(env);
  }

  /** True if the variable is readonly. bash says so and runs the command all the same, without the assignment. */
  *#refused(sh: Shell, a: Assignment): Sim<boolean> {
    if (!sh.vars.find(a.name)?.readonly) return false;
    const error = sh.vars.readonlyError(a.name);
    if (error.fatal) throw error;
    yield* report(sh, error.message);
    return true;
  }

  *#external(
    sh: Shell,
    words: readonly string[],
    env: ReadonlyMap<string, string>,
    replace: boolean,
    text: string,
    options: { readonly defaultPath?: boolean; readonly argv0?: string } = {},
  ): Sim<number> {
    const handler = words[0].includes('/') ? undefined : sh.functions.get('command_not_found_handle');
    const monitor = sh.options.has('monitor') && !replace;
    const started = yield* launch(sh, {
      argv: words,
      env,
      replace,
      ...options,
      ...(monitor ? { pgid: 0, foregroundTty: sh.terminalFd } : {}),
    });
    if ('status' in started) {
      if (started.status === 127 && handler) return yield* callFunction(this.#engine, sh, handler, words);
      return started.status;
    }
    const [status] = yield* foreground(sh, [started.pid], monitor ? started.pid : 0, text);
    return status;
  }

  /** For `command`, `builtin`, `exec` and others that run words as a command. */
  *runWords(
    sh: Shell,
    words: readonly string[],
    o: {
      readonly functions?: boolean;
      readonly builtins?: boolean;
      readonly defaultPath?: boolean;
      readonly exec?: boolean;
      readonly env?: ReadonlyMap<string, string>;
      readonly argv0?: string;
    },
  ): Sim<number> {
    const f = o.functions === false ? undefined : sh.functions.get(words[0]);
    if (f) return yield* callFunction(this.#engine, sh, f, words.slice(1));
    const builtin = o.builtins === false ? undefined : this.#builtin(sh, words[0]);
    if (builtin) {
      sh.arrayArguments = new Map([...sh.arrayArguments].map(([i, a]) => [i - 1, a]));
      return yield* this.#runBuiltin(sh, builtin, words);
    }
    const status = yield* this.#external(sh, words, o.env ?? sh.vars.environment(), o.exec ?? false, words.join(' '), {
      defaultPath: o.defaultPath,
      argv0: o.argv0,
    });
    return o.exec ? execFailed(sh, status) : status;
  }
}

interface ArrayElement {
  key?: string;
  value: string;
  append?: boolean;
}

/** An expanded element as source again. */
function subscripted({ key, value, append }: ArrayElement, quoteKey: (key: string) => string): string {
  return `${key === undefined ? '' : `[${quoteKey(key)}]${append ? '+=' : '='}`}${plainSingleQuote(value)}`;
}

function bare(key: string): string {
  return key;
}

/** `[key]=value` or `[key]+=value`. */
function splitKeyed(source: string): { key: string; value: string; append: boolean } | null {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === "'" || source[i] === '"') {
      const close = source.indexOf(source[i], i + 1);
      if (close > 0) i = close;
    } else if (source[i] === '[') depth++;
    else if (source[i] === ']' && --depth === 0) {
      const rest = source.slice(i + 1);
      if (rest.startsWith('+=')) return { key: source.slice(1, i), value: rest.slice(2), append: true };
      return rest.startsWith('=') ? { key: source.slice(1, i), value: rest.slice(1), append: false } : null;
    }
  }
  return null;
}
