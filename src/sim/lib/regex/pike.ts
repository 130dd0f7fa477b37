import { charAfter, charBefore, holds, widthOf } from './assertions.ts';
import type { CharSet } from './charSet.ts';
import { Op, type Program } from './program.ts';

export interface SearchOptions {
  /** The match must begin at `from`. */
  readonly anchored: boolean;
  /** The longest match at the leftmost place, not the first in the order of the pattern. */
  readonly longest: boolean;
  readonly unicode: boolean;
  /** If known, the sets of which one holds the first character of every match. */
  readonly first: readonly CharSet[] | undefined;
}

/** The threads at one position, in order of preference. An instruction is reached once at most: a second way to it has the same future. */
class Threads {
  /** Instructions that wait for a character (or say that all has matched), with their slots. */
  readonly waiting: Int32Array;
  readonly slots: Int32Array;
  count = 0;
  readonly #reached: Int32Array;
  readonly #index: Int32Array;
  #reachedCount = 0;

  constructor(size: number, slots: number) {
    this.waiting = new Int32Array(size);
    this.slots = new Int32Array(size * slots);
    this.#reached = new Int32Array(size);
    this.#index = new Int32Array(size);
  }

  clear(): void {
    this.count = 0;
    this.#reachedCount = 0;
  }

  /** False if the instruction had been reached before. */
  reach(pc: number): boolean {
    const i = this.#index[pc];
    if (i < this.#reachedCount && this.#reached[i] === pc) return false;
    this.#index[pc] = this.#reachedCount;
    this.#reached[this.#reachedCount++] = pc;
    return true;
  }
}

/**
 * Pike's virtual machine: all ways through a pattern at once, one character after the other. A search takes at most
 * (length of the text) x (length of the program) steps, whatever the pattern.
 */
export class PikeMatcher {
  readonly #p: Program;
  readonly #width: number;
  #now: Threads;
  #next: Threads;
  #todo = new Int32Array(64);
  #todoCount = 0;
  readonly #slots: Int32Array;

  constructor(program: Program) {
    this.#p = program;
    this.#width = program.slots;
    this.#now = new Threads(program.op.length, this.#width);
    this.#next = new Threads(program.op.length, this.#width);
    this.#slots = new Int32Array(this.#width);
  }

  /** The slots of the match (two per group, -1 if it took no part), or null. */
  search(text: string, from: number, o: SearchOptions): Int32Array | null {
    const { op, a, sets } = this.#p;
    const width = this.#width;
    let best: Int32Array | null = null;
    this.#now.clear();
    for (let at = from; ; ) {
      if (this.#now.count === 0) {
        if (best !== null || (o.anchored && at > from)) return best;
        if (!o.anchored && o.first !== undefined) at = skip(text, at, o.unicode, o.first);
      }
      if (best === null && (!o.anchored || at === from)) {
        this.#slots.fill(-1);
        this.#follow(this.#now, 0, text, at, o.unicode);
      }
      const code = charAfter(text, at, o.unicode);
      const after = at + widthOf(code);
      const now = this.#now;
      this.#next.clear();
      for (let i = 0; i < now.count; i++) {
        const pc = now.waiting[i];
        const kind = op[pc];
        if (kind === Op.match) {
          const start = now.slots[i * width];
          if (best !== null && start > best[0]) break;
          best = now.slots.slice(i * width, i * width + this.#p.groupSlots);
          if (!o.longest) break;
        } else if (code >= 0 && (kind === Op.char ? code === a[pc] : sets[a[pc]].has(code))) {
          if (best !== null && now.slots[i * width] > best[0]) break;
          for (let k = 0, s = i * width; k < width; k++) this.#slots[k] = now.slots[s + k];
          this.#follow(this.#next, pc + 1, text, after, o.unicode);
        }
      }
      if (code < 0) return best;
      this.#now = this.#next;
      this.#next = now;
      at = after;
    }
  }

  /** Adds all instructions that wait for a character and can be reached from `start` without taking one. */
  #follow(threads: Threads, start: number, text: string, at: number, unicode: boolean): void {
    const { op, a, b, sets } = this.#p;
    const slots = this.#slots;
    const width = this.#width;
    const base = this.#todoCount;
    let pc = start;
    for (;;) {
      while (threads.reach(pc)) {
        const kind = op[pc];
        if (kind <= Op.set || kind === Op.match) {
          threads.waiting[threads.count] = pc;
          const to = threads.count++ * width;
          for (let i = 0; i < width; i++) threads.slots[to + i] = slots[i];
          break;
        }
        if (kind === Op.jump) pc = a[pc];
        else if (kind === Op.split) {
          this.#later(b[pc], 0);
          pc = a[pc];
        } else if (kind === Op.save) {
          this.#later(-a[pc] - 1, slots[a[pc]]);
          slots[a[pc++]] = at;
        } else if (kind === Op.forget) {
          for (let slot = a[pc]; slot < b[pc]; slot++) {
            if (slots[slot] === -1) continue;
            this.#later(-slot - 1, slots[slot]);
            slots[slot] = -1;
          }
          pc++;
        } else if (kind === Op.moved) {
          if (slots[a[pc++]] === at) break;
        } else if (kind === Op.assertion) {
          if (!holds(a[pc++], text, at)) break;
        } else {
          const code = kind === Op.ahead ? charAfter(text, at, unicode) : charBefore(text, at, unicode);
          if ((code >= 0 && sets[a[pc]].has(code)) === (b[pc] === 1)) break;
          pc++;
        }
      }
      do {
        if (this.#todoCount === base) return;
        pc = this.#todo[--this.#todoCount];
        const value = this.#todo[--this.#todoCount];
        if (pc < 0) slots[-pc - 1] = value;
      } while (pc < 0);
    }
  }

  /** Notes an instruction to follow, or (negative) a slot to give its value back. */
  #later(pc: number, value: number): void {
    if (this.#todoCount + 2 > this.#todo.length) {
      const more = new Int32Array(this.#todo.length * 2);
      more.set(this.#todo);
      this.#todo = more;
    }
    this.#todo[this.#todoCount++] = value;
    this.#todo[this.#todoCount++] = pc;
  }
}

/** The next place at or after `at` whose character can begin a match; the end if there is none. */
function skip(text: string, at: number, unicode: boolean, first: readonly CharSet[]): number {
  for (let i = at; i < text.length; ) {
    const code = charAfter(text, i, unicode);
    for (const set of first) if (set.has(code)) return i;
    i += widthOf(code);
  }
  return text.length;
}
