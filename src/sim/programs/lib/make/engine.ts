/** Bringing targets up to date: what they need first, then their recipe if something is newer. */
import type { Sim } from '../../../kernel/sim.ts';
import { statOrNull } from '../../../kernel/syscalls.ts';
import type { Database } from './database.ts';
import { MakeError, type RecipeLine, stemOf, type Target } from './syntax.ts';
import type { Variables } from './variables.ts';

export interface EngineOptions {
  readonly keepGoing: boolean;
  readonly always: boolean;
  readonly question: boolean;
  readonly touch: boolean;
  /** Runs a recipe; false: it failed, and make goes on only with -k. */
  recipe(target: string, lines: readonly RecipeLine[]): Sim<boolean>;
  print(text: string): Sim<void>;
  error(text: string): Sim<void>;
}

interface Outcome {
  readonly ok: boolean;
  /** Made anew, or treated so. */
  readonly remade: boolean;
}

/** A way to make a file that no rule names: from a pattern. */
interface Implicit {
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: readonly RecipeLine[];
  readonly stem: string;
}

const CHAIN_MAX = 8;

export class Engine {
  readonly #database: Database;
  readonly #variables: Variables;
  readonly #o: EngineOptions;
  readonly #done = new Map<string, Outcome>();
  readonly #open: string[] = [];
  /** Whether a recipe ran (or would have). */
  #ran = false;
  stale = false;

  constructor(database: Database, variables: Variables, o: EngineOptions) {
    this.#database = database;
    this.#variables = variables;
    this.#o = o;
  }

  /** Makes what was asked for. False: it could not be made. */
  *goal(name: string): Sim<boolean> {
    this.#ran = false;
    const { ok } = yield* this.#update(name, undefined);
    if (ok && !this.#ran && !this.#o.question) {
      const target = this.#database.targets.get(name);
      const has = (target?.recipe.length ?? 0) > 0 || target?.doubles.some((rule) => rule.recipe.length > 0);
      const nothing = !has && (target !== undefined || !(yield* statOrNull(name)) || (yield* this.#implicit(name, 0)) === undefined);
      yield* this.#o.print(nothing || this.#database.isPhony(name) ? `Nothing to be done for '${name}'.` : `'${name}' is up to date.`);
    }
    return ok;
  }

  *#update(name: string, neededBy: string | undefined): Sim<Outcome> {
    const known = this.#done.get(name);
    if (known) return known;
    const target = this.#database.targets.get(name);
    this.#open.push(name);
    const settings = [
      ...this.#database.patternVariables.filter((v) => stemOf(v.pattern, name) !== undefined),
      ...(target?.variables ?? []),
    ];
    const body = () => (target && target.doubles.length > 0 ? this.#doubles(name, target) : this.#single(name, target, neededBy));
    const outcome =
      settings.length === 0
        ? yield* body()
        : yield* this.#variables.within(
            [],
            function* (this: Engine) {
              for (const { name: variable, operator, value } of settings)
                yield* this.#variables.assign(variable, operator, value, 'file', true);
              return yield* body();
            }.bind(this),
          );
    this.#open.pop();
    this.#done.set(name, outcome);
    return outcome;
  }

  *#doubles(name: string, target: Target): Sim<Outcome> {
    let outcome: Outcome = { ok: true, remade: false };
    for (const rule of target.doubles) {
      const one = yield* this.#make(name, { ...rule, stem: '' }, rule.prerequisites.length === 0);
      outcome = { ok: outcome.ok && one.ok, remade: outcome.remade || one.remade };
    }
    return outcome;
  }

  *#single(name: string, target: Target | undefined, neededBy: string | undefined): Sim<Outcome> {
    let way: Implicit | undefined = target && target.recipe.length > 0 ? { ...target } : undefined;
    if (!way && !this.#database.isPhony(name)) {
      const implicit = yield* this.#implicit(name, 0);
      if (implicit) way = { ...implicit, prerequisites: [...implicit.prerequisites, ...(target?.prerequisites ?? [])] };
    }
    way ??= target && { ...target };
    if (way) return yield* this.#make(name, way, false);
    if (yield* statOrNull(name)) return { ok: true, remade: false };
    const message = `*** No rule to make target '${name}'${neededBy === undefined ? '' : `, needed by '${neededBy}'`}.`;
    if (!this.#o.keepGoing) throw new MakeError(message.slice(4, -1));
    yield* this.#o.error(message);
    return { ok: false, remade: false };
  }

  *#make(name: string, way: Implicit, force: boolean): Sim<Outcome> {
    const phony = this.#database.isPhony(name);
    let ok = true;
    let stale = force || phony || this.#o.always;
    const needed = [...new Set(way.prerequisites)];
    const remade = new Set<string>();
    for (const other of needed) {
      if (this.#open.includes(other)) {
        yield* this.#o.error(`Circular ${name} <- ${other} dependency dropped.`);
        continue;
      }
      const outcome = yield* this.#update(other, name);
      ok &&= outcome.ok;
      if (outcome.remade) remade.add(other);
    }
    for (const other of way.orderOnly) if (!this.#open.includes(other)) ok = (yield* this.#update(other, name)).ok && ok;
    if (!ok) {
      if (this.#open.length === 1 || this.#o.keepGoing) yield* this.#o.error(`Target '${name}' not remade because of errors.`);
      return { ok: false, remade: false };
    }
    const mine = yield* statOrNull(name);
    const newer: string[] = [];
    for (const other of needed) {
      const theirs = yield* statOrNull(other);
      if (remade.has(other) || !mine || (theirs && theirs.mtime > mine.mtime)) newer.push(other);
    }
    stale ||= !mine || newer.length > 0;
    if (!stale) return { ok: true, remade: false };
    if (way.recipe.length === 0) return { ok: true, remade: true };
    if (this.#o.question) {
      this.stale = true;
      return { ok: true, remade: true };
    }
    const empty = way.recipe.every((line) => line.text.trim() === '');
    if (!empty) this.#ran = true;
    const automatic = [
      ['@', name],
      ['<', way.prerequisites[0] ?? ''],
      ['^', needed.join(' ')],
      ['+', way.prerequisites.join(' ')],
      ['?', newer.join(' ')],
      ['*', way.stem === '' ? name.replace(/\.[^./]*$/, '') : way.stem],
      ['|', way.orderOnly.join(' ')],
    ] as const;
    const done = yield* this.#variables.within(automatic, () => this.#o.recipe(name, way.recipe));
    return { ok: done, remade: true };
  }

  /** A pattern rule whose prerequisites are there or can be made; the one with the shortest stem. */
  *#implicit(name: string, depth: number): Sim<Implicit | undefined> {
    if (depth > CHAIN_MAX || name.startsWith('.') || this.#database.isPhony(name)) return undefined;
    let best: Implicit | undefined;
    for (const made of [false, true]) {
      for (const rule of this.#database.patterns) {
        const stem = this.#stem(rule.targets, name);
        if (stem === undefined || (best && best.stem.length <= stem.length)) continue;
        // A rule that makes anything is no step on the way to something else.
        if (made && (rule.targets.includes('%') || (depth > 0 && rule.builtin))) continue;
        const fill = (words: readonly string[]) => words.map((word) => word.replace('%', () => stem));
        const prerequisites = fill(rule.prerequisites);
        if (prerequisites.includes(name)) continue;
        let fits = true;
        for (const other of prerequisites) fits &&= yield* this.#available(other, made ? depth + 1 : undefined);
        if (fits) best = { prerequisites, orderOnly: fill(rule.orderOnly), recipe: rule.recipe, stem };
      }
      if (best) return best;
    }
    return undefined;
  }

  #stem(patterns: readonly string[], name: string): string | undefined {
    for (const pattern of patterns) {
      const whole = stemOf(pattern, name);
      if (whole !== undefined && whole !== '') return whole;
      // A pattern without a folder fits in any folder.
      const slash = name.lastIndexOf('/');
      const inner = !pattern.includes('/') && slash >= 0 ? stemOf(pattern, name.slice(slash + 1)) : undefined;
      if (inner !== undefined && inner !== '') return name.slice(0, slash + 1) + inner;
    }
    return undefined;
  }

  *#available(name: string, depth: number | undefined): Sim<boolean> {
    if (this.#database.targets.has(name) || (yield* statOrNull(name))) return true;
    return depth !== undefined && (yield* this.#implicit(name, depth)) !== undefined;
  }
}
