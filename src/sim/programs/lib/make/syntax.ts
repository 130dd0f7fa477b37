/** A makefile as data. */

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Variable {
  readonly value: string;
  /** Expanded when it is used, not when it was set. */
  readonly recursive: boolean;
  readonly origin: 'default' | 'environment' | 'file' | 'command line' | 'override' | 'automatic';
}

export interface RecipeLine extends Place {
  readonly text: string;
}

/** What one rule says about a target, or about targets of a pattern. */
export interface Rule {
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: readonly RecipeLine[];
}

export interface PatternRule extends Rule {
  /** 'obj/%.o' */
  readonly targets: readonly string[];
  readonly builtin: boolean;
}

export interface Target {
  readonly name: string;
  prerequisites: string[];
  orderOnly: string[];
  recipe: readonly RecipeLine[];
  /** Of a static pattern rule: what % stood for. */
  stem: string;
  /** '::': each rule on its own. */
  doubles: Rule[];
  /** Set for this target and what it needs. */
  readonly variables: { readonly name: string; readonly operator: string; readonly value: string }[];
}

/** make stops. `place` undefined: 'make: *** ...'. */
export class MakeError extends Error {
  readonly place: Place | undefined;
  readonly status: number;
  constructor(message: string, place?: Place, status = 2) {
    super(message);
    this.place = place;
    this.status = status;
  }
}

/** What % stands for in `name`, or undefined. */
export function stemOf(pattern: string, name: string): string | undefined {
  const at = pattern.indexOf('%');
  if (at < 0) return pattern === name ? '' : undefined;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) return undefined;
  return name.slice(before.length, name.length - after.length);
}

export const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** One word of patsubst. */
export function replaced(pattern: string, to: string, word: string): string {
  const stem = stemOf(pattern, word);
  if (stem === undefined) return word;
  return pattern.includes('%') ? to.replace('%', () => stem) : to;
}
