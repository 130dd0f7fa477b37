/**
 * Runs a compiled program as jq's own machine does: results come one at a time, and asking for the next one goes back to the
 * last choice left open. Code is in continuation style and bounces off {@link Machine.results}' loop, so neither depth of recursion
 * nor number of results costs stack; a system call (the next input, `now`) is an {@link Effect} which only that loop performs.
 */
import { JQ_STACK_MAX } from '../../../kernel/limits.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import { JqError, type Json } from './values.ts';

/** Where a value was found, while a path expression is evaluated; `value` is what the next step must start from. */
export interface Path {
  readonly keys: readonly Json[];
  readonly value: Json;
}

/** What to do next: a bounce, a system call, or nothing more. */
export type Next = Bounce | Effect | undefined;
export type Bounce = () => Next;
export interface Effect {
  readonly call: () => Sim<Json | undefined>;
  readonly resume: (answer: Json | undefined) => Next;
}

export type Then = ((value: Json, path: Path | undefined) => Next) & { readonly returns?: true };
/** A compiled expression. */
export type Code = (env: Env | undefined, value: Json, path: Path | undefined, then: Then) => Next;

/** A filter given as an argument, or a definition, with the names it sees. */
export interface Closure {
  readonly code: Code;
  readonly env: Env | undefined;
}

/** Values and filters by name, innermost first. A definition is put in after its cell, since it sees itself. */
export interface Env {
  cell: Json | Closure;
  readonly up: Env | undefined;
}

type Choice =
  | { readonly kind: 'fork'; readonly again: Bounce; readonly depth: number }
  | { readonly kind: 'try'; readonly handler: (error: Json) => Next; readonly depth: number }
  /** A value left the body of a `try`: what goes wrong from there on is not its to catch. */
  | { readonly kind: 'left'; readonly of: Choice };

const STEPS_PER_PAUSE = 4096;

/** A program took more memory than there is. */
export class JqExhausted extends Error {}

export class Machine {
  readonly #choices: Choice[] = [];
  #output: Json | undefined;
  #steps = 0;
  #labels = 0;
  /** Calls that have not given their result yet. */
  #depth = 0;

  /** Runs `code` on a value. Gives each result; an error that nothing caught is thrown. Ask by calling it again. */
  *run(code: Code, value: Json, env: Env | undefined, each: (result: Json) => Sim<void>): Sim<void> {
    this.#choices.length = 0;
    this.#depth = 0;
    const take: Then = (result) => {
      this.#output = result;
      return undefined;
    };
    let next: Next = () => code(env, value, undefined, take);
    for (;;) {
      next = yield* this.#until(next);
      if (this.#output === undefined) return;
      const output = this.#output;
      this.#output = undefined;
      yield* each(output);
      next = this.backtrack();
    }
  }

  *#until(start: Next): Sim<undefined> {
    let next = start;
    while (next !== undefined) {
      if (++this.#steps % STEPS_PER_PAUSE === 0) yield* pause();
      try {
        next = typeof next === 'function' ? next() : next.resume(yield* next.call());
      } catch (error) {
        if (error instanceof JqError) next = this.raise(error.value);
        else if (error instanceof RangeError) next = this.raise('Value nested too deep');
        else throw error;
      }
    }
    return undefined;
  }

  /** Leaves a choice to come back to. */
  fork(again: Bounce): void {
    this.#open({ kind: 'fork', again, depth: this.#depth });
  }

  /** Goes back to the last choice. */
  backtrack(): Next {
    for (let choice = this.#choices.pop(); choice !== undefined; choice = this.#choices.pop())
      if (choice.kind === 'fork') {
        this.#depth = choice.depth;
        return choice.again;
      }
    return undefined;
  }

  #open(choice: Choice): void {
    if (this.#choices.push(choice) > JQ_STACK_MAX) throw new JqExhausted();
  }

  /** Where a call goes on with its results. A call whose result is its caller's takes no place: it may recurse for ever. */
  calling(then: Then): Then {
    if (then.returns) return then;
    if (++this.#depth > JQ_STACK_MAX) throw new JqExhausted();
    const back: Then = Object.assign(
      (value: Json, path: Path | undefined) => {
        this.#depth--;
        return then(value, path);
      },
      { returns: true } as const,
    );
    return back;
  }

  /** Runs `body`; errors inside it (not in what is done with its results) go to `handler`. */
  attempt(handler: (error: Json) => Next, then: Then, body: (then: Then) => Next): Next {
    const choice: Choice = { kind: 'try', handler, depth: this.#depth };
    this.#open(choice);
    return body((value, path) => {
      this.#open({ kind: 'left', of: choice });
      return then(value, path);
    });
  }

  /** Errors from here on, whatever comes of the results, go to `handler` (destructuring alternatives). */
  guard(handler: (error: Json) => Next): void {
    this.#open({ kind: 'try', handler, depth: this.#depth });
  }

  /** Raises an error: back to the innermost `try` that may catch it. */
  raise(error: Json): Next {
    const left = new Set<Choice>();
    for (let choice = this.#choices.pop(); choice !== undefined; choice = this.#choices.pop()) {
      if (choice.kind === 'left') left.add(choice.of);
      else if (choice.kind === 'try' && !left.has(choice)) {
        const { handler } = choice;
        this.#depth = choice.depth;
        return () => handler(error);
      }
    }
    throw new JqUncaught(error);
  }

  /** How many choices are open; {@link forget} goes back to that. */
  get mark(): number {
    return this.#choices.length;
  }

  forget(mark: number): void {
    this.#choices.length = mark;
  }

  /** A new label's identity: the value that `break` raises. */
  label(): Json {
    return new Map([['__jq', this.#labels++]]);
  }
}

/** An error that left the program. */
export class JqUncaught extends Error {
  readonly value: Json;

  constructor(value: Json) {
    super('uncaught jq error');
    this.value = value;
  }
}
