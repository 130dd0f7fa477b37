import { isNullable, type Node } from './ast.ts';
import type { CharSet } from './charSet.ts';

/** The sets of which the next character must be in one; undefined if that cannot be said. */
export type First = readonly CharSet[] | undefined;

/** What a match of `node`, followed by something that begins with `after`, begins with. */
export function firstOf(node: Node, after: First): First {
  switch (node.kind) {
    case 'set':
      return [node.set];
    case 'sequence': {
      let first = after;
      for (let i = node.parts.length - 1; i >= 0; i--) first = firstOf(node.parts[i], first);
      return first;
    }
    case 'choice':
      return node.branches.map((b) => firstOf(b, after)).reduce(either);
    case 'group':
      return firstOf(node.body, after);
    case 'repeat': {
      if (node.most === 0) return after;
      const body = firstOf(node.body, []);
      return node.least === 0 || isNullable(node.body) ? either(body, after) : body;
    }
    case 'assertion':
    case 'look':
      return after;
    case 'backReference':
      return undefined;
  }
}

export function either(a: First, b: First): First {
  return a && b && [...new Set([...a, ...b])];
}

/** True only if surely no character begins both. */
export function disjoint(a: First, b: First): boolean {
  return a !== undefined && b !== undefined && a.every((x) => b.every((y) => x.disjoint(y)));
}

/** Whether at most one of the branches can go on past its first character. */
export function branchesDisjoint(branches: readonly First[]): boolean {
  const taken = new Set<CharSet>();
  for (const branch of branches) {
    if (branch === undefined) return false;
    for (const set of branch) for (const other of taken) if (!set.disjoint(other)) return false;
    for (const set of branch) taken.add(set);
    if (taken.size > SETS_MAX) return false;
  }
  return true;
}

/** First characters that are compared pair by pair; with more of them the answer is no, which costs speed alone. */
const SETS_MAX = 128;
