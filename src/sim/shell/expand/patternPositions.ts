import { ShellError } from '../state/errors.ts';
import type { PatternNode } from './patternTree.ts';

/** Positions that one match may look at; `!(...)` inside `!(...)` multiplies them. Beyond it the match is given up with a message. */
const POSITIONS_MAX = 20_000_000;

/**
 * Where a pattern that begins at 0 may end in a text, all at once: sets of positions go through the pattern instead of one way after the
 * other, so that the time grows with the product of both lengths.
 */
export function endsOf(nodes: readonly PatternNode[], text: readonly number[], from = 0): readonly number[] {
  return new Positions(text).through(nodes, [from]);
}

class Positions {
  readonly #text: readonly number[];
  #left = POSITIONS_MAX;

  constructor(text: readonly number[]) {
    this.#text = text;
  }

  /** Sorted positions in, sorted positions out. */
  through(nodes: readonly PatternNode[], starts: readonly number[]): readonly number[] {
    let at = starts;
    for (const node of nodes) {
      if (at.length === 0) return at;
      at = node.kind === 'one' ? this.#one(node, at) : node.kind === 'any' ? this.#any(node, at) : this.#group(node, at);
      this.#left -= at.length + 1;
      if (this.#left < 0) throw new ShellError('pattern matching given up: too many possibilities');
    }
    return at;
  }

  #one({ set }: { readonly set: { has(code: number): boolean } }, starts: readonly number[]): readonly number[] {
    const out: number[] = [];
    for (const i of starts) if (i < this.#text.length && set.has(this.#text[i])) out.push(i + 1);
    return out;
  }

  #any({ set }: { readonly set: { has(code: number): boolean } }, starts: readonly number[]): readonly number[] {
    const out: number[] = [];
    let next = 0;
    for (let i = starts[0]; i <= this.#text.length; i++) {
      out.push(i);
      if (i === this.#text.length) break;
      if (set.has(this.#text[i])) continue;
      // Not past this character: on from the next start.
      while (next < starts.length && starts[next] <= i) next++;
      if (next === starts.length) break;
      i = starts[next] - 1;
    }
    return out;
  }

  #group(node: Extract<PatternNode, { kind: 'group' }>, starts: readonly number[]): readonly number[] {
    const once = (from: readonly number[]) => node.choices.map((choice) => this.through(choice, from));
    switch (node.operator) {
      case '@':
        return union(once(starts));
      case '?':
        return union([starts, ...once(starts)]);
      case '!':
        return union(starts.map((i) => this.#others(once([i]), i)));
      default: {
        const seen = new Set(node.operator === '*' ? starts : []);
        let fresh = union(once(starts));
        for (;;) {
          fresh = fresh.filter((i) => !seen.has(i));
          if (fresh.length === 0) return [...seen].sort((a, b) => a - b);
          for (const i of fresh) seen.add(i);
          fresh = union(once(fresh));
        }
      }
    }
  }

  /** The ends from `i` on that none of the choices reaches. */
  #others(reached: readonly (readonly number[])[], i: number): readonly number[] {
    const not = new Set(reached.flat());
    const out: number[] = [];
    for (let end = i; end <= this.#text.length; end++) if (!not.has(end)) out.push(end);
    this.#left -= this.#text.length - i;
    if (this.#left < 0) throw new ShellError('pattern matching given up: too many possibilities');
    return out;
  }
}

function union(sets: readonly (readonly number[])[]): readonly number[] {
  const used = sets.filter((s) => s.length > 0);
  if (used.length <= 1) return used[0] ?? [];
  return [...new Set(used.flat())].sort((a, b) => a - b);
}

/** The pattern that matches the reversed texts. */
export function reversed(nodes: readonly PatternNode[]): readonly PatternNode[] {
  return nodes.map((node): PatternNode => (node.kind === 'group' ? { ...node, choices: node.choices.map(reversed) } : node)).reverse();
}
