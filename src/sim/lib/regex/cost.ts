import { fixedLength, isNullable, type Node, type Repeat, walk } from './ast.ts';
import { branchesDisjoint, disjoint, either, type First, firstOf } from './first.ts';
import { HOST_STEPS_MAX, HOST_STEPS_PER_CHARACTER } from './limits.ts';

const LONGEST_TEXT = 1 << 30;

/**
 * The length, in characters, up to which a text is safe with a matcher that tries one way after the other, as the host's does.
 * Below it a search takes {@link HOST_STEPS_MAX} steps at the worst; above it that is not certain. -1: no text is safe.
 */
export function hostTextMax(tree: Node): number {
  let harmless = true;
  walk(tree, (node) => {
    if (node.kind === 'repeat' || node.kind === 'choice' || node.kind === 'look' || node.kind === 'backReference') harmless = false;
  });
  if (harmless) return Number.POSITIVE_INFINITY;
  const cost = new Cost(tree);
  const fits = (n: number) => cost.ofSearch(n) <= HOST_STEPS_MAX + HOST_STEPS_PER_CHARACTER * n;
  if (fits(LONGEST_TEXT)) return Number.POSITIVE_INFINITY;
  // Binary search among the eighths between powers of two.
  let [low, high] = [-1, 8 * 30];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(eighths(middle))) low = middle;
    else high = middle;
  }
  return low < 0 ? -1 : eighths(low);
}

function eighths(step: number): number {
  return Math.floor((1 << (step >> 3)) * (1 + (step & 7) / 8));
}

/**
 * What trying takes at the worst: `steps` in the node itself, and in how many `ways` it can go on to what follows. Their degrees say
 * with which power of the text's length they grow.
 */
interface Work {
  readonly steps: number;
  readonly ways: number;
  readonly stepsDegree: number;
  readonly waysDegree: number;
}

const NONE: Work = { steps: 0, ways: 1, stepsDegree: 0, waysDegree: 0 };
const ONE: Work = { ...NONE, steps: 1 };

/** `first`, then `rest` for each of its ways. The later it goes on, the less text is left: hence the division. */
function followed(first: Work, rest: Work): Work {
  const share = first.waysDegree === 0 ? 1 : 1 / (rest.stepsDegree + 1);
  return {
    steps: first.steps + times(first.ways, rest.steps) * share,
    ways: times(first.ways, rest.ways),
    stepsDegree: Math.max(first.stepsDegree, first.waysDegree + rest.stepsDegree),
    waysDegree: first.waysDegree + rest.waysDegree,
  };
}

class Cost {
  readonly #tree: Node;
  readonly #groupLengths = new Map<number, number | undefined>();
  #n = 0;
  /** Inside a look behind the host goes backwards: what comes first there is not known. */
  #behind = 0;

  constructor(tree: Node) {
    this.#tree = tree;
    walk(tree, (node) => {
      if (node.kind === 'group') this.#groupLengths.set(node.index, fixedLength(node.body));
    });
  }

  /** Of looking for the pattern in a text of `n` characters. */
  ofSearch(n: number): number {
    this.#n = n;
    const parts = this.#tree.kind === 'sequence' ? this.#tree.parts : [this.#tree];
    // What can always match is tried once, when all before it has matched.
    let head = parts.length;
    while (head > 0 && isCertain(parts[head - 1])) head--;
    const starts: Work = isAnchored(this.#tree) ? ONE : { steps: n, ways: n + 1, stepsDegree: 1, waysDegree: 1 };
    const search = followed(starts, followed(this.#sequence(parts.slice(0, head), undefined), ONE));
    return search.steps + this.#sequence(parts.slice(head), undefined).steps;
  }

  #of(node: Node, after: First): Work {
    switch (node.kind) {
      case 'set':
      case 'assertion':
        return ONE;
      case 'sequence':
        return this.#sequence(node.parts, after);
      case 'choice': {
        const all = node.branches.map((b) => this.#of(b, after));
        const apart = this.#behind === 0 && branchesDisjoint(node.branches.map((b) => firstOf(b, after)));
        const together = apart ? most : sum;
        return {
          steps: together(all.map((w) => w.steps)) + all.length,
          ways: together(all.map((w) => w.ways)),
          stepsDegree: most(all.map((w) => w.stepsDegree)),
          waysDegree: most(all.map((w) => w.waysDegree)),
        };
      }
      case 'group':
        return this.#of(node.body, after);
      case 'look': {
        this.#behind += node.behind ? 1 : 0;
        const { steps, ways, stepsDegree, waysDegree } = this.#of(node.body, undefined);
        this.#behind -= node.behind ? 1 : 0;
        return { ...NONE, steps: steps + ways, stepsDegree: Math.max(stepsDegree, waysDegree) };
      }
      case 'backReference':
        return { ...NONE, steps: this.#groupLengths.get(node.index) ?? this.#n };
      case 'repeat':
        return this.#repeat(node, after);
    }
  }

  #sequence(parts: readonly Node[], after: First): Work {
    let total = NONE;
    let first = after;
    for (let i = parts.length - 1; i >= 0; i--) {
      total = followed(this.#of(parts[i], first), total);
      first = firstOf(parts[i], first);
    }
    return total;
  }

  #repeat(node: Repeat, after: First): Work {
    const bodyFirst = firstOf(node.body, undefined);
    const body = this.#of(node.body, either(bodyFirst, after));
    const rounds = Math.min(node.most, Math.max(this.#n, node.least));
    if (body.ways <= 1 && !isNullable(node.body)) {
      const exits = Math.max(1, rounds - node.least + 1);
      const grows = node.most > this.#n ? 1 : 0;
      const one = this.#behind === 0 && disjoint(bodyFirst, after);
      return {
        steps: rounds * (body.steps + 1) + exits,
        ways: one ? 1 : exits,
        stepsDegree: grows + body.stepsDegree,
        waysDegree: one ? 0 : grows,
      };
    }
    let [steps, ways, power] = [0, node.least === 0 ? 1 : 0, 1];
    for (let round = 1; round <= rounds && steps < Number.POSITIVE_INFINITY; round++) {
      steps += power * (body.steps + 1);
      power *= Math.max(body.ways, 2);
      if (round >= node.least) ways += power;
    }
    return { steps, ways, stepsDegree: body.stepsDegree, waysDegree: 0 };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), 0);
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** Whether it matches at every place, be it nothing. */
function isCertain(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.parts.every(isCertain);
    case 'choice':
      return node.branches.some(isCertain);
    case 'group':
      return isCertain(node.body);
    case 'repeat':
      return node.least === 0 || isCertain(node.body);
    default:
      return false;
  }
}

function isAnchored(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.parts.length > 0 && isAnchored(node.parts[0]);
    case 'choice':
      return node.branches.every(isAnchored);
    case 'group':
      return isAnchored(node.body);
    case 'assertion':
      return node.at === 'textStart';
    default:
      return false;
  }
}
