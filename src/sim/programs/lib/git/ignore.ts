import type { Sim } from '../../../kernel/sim.ts';
import { type Repository, textOrEmpty } from './repository.ts';
import { globMatch } from './wildmatch.ts';

interface Rule {
  readonly pattern: string;
  readonly negated: boolean;
  readonly folderOnly: boolean;
  /** Matches the whole path below the file's folder, not just a name. */
  readonly anchored: boolean;
  readonly base: string;
}

function parseRules(text: string, base: string): Rule[] {
  const rules: Rule[] = [];
  for (const raw of text.split('\n')) {
    let pattern = raw.replace(/(?<!\\)\s+$/, '');
    if (pattern === '' || pattern.startsWith('#')) continue;
    const negated = pattern.startsWith('!');
    if (negated) pattern = pattern.slice(1);
    const folderOnly = pattern.endsWith('/');
    if (folderOnly) pattern = pattern.slice(0, -1);
    const anchored = pattern.includes('/');
    rules.push({ pattern: pattern.replace(/^\//, '').replace(/^\\/, ''), negated, folderOnly, anchored, base });
  }
  return rules;
}

/** Patterns of `.gitignore` files and `.git/info/exclude`, gathered while folders are walked. */
export class Ignore {
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[] = []) {
    this.#rules = rules;
  }

  static *load(repo: Repository): Sim<Ignore> {
    return new Ignore(parseRules(yield* textOrEmpty(`${repo.dir}/info/exclude`), ''));
  }

  /** With the rules of a folder (`''` or ending with a slash). */
  *enter(repo: Repository, folder: string): Sim<Ignore> {
    const text = yield* textOrEmpty(repo.path(`${folder}.gitignore`));
    return text === '' ? this : new Ignore([...this.#rules, ...parseRules(text, folder)]);
  }

  /** The last rule that matches decides. */
  ignores(path: string, folder: boolean): boolean {
    const rule = this.#rules.findLast((r) => {
      if ((r.folderOnly && !folder) || !path.startsWith(r.base)) return false;
      const inside = path.slice(r.base.length);
      return globMatch(r.pattern, r.anchored ? inside : inside.slice(inside.lastIndexOf('/') + 1));
    });
    return rule !== undefined && !rule.negated;
  }
}
