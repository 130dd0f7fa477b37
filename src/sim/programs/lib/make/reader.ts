/** Reading makefiles: variables are set and rules collected as the lines come; recipes are kept as they stand. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readText } from '../../../kernel/syscalls.ts';
import type { Database } from './database.ts';
import { MakeError, type Place, type RecipeLine, wordsOf } from './syntax.ts';
import type { Variables } from './variables.ts';

interface OpenRule {
  readonly names: readonly string[];
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: RecipeLine[];
  readonly place: Place;
  readonly double: boolean;
  readonly pattern: string | undefined;
}

interface Condition {
  /** This branch is read. */
  active: boolean;
  /** Some branch was. */
  taken: boolean;
  /** The lines around it are read. */
  readonly outer: boolean;
}

export class MakefileReader {
  readonly #variables: Variables;
  readonly #database: Database;
  readonly #warn: (text: string) => Sim<void>;
  /** Included files that are not there: they may have a rule. */
  readonly missing: Place[] = [];
  readonly missingNames: string[] = [];
  #rule: OpenRule | undefined;
  readonly #conditions: Condition[] = [];

  constructor(variables: Variables, database: Database, warn: (text: string) => Sim<void>) {
    this.#variables = variables;
    this.#database = database;
    this.#warn = warn;
  }

  /** Reads a file. Throws Errno if it cannot be read, MakeError for what is wrong in it. */
  *file(path: string): Sim<void> {
    const list = this.#variables.get('MAKEFILE_LIST')?.value ?? '';
    this.#variables.set('MAKEFILE_LIST', { value: `${list} ${path}`, recursive: false, origin: 'file' });
    yield* this.text(path === '-' ? yield* readText('/dev/stdin') : yield* readText(path), path);
  }

  *text(text: string, file: string): Sim<void> {
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const depth = this.#conditions.length;
    let at = 0;
    while (at < lines.length) {
      const place = { file, line: at + 1 };
      let line = lines[at++];
      const recipe = line.startsWith('\t') && this.#rule !== undefined;
      while (/(^|[^\\])(\\\\)*\\$/.test(line) && at < lines.length)
        line = recipe ? `${line}\n${lines[at++].replace(/^\t/, '')}` : `${line.slice(0, -1).trimEnd()} ${lines[at++].trimStart()}`;
      this.#variables.place = place;
      if (recipe) {
        if (this.#reading) this.#rule?.recipe.push({ text: line.slice(1), ...place });
        continue;
      }
      const define = /^\s*(?:override\s+|export\s+)?define\s+(\S+)\s*(=|:=|\+=|\?=)?\s*$/.exec(line);
      if (define) {
        at = yield* this.#define(define[1], define[2] ?? '=', lines, at, place);
        continue;
      }
      yield* this.#line(line, place);
    }
    yield* this.#closeRule();
    if (this.#conditions.length > depth) throw new MakeError("missing 'endif'", { file, line: lines.length + 1 });
  }

  get #reading(): boolean {
    return this.#conditions.every((c) => c.active);
  }

  *#define(name: string, operator: string, lines: readonly string[], from: number, place: Place): Sim<number> {
    const body: string[] = [];
    let depth = 1;
    for (let at = from; at < lines.length; at++) {
      if (/^\s*define\s/.test(lines[at])) depth++;
      if (/^\s*endef\s*$/.test(lines[at]) && --depth === 0) {
        if (this.#reading) yield* this.#variables.assign(yield* this.#variables.expand(name), operator, body.join('\n'), 'file');
        return at + 1;
      }
      body.push(lines[at]);
    }
    throw new MakeError("missing 'endef', unterminated 'define'", place);
  }

  *#line(given: string, place: Place): Sim<void> {
    const line = withoutComment(given);
    if (yield* this.#conditional(line.trim(), place)) return;
    if (!this.#reading || line.trim() === '') return;
    const words = wordsOf(line);
    const [first] = words;
    if (/^-?s?include$/.test(first) && !/^\s*\S+\s*[:+?]?=/.test(line)) return yield* this.#include(line, first !== 'include', place);
    if (first === 'export' || first === 'unexport' || first === 'override' || first === 'private' || first === 'undefine') {
      const rest = line.trimStart().slice(first.length).trim();
      const assignment = findAssignment(rest);
      if (assignment) {
        yield* this.#closeRule();
        const name = yield* this.#variables.expand(assignment.name);
        yield* this.#variables.assign(name, assignment.operator, assignment.value, first === 'override' ? 'override' : 'file');
        if (first === 'export') this.#variables.exported.add(name);
        return;
      }
      const names = wordsOf(yield* this.#variables.expand(rest));
      for (const name of names) {
        if (first === 'export') this.#variables.exported.add(name);
        else if (first === 'unexport') this.#variables.unexported.add(name);
        else if (first === 'undefine') this.#variables.unset(name);
      }
      if (first === 'export' && names.length === 0) this.#variables.exportAll = true;
      return;
    }
    if (first === 'vpath') return;
    const assignment = findAssignment(line);
    if (assignment) {
      yield* this.#closeRule();
      const name = (yield* this.#variables.expand(assignment.name)).trim();
      if (name === '') throw new MakeError('empty variable name', place);
      yield* this.#variables.assign(name, assignment.operator, assignment.value, 'file');
      return;
    }
    yield* this.#closeRule();
    yield* this.#openRule(line, given, place);
  }

  *#include(line: string, quiet: boolean, place: Place): Sim<void> {
    yield* this.#closeRule();
    const names = wordsOf(yield* this.#variables.expand(line)).slice(1);
    for (const name of names) {
      try {
        yield* this.file(name);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        if (quiet) continue;
        this.missing.push(place);
        this.missingNames.push(name);
      }
      this.#variables.place = place;
    }
  }

  // ---- ifeq and the others ----

  *#conditional(line: string, place: Place): Sim<boolean> {
    const [, word, rest = ''] = /^(ifeq|ifneq|ifdef|ifndef|else|endif)\b\s*(.*)$/s.exec(line) ?? [];
    if (word === undefined || /^[:+?]?=/.test(rest)) return false;
    const current = this.#conditions.at(-1);
    if (word === 'endif' || word === 'else') {
      if (!current) throw new MakeError(`extraneous '${word}'`, place);
      if (word === 'endif') this.#conditions.pop();
      else {
        const may = !current.taken && current.outer;
        current.active = may && (rest === '' || (yield* this.#holds(rest, place)));
        current.taken ||= current.active;
      }
      return true;
    }
    const outer = this.#reading;
    const active = outer && (yield* this.#holds(line, place));
    this.#conditions.push({ active, taken: active, outer });
    return true;
  }

  *#holds(line: string, place: Place): Sim<boolean> {
    const [, word, rest] = /^(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$/s.exec(line) ?? [];
    if (word === 'ifdef' || word === 'ifndef') {
      const name = (yield* this.#variables.expand(rest)).trim();
      return ((this.#variables.get(name)?.value ?? '') !== '') === (word === 'ifdef');
    }
    const sides = word === undefined ? undefined : twoSides(rest.trim());
    if (!sides) throw new MakeError('invalid syntax in conditional', place);
    const [left, right] = [yield* this.#variables.expand(sides[0]), yield* this.#variables.expand(sides[1])];
    return (left === right) === (word === 'ifeq');
  }

  // ---- rules ----

  *#openRule(line: string, given: string, place: Place): Sim<void> {
    const semicolon = outside(line, ';');
    const head = semicolon < 0 ? line : line.slice(0, semicolon);
    const text = yield* this.#variables.expand(head);
    const colon = text.search(/:(?!\\)/);
    if (colon < 0) {
      if (text.trim() === '') return;
      const hint = /^ {8}/.test(given) ? ' (did you mean TAB instead of 8 spaces?)' : '';
      throw new MakeError(given.startsWith('\t') ? 'recipe commences before first target' : `missing separator${hint}`, place);
    }
    const names = wordsOf(text.slice(0, colon));
    if (names.length === 0) throw new MakeError('missing target', place);
    const double = text[colon + 1] === ':';
    const after = text.slice(colon + (double ? 2 : 1));
    const own = findAssignment(head.slice(outside(head, ':') + (double ? 2 : 1)));
    if (own) {
      const set = { name: own.name.replace(/^(override|private|export)\s+/, ''), operator: own.operator, value: own.value };
      for (const name of names) {
        if (name.includes('%')) this.#database.patternVariables.push({ pattern: name, ...set });
        else this.#database.target(name).variables.push(set);
      }
      return;
    }
    const parts = after.split(/:(?!\\)/);
    const [pattern, prerequisites] = parts.length > 1 ? [parts[0].trim(), parts.slice(1).join(':')] : [undefined, after];
    if (pattern !== undefined && !pattern.includes('%')) throw new MakeError("target pattern contains no '%'", place);
    const [normal, order = ''] = prerequisites.split('|');
    const expanded = yield* this.#globs(wordsOf(normal));
    const recipe: RecipeLine[] = semicolon < 0 ? [] : [{ text: given.slice(outside(given, ';') + 1).trimStart(), ...place }];
    this.#rule = { names, prerequisites: expanded, orderOnly: wordsOf(order), recipe, place, double, pattern };
  }

  /** Prerequisites with * are the files that they lead to. */
  *#globs(words: readonly string[]): Sim<readonly string[]> {
    const out: string[] = [];
    for (const word of words) {
      const found = /[*?[]/.test(word) ? wordsOf(yield* this.#variables.expand(`$(wildcard ${word})`)) : [];
      out.push(...(found.length > 0 ? found : [word]));
    }
    return out;
  }

  *#closeRule(): Sim<void> {
    const rule = this.#rule;
    this.#rule = undefined;
    if (!rule) return;
    const warnings: string[] = [];
    const { place, double, pattern } = rule;
    const old =
      rule.names.length === 1 && rule.prerequisites.length === 0 && rule.recipe.length > 0
        ? this.#database.suffixRule(rule.names[0])
        : undefined;
    if (old)
      this.#database.add(
        [old.target],
        { prerequisites: [old.source], orderOnly: [], recipe: rule.recipe },
        place,
        { double: false },
        () => {},
      );
    else this.#database.add(rule.names, rule, place, { double, pattern }, (text) => warnings.push(text));
    for (const text of warnings) yield* this.#warn(text);
  }
}

/** Up to a # that no backslash stands before and that is not inside a reference. */
function withoutComment(line: string): string {
  const at = outside(line, '#');
  return (at < 0 ? line : line.slice(0, at)).replaceAll('\\#', '#');
}

/** The first place of a character outside of $(...), or -1. */
function outside(text: string, wanted: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '$' && /[({]/.test(text[i + 1] ?? '')) depth++;
    else if (depth > 0 && /[)}]/.test(text[i])) depth--;
    else if (depth === 0 && text[i] === wanted && text[i - 1] !== '\\') return i;
  }
  return -1;
}

/** NAME = VALUE, NAME := VALUE and so on; undefined when a rule's colon comes first. */
export function findAssignment(line: string): { readonly name: string; readonly operator: string; readonly value: string } | undefined {
  let depth = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '$' && /[({]/.test(line[i + 1] ?? '')) depth++;
    else if (depth > 0) depth -= /[)}]/.test(line[i]) ? 1 : 0;
    else {
      const operator = /^(:::=|::=|:=|\?=|\+=|!=|=)/.exec(line.slice(i))?.[1];
      if (operator !== undefined) {
        const name = line.slice(0, i).trim();
        if (/\s/.test(name.replace(/\$\([^)]*\)/g, ''))) return undefined;
        return { name, operator: operator === '::=' ? ':=' : operator, value: line.slice(i + operator.length).trimStart() };
      }
      if (line[i] === ':' || line[i] === ';') return undefined;
    }
  }
  return undefined;
}

/** (a,b), "a" "b" or 'a' 'b'. */
function twoSides(text: string): readonly [string, string] | undefined {
  if (text.startsWith('(') && text.endsWith(')')) {
    const inner = text.slice(1, -1);
    const comma = outside(inner, ',');
    return comma < 0 ? undefined : [inner.slice(0, comma).trim(), inner.slice(comma + 1).trim()];
  }
  const quoted = /^(["'])(.*?)\1\s+(["'])(.*?)\3$/s.exec(text);
  return quoted ? [quoted[2], quoted[4]] : undefined;
}
