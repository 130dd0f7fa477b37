/** Which commands apply to a line: addresses, and ranges that remember whether they have begun. */
import type { Sim } from '../../../kernel/sim.ts';
import type { Regex } from '../../../lib/regex/regex.ts';
import type { SedInput } from './input.ts';
import { type SedAddress, type SedCommand, SedError } from './script.ts';

interface RangeState {
  active: boolean;
  /** The line that ends it, if a number says so. */
  until: number;
}

/** The state of all ranges of a script. */
export class Selection {
  readonly #input: SedInput;
  readonly #ranges = new Map<SedCommand, RangeState>();
  #lastRegex: Regex | null = null;

  constructor(input: SedInput) {
    this.#input = input;
  }

  /** Whether the addresses of a command choose the current line, whose text is `pattern`. */
  *selected(c: SedCommand, pattern: string): Sim<boolean> {
    if (c.from === undefined) return true;
    if (c.to === undefined) return yield* this.#matches(c.from, pattern);
    let state = this.#ranges.get(c);
    if (state === undefined) {
      state = { active: c.from.kind === 'zero', until: 0 };
      this.#ranges.set(c, state);
    }
    if (!state.active) {
      if (!(yield* this.#matches(c.from, pattern))) return false;
      const to = c.to;
      if (to.kind === 'line') {
        state.until = to.line;
        state.active = to.line > this.#input.line;
      } else if (to.kind === 'plus') {
        state.until = this.#input.line + to.count;
        state.active = to.count > 0;
      } else if (to.kind === 'multiple') {
        state.until = to.of <= 0 ? this.#input.line : Math.ceil(this.#input.line / to.of) * to.of;
        state.active = state.until > this.#input.line;
      } else if (to.kind === 'last') state.active = !(yield* this.#input.isLast());
      else state.active = true;
      return true;
    }
    const to = c.to;
    if (to.kind === 'regex') {
      if (this.regex(to.regex).test(pattern)) state.active = false;
    } else if (to.kind === 'last') {
      if (yield* this.#input.isLast()) state.active = false;
    } else {
      if (to.kind === 'line' && this.#input.line > state.until) {
        state.active = false;
        return yield* this.#matches(c.from, pattern);
      }
      if (this.#input.line >= state.until) state.active = false;
    }
    return true;
  }

  *#matches(a: SedAddress, pattern: string): Sim<boolean> {
    switch (a.kind) {
      case 'line':
        return this.#input.line === a.line;
      case 'last':
        return yield* this.#input.isLast();
      case 'step':
        return a.step <= 0 ? this.#input.line === a.first : this.#input.line >= a.first && (this.#input.line - a.first) % a.step === 0;
      case 'regex':
        return this.regex(a.regex).test(pattern);
      default:
        return false;
    }
  }

  /** Whether the range of a command goes on behind the current line. */
  goesOn(c: SedCommand): boolean {
    return this.#ranges.get(c)?.active ?? false;
  }

  /** The regular expression to be used; null means the last that was used. */
  regex(regex: Regex | null): Regex {
    const used = regex ?? this.#lastRegex;
    if (used === null) throw new SedError('no previous regular expression');
    this.#lastRegex = used;
    return used;
  }
}
