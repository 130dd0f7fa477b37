import { type Assertion, isNullable, type Node, type Repeat } from './ast.ts';
import type { CharSet } from './charSet.ts';
import { RegexError } from './error.ts';
import { PROGRAM_MAX } from './limits.ts';

/** Instructions of a compiled pattern. A and B are their operands. */
export const Op = {
  /** The next character is A. */
  char: 0,
  /** The next character is in set A. */
  set: 1,
  /** Go on at A, and if that fails at B. */
  split: 2,
  jump: 3,
  /** Slot A becomes the position. */
  save: 4,
  /** Slots A up to B are forgotten. */
  forget: 5,
  /** The position is not that of slot A: a round of a loop took something. */
  moved: 6,
  assertion: 7,
  /** The character after the position (B = 1: is not) in set A. */
  ahead: 8,
  /** The character before the position (B = 1: is not) in set A. */
  behind: 9,
  /** What follows is look-around number A, up to its own `match`; go on at B. */
  look: 10,
  backReference: 11,
  match: 12,
  /** As char, set and backReference, from the position towards the beginning. */
  charBefore: 13,
  setBefore: 14,
  backReferenceBefore: 15,
} as const;

const ASSERTIONS: readonly Assertion[] = ['textStart', 'textEnd', 'lineStart', 'lineEnd', 'wordBorder', 'noWordBorder', 'lastLineEnd'];

export interface Program {
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly sets: readonly CharSet[];
  readonly looks: readonly { readonly negated: boolean }[];
  /** Two per group, the whole match first; then one per loop that must move. */
  readonly slots: number;
  readonly groupSlots: number;
  /** Needs more than one pass: back-references or look-around. */
  readonly backtracks: boolean;
}

export interface CompileOptions {
  readonly groupCount: number;
  /** Groups of earlier rounds stay set, as POSIX matchers have it. */
  readonly keepGroups: boolean;
}

/** Compiles a tree. Throws {@link RegexError} if it becomes too large. */
export function compileProgram(tree: Node, options: CompileOptions): Program {
  return new Compiler(options).compile(tree);
}

class Compiler {
  readonly #op: number[] = [];
  readonly #a: number[] = [];
  readonly #b: number[] = [];
  readonly #sets: CharSet[] = [];
  readonly #looks: { readonly negated: boolean }[] = [];
  readonly #groupSlots: number;
  readonly #keepGroups: boolean;
  #slots: number;
  #backtracks = false;

  constructor(options: CompileOptions) {
    this.#groupSlots = 2 * (options.groupCount + 1);
    this.#slots = this.#groupSlots;
    this.#keepGroups = options.keepGroups;
  }

  compile(tree: Node): Program {
    this.#emit(Op.save, 0);
    this.#node(tree, false);
    this.#emit(Op.save, 1);
    this.#emit(Op.match);
    return {
      op: Uint8Array.from(this.#op),
      a: Int32Array.from(this.#a),
      b: Int32Array.from(this.#b),
      sets: this.#sets,
      looks: this.#looks,
      slots: this.#slots,
      groupSlots: this.#groupSlots,
      backtracks: this.#backtracks,
    };
  }

  #emit(op: number, a = 0, b = 0): number {
    if (this.#op.length >= PROGRAM_MAX) throw new RegexError('Regular expression too big');
    this.#a.push(a);
    this.#b.push(b);
    return this.#op.push(op) - 1;
  }

  get #here(): number {
    return this.#op.length;
  }

  #setIndex(set: CharSet): number {
    const at = this.#sets.indexOf(set);
    return at >= 0 ? at : this.#sets.push(set) - 1;
  }

  #node(node: Node, back: boolean): void {
    switch (node.kind) {
      case 'set':
        if (node.set.only !== undefined) this.#emit(back ? Op.charBefore : Op.char, node.set.only);
        else this.#emit(back ? Op.setBefore : Op.set, this.#setIndex(node.set));
        break;
      case 'sequence':
        for (const part of back ? node.parts.toReversed() : node.parts) this.#node(part, back);
        break;
      case 'choice':
        this.#choice(node.branches, back);
        break;
      case 'group':
        this.#emit(Op.save, 2 * node.index + (back ? 1 : 0));
        this.#node(node.body, back);
        this.#emit(Op.save, 2 * node.index + (back ? 0 : 1));
        break;
      case 'assertion':
        this.#emit(Op.assertion, ASSERTIONS.indexOf(node.at));
        break;
      case 'look':
        this.#look(node);
        break;
      case 'backReference':
        this.#backtracks = true;
        this.#emit(back ? Op.backReferenceBefore : Op.backReference, node.index);
        break;
      case 'repeat':
        this.#repeat(node, back);
    }
  }

  #choice(branches: readonly Node[], back: boolean): void {
    const ends: number[] = [];
    branches.forEach((branch, i) => {
      if (i === branches.length - 1) {
        this.#node(branch, back);
        return;
      }
      const split = this.#emit(Op.split, this.#here + 1);
      this.#node(branch, back);
      ends.push(this.#emit(Op.jump));
      this.#b[split] = this.#here;
    });
    for (const end of ends) this.#a[end] = this.#here;
  }

  #look(node: Extract<Node, { kind: 'look' }>): void {
    if (node.body.kind === 'set') {
      this.#emit(node.behind ? Op.behind : Op.ahead, this.#setIndex(node.body.set), node.negated ? 1 : 0);
      return;
    }
    this.#backtracks = true;
    const index = this.#looks.push({ negated: node.negated }) - 1;
    const at = this.#emit(Op.look, index);
    this.#node(node.body, node.behind);
    this.#emit(Op.match);
    this.#b[at] = this.#here;
  }

  #repeat(node: Repeat, back: boolean): void {
    for (let i = 0; i < node.least; i++) {
      const before = this.#here;
      this.#round(node, back);
      if (this.#here === before) break; // nothing, however often
    }
    if (node.most === Number.POSITIVE_INFINITY) {
      const split = this.#emit(Op.split);
      this.#optionalRound(node, back);
      this.#emit(Op.jump, split);
      this.#branch(split, node.lazy);
      return;
    }
    const splits: number[] = [];
    for (let i = node.least; i < node.most; i++) {
      splits.push(this.#emit(Op.split));
      this.#optionalRound(node, back);
    }
    for (const split of splits) this.#branch(split, node.lazy);
  }

  /** Makes a split choose between the instruction after it and the one that comes next now. */
  #branch(split: number, lazy: boolean): void {
    this.#a[split] = lazy ? this.#here : split + 1;
    this.#b[split] = lazy ? split + 1 : this.#here;
  }

  #round(node: Repeat, back: boolean): void {
    if (!this.#keepGroups && node.groups.to > node.groups.from) this.#emit(Op.forget, 2 * node.groups.from, 2 * node.groups.to);
    this.#node(node.body, back);
  }

  /** A round that is not asked for must take something, else it fails. */
  #optionalRound(node: Repeat, back: boolean): void {
    const slot = isNullable(node.body) ? this.#slots++ : -1;
    if (slot >= 0) this.#emit(Op.save, slot);
    this.#round(node, back);
    if (slot >= 0) this.#emit(Op.moved, slot);
  }
}
