import { fixedLength, isNullable, type Node, walk } from './ast.ts';
import { branchesDisjoint, disjoint, either, type First, firstOf } from './first.ts';

/** Whether the first match that a greedy matcher finds at a place is surely the longest there, as POSIX asks for. */
export function greedyIsLongest(tree: Node): boolean {
  return isLongest(tree, undefined, true);
}

/** `fixed`: what follows has one length, so that the longest `node` gives the longest match. */
function isLongest(node: Node, after: First, fixed: boolean): boolean {
  switch (node.kind) {
    case 'sequence': {
      let first = after;
      let restFixed = fixed;
      for (let i = node.parts.length - 1; i >= 0; i--) {
        const part = node.parts[i];
        if (!isLongest(part, first, restFixed)) return false;
        first = firstOf(part, first);
        restFixed &&= fixedLength(part) !== undefined;
      }
      return true;
    }
    case 'choice': {
      if (!node.branches.every((b) => isLongest(b, after, fixed))) return false;
      if (fixedLength(node) !== undefined) return true;
      return branchesDisjoint(node.branches.map((b) => firstOf(b, after))) || areDistinctWords(node.branches);
    }
    case 'group':
      return isLongest(node.body, after, fixed);
    case 'repeat': {
      if (node.least === node.most && fixedLength(node.body) !== undefined) return true;
      if (node.lazy || isNullable(node.body)) return false;
      const body = firstOf(node.body, undefined);
      return (fixed || disjoint(body, after)) && isLongest(node.body, either(body, after), false);
    }
    default:
      return true;
  }
}

/** Literal texts none of which begins with another: at most one of them matches at a place. */
function areDistinctWords(branches: readonly Node[]): boolean {
  const words: string[] = [];
  for (const branch of branches) {
    const text = literalText(branch);
    if (text === undefined) return false;
    words.push(text);
  }
  // In order, a word stands directly before those that begin with it.
  words.sort();
  return words.every((word, i) => i === 0 || !word.startsWith(words[i - 1]));
}

function literalText(node: Node): string | undefined {
  if (node.kind === 'set') return node.set.only === undefined ? undefined : String.fromCodePoint(node.set.only);
  if (node.kind !== 'sequence') return undefined;
  let text = '';
  for (const part of node.parts) {
    const one = literalText(part);
    if (one === undefined) return undefined;
    text += one;
  }
  return text;
}

/**
 * Whether a group in a repeat may take no part in a later round than the one that set it.
 * JavaScript forgets the group then; POSIX matchers keep it: `((a)|(b))*` on "ab" gives \2 = a.
 */
export function forgetsGroups(tree: Node): boolean {
  let found = false;
  walk(tree, (node) => {
    if (node.kind === 'repeat' && node.most > 1 && node.groups.to > node.groups.from) found ||= hasOptionalGroup(node.body, false);
  });
  return found;
}

function hasOptionalGroup(node: Node, optional: boolean): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.parts.some((p) => hasOptionalGroup(p, optional));
    case 'choice':
      return node.branches.some((b) => hasOptionalGroup(b, true));
    case 'group':
      return optional || hasOptionalGroup(node.body, optional);
    case 'repeat':
      return hasOptionalGroup(node.body, optional || node.least === 0);
    case 'look':
      return hasOptionalGroup(node.body, true);
    default:
      return false;
  }
}

/**
 * Whether a round of a repeat may prefer nothing to something. How a matcher then goes on is told by no standard and differs
 * between backtracking and simulating, so that such a pattern is given to one matcher only.
 */
export function prefersNothing(tree: Node): boolean {
  let found = false;
  walk(tree, (node) => {
    if (node.kind !== 'repeat' || node.most <= 1 || !isNullable(node.body)) return;
    walk(node.body, (inner) => {
      if (inner.kind === 'repeat') found ||= inner.lazy;
      if (inner.kind === 'choice') found ||= inner.branches.slice(0, -1).some(isNullable);
    });
  });
  return found;
}
