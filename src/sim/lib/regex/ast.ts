import type { CharSet } from './charSet.ts';

/** A pattern as a tree. All dialects end here. */
export type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | Repeat
  | { readonly kind: 'assertion'; readonly at: Assertion }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negated: boolean; readonly body: Node; readonly groups: GroupRange }
  | { readonly kind: 'backReference'; readonly index: number };

export interface Repeat {
  readonly kind: 'repeat';
  readonly body: Node;
  readonly least: number;
  /** Infinity if unbounded. */
  readonly most: number;
  readonly lazy: boolean;
  /** The groups inside, which each round sets anew. */
  readonly groups: GroupRange;
}

/** Groups `from` up to, not including, `to`. */
export interface GroupRange {
  readonly from: number;
  readonly to: number;
}

export type Assertion = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'wordBorder' | 'noWordBorder' | 'lastLineEnd';

/** Whether a node can match nothing. */
export function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.parts.every(isNullable);
    case 'choice':
      return node.branches.some(isNullable);
    case 'group':
      return isNullable(node.body);
    case 'repeat':
      return node.least === 0 || isNullable(node.body);
    default:
      return true;
  }
}

/** How many characters a node matches if that is always the same number; undefined if not. */
export function fixedLength(node: Node): number | undefined {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence': {
      let total = 0;
      for (const part of node.parts) {
        const length = fixedLength(part);
        if (length === undefined) return undefined;
        total += length;
      }
      return total;
    }
    case 'choice': {
      const lengths = node.branches.map(fixedLength);
      return lengths.every((l) => l === lengths[0]) ? lengths[0] : undefined;
    }
    case 'group':
      return fixedLength(node.body);
    case 'repeat': {
      const length = fixedLength(node.body);
      return length === 0 ? 0 : length !== undefined && node.least === node.most ? length * node.least : undefined;
    }
    case 'backReference':
      return undefined;
    default:
      return 0;
  }
}

/** Calls `visit` for a node and all below it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  switch (node.kind) {
    case 'sequence':
      for (const part of node.parts) walk(part, visit);
      break;
    case 'choice':
      for (const branch of node.branches) walk(branch, visit);
      break;
    case 'group':
    case 'repeat':
    case 'look':
      walk(node.body, visit);
  }
}
