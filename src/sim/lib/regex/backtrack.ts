import { charAfter, charBefore, holds, widthOf } from './assertions.ts';
import { RegexLimitError } from './error.ts';
import { BACKTRACK_STEPS_MAX } from './limits.ts';
import type { SearchOptions } from './pike.ts';
import { Op, type Program } from './program.ts';

/** Tries one way after the other, for what needs that: back-references and look-around. Throws {@link RegexLimitError}. */
export class BacktrackMatcher {
  readonly #p: Program;
  readonly #ignoreCase: boolean;
  readonly #slots: Int32Array;
  /** Pairs: an instruction and a position to try next, or (negative) a slot and its value before. */
  readonly #undo: number[] = [];
  #steps = 0;
  #text = '';
  #unicode = false;
  #longest = false;
  #best: Int32Array | null = null;

  constructor(program: Program, ignoreCase: boolean) {
    this.#p = program;
    this.#ignoreCase = ignoreCase;
    this.#slots = new Int32Array(program.slots);
  }

  /** The slots of the match (two per group, -1 if it took no part), or null. */
  search(text: string, from: number, o: SearchOptions): Int32Array | null {
    this.#steps = 0;
    this.#text = text;
    this.#unicode = o.unicode;
    this.#longest = o.longest;
    this.#best = null;
    for (let at = from; at <= text.length; at += Math.max(1, widthOf(charAfter(text, at, o.unicode)))) {
      this.#slots.fill(-1);
      this.#undo.length = 0;
      const found = this.#run(0, at, 0);
      if (this.#best !== null) return this.#best;
      if (found) return this.#slots.slice(0, this.#p.groupSlots);
      if (o.anchored) break;
    }
    return null;
  }

  /** Runs up to a `match`; what is on the stack below `base` is another's. */
  #run(start: number, from: number, base: number): boolean {
    const { op, a, b, sets, looks } = this.#p;
    const slots = this.#slots;
    const text = this.#text;
    const unicode = this.#unicode;
    let pc = start;
    let at = from;
    for (;;) {
      if (++this.#steps > BACKTRACK_STEPS_MAX) throw new RegexLimitError();
      let ok = true;
      switch (op[pc]) {
        case Op.char:
        case Op.set: {
          const code = charAfter(text, at, unicode);
          ok = code >= 0 && (op[pc] === Op.char ? code === a[pc] : sets[a[pc]].has(code));
          at += widthOf(code);
          pc++;
          break;
        }
        case Op.charBefore:
        case Op.setBefore: {
          const code = charBefore(text, at, unicode);
          ok = code >= 0 && (op[pc] === Op.charBefore ? code === a[pc] : sets[a[pc]].has(code));
          at -= widthOf(code);
          pc++;
          break;
        }
        case Op.split:
          this.#undo.push(b[pc], at);
          pc = a[pc];
          break;
        case Op.jump:
          pc = a[pc];
          break;
        case Op.save:
          this.#save(a[pc], at);
          pc++;
          break;
        case Op.forget:
          for (let slot = a[pc]; slot < b[pc]; slot++) if (slots[slot] !== -1) this.#save(slot, -1);
          pc++;
          break;
        case Op.moved:
          ok = slots[a[pc]] !== at;
          pc++;
          break;
        case Op.assertion:
          ok = holds(a[pc], text, at);
          pc++;
          break;
        case Op.ahead:
        case Op.behind: {
          const code = op[pc] === Op.ahead ? charAfter(text, at, unicode) : charBefore(text, at, unicode);
          ok = (code >= 0 && sets[a[pc]].has(code)) !== (b[pc] === 1);
          pc++;
          break;
        }
        case Op.look: {
          const mark = this.#undo.length;
          const found = this.#run(pc + 1, at, mark);
          if (looks[a[pc]].negated) {
            this.#unwind(mark);
            ok = !found;
          } else {
            this.#dropChoices(mark);
            ok = found;
          }
          pc = b[pc];
          break;
        }
        case Op.backReference:
        case Op.backReferenceBefore: {
          const [from, to] = [slots[2 * a[pc]], slots[2 * a[pc] + 1]];
          if (from >= 0 && to >= 0) {
            const back = op[pc] === Op.backReferenceBefore;
            const length = to - from;
            const here = back ? at - length : at;
            this.#steps += length >> 3;
            ok = here >= 0 && this.#same(text.slice(from, to), text.slice(here, here + length));
            at = back ? here : here + length;
          }
          pc++;
          break;
        }
        case Op.match:
          if (base > 0 || start > 0 || !this.#longest) return true;
          if (this.#best === null || at > this.#best[1]) this.#best = slots.slice(0, this.#p.groupSlots);
          ok = false;
      }
      if (ok) continue;
      for (;;) {
        if (this.#undo.length <= base) return false;
        at = this.#undo.pop()!;
        pc = this.#undo.pop()!;
        if (pc >= 0) break;
        slots[-pc - 1] = at;
      }
    }
  }

  #save(slot: number, value: number): void {
    this.#undo.push(-slot - 1, this.#slots[slot]);
    this.#slots[slot] = value;
  }

  /** Takes back all since `mark`. */
  #unwind(mark: number): void {
    while (this.#undo.length > mark) {
      const value = this.#undo.pop()!;
      const pc = this.#undo.pop()!;
      if (pc < 0) this.#slots[-pc - 1] = value;
    }
  }

  /** What a look-around found is final: only the slots are still to be restored. */
  #dropChoices(mark: number): void {
    let to = mark;
    for (let i = mark; i < this.#undo.length; i += 2) {
      if (this.#undo[i] >= 0) continue;
      this.#undo[to++] = this.#undo[i];
      this.#undo[to++] = this.#undo[i + 1];
    }
    this.#undo.length = to;
  }

  #same(a: string, b: string): boolean {
    return a === b || (this.#ignoreCase && a.length === b.length && a.toUpperCase() === b.toUpperCase());
  }
}
