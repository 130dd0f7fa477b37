/** make's variables and the expansion of text that refers to them. */
import type { Sim } from '../../../kernel/sim.ts';
import { callFunction, type FunctionHost, isFunction } from './functions.ts';
import { MakeError, type Place, replaced, type Variable, wordsOf } from './syntax.ts';

const DEPTH_MAX = 200;

/** Which origin may replace which: a later one in this list is not replaced by an earlier one. */
const RANK: readonly Variable['origin'][] = ['default', 'environment', 'file', 'command line', 'override', 'automatic'];

export class Variables {
  readonly #global = new Map<string, Variable>();
  /** Those of the target that is made, the innermost last. */
  readonly #scopes: Map<string, Variable>[] = [];
  readonly exported = new Set<string>();
  readonly unexported = new Set<string>();
  exportAll = false;
  /** Where the text that is expanded stands, for messages. */
  place: Place | undefined;
  readonly #host: Omit<FunctionHost, 'expand' | 'variables'>;
  #depth = 0;

  constructor(host: Omit<FunctionHost, 'expand' | 'variables'>) {
    this.#host = host;
  }

  get(name: string): Variable | undefined {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const found = this.#scopes[i].get(name);
      if (found) return found;
    }
    return this.#global.get(name);
  }

  entries(): IterableIterator<[string, Variable]> {
    return this.#global.entries();
  }

  set(name: string, variable: Variable, local = false): void {
    const old = this.#global.get(name);
    if (old && RANK.indexOf(old.origin) > RANK.indexOf(variable.origin) && (old.origin === 'command line' || old.origin === 'override'))
      return;
    if (local) this.#scopes.at(-1)?.set(name, variable);
    else this.#global.set(name, variable);
  }

  unset(name: string): void {
    this.#global.delete(name);
  }

  /** Runs `body` with variables that only it sees. */
  *within<T>(variables: Iterable<readonly [string, string]>, body: () => Sim<T>): Sim<T> {
    this.#scopes.push(new Map([...variables].map(([name, value]) => [name, { value, recursive: false, origin: 'automatic' }])));
    try {
      return yield* body();
    } finally {
      this.#scopes.pop();
    }
  }

  /** NAME OPERATOR VALUE, as a makefile has it. */
  *assign(name: string, operator: string, value: string, origin: Variable['origin'], local = false): Sim<void> {
    const old = this.get(name);
    switch (operator) {
      case '?=':
        if (!old) this.set(name, { value, recursive: true, origin }, local);
        return;
      case '+=': {
        const recursive = old?.recursive ?? true;
        const more = recursive ? value : yield* this.expand(value);
        this.set(
          name,
          { value: old && old.value !== '' ? `${old.value} ${more}` : more, recursive, origin: local ? origin : (old?.origin ?? origin) },
          local,
        );
        return;
      }
      case '!=':
        this.set(name, { value: yield* this.#host.shell(yield* this.expand(value)), recursive: false, origin }, local);
        return;
      case '=':
        this.set(name, { value, recursive: true, origin }, local);
        return;
    }
    this.set(name, { value: yield* this.expand(value), recursive: false, origin }, local);
  }

  *value(name: string): Sim<string> {
    const variable = this.get(name);
    if (!variable) return '';
    if (!variable.recursive) return variable.value;
    if (this.#depth > DEPTH_MAX) throw new MakeError(`Recursive variable '${name}' references itself (eventually).`, this.place);
    this.#depth++;
    try {
      return yield* this.expand(variable.value);
    } finally {
      this.#depth--;
    }
  }

  /** Replaces $(NAME), ${NAME}, $X and function calls. */
  *expand(text: string): Sim<string> {
    if (!text.includes('$')) return text;
    let out = '';
    for (let i = 0; i < text.length; i++) {
      if (text[i] !== '$') {
        out += text[i];
        continue;
      }
      const next = text[++i];
      if (next === undefined) break;
      if (next === '$') out += '$';
      else if (next === '(' || next === '{') {
        const end = closing(text, i);
        if (end < 0) throw this.#unterminated(text.slice(i + 1));
        out += yield* this.#reference(text.slice(i + 1, end));
        i = end;
      } else out += yield* this.value(next);
    }
    return out;
  }

  #unterminated(text: string): MakeError {
    const name = /^([a-z-]+)\s/.exec(text)?.[1];
    return new MakeError(
      name !== undefined && isFunction(name) ? `unterminated call to function '${name}': missing ')'` : 'unterminated variable reference',
      this.place,
    );
  }

  *#reference(inner: string): Sim<string> {
    const call = /^([a-z-]+)(?:\s+([\s\S]*)|$)/.exec(inner);
    if (call && isFunction(call[1]) && (call[2] !== undefined || /\s/.test(inner)))
      return yield* callFunction(call[1], call[2] ?? '', {
        ...this.#host,
        variables: this,
        expand: (text) => this.expand(text),
      });
    const substitution = /^([^:]+):([^=]*)=([\s\S]*)$/.exec(inner);
    if (substitution) {
      const value = yield* this.value(yield* this.expand(substitution[1]));
      const [from, to] = [yield* this.expand(substitution[2]), yield* this.expand(substitution[3])];
      const pattern = from.includes('%') ? from : `%${from}`;
      return wordsOf(value)
        .map((word) => replaced(pattern, from.includes('%') ? to : `%${to}`, word))
        .join(' ');
    }
    const name = yield* this.expand(inner);
    // $(@D), $(<F) and their like: folders or names of an automatic variable.
    const part = /^([@%<?^+*])([DF])$/.exec(name);
    if (!part) return yield* this.value(name);
    const words = wordsOf(yield* this.value(part[1]));
    return words
      .map((word) =>
        part[2] === 'D' ? (word.includes('/') ? word.slice(0, word.lastIndexOf('/')) || '/' : '.') : word.slice(word.lastIndexOf('/') + 1),
      )
      .join(' ');
  }
}

/** The bracket that closes the one at `at`, or -1. */
function closing(text: string, at: number): number {
  const open = text[at];
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i;
  }
  return -1;
}
