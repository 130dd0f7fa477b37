import type { CodeSource, Scope } from './codeSource.ts';
import type { Code, Env, Next, Path, Then } from './machine.ts';
import type { Pattern } from './syntax.ts';
import type { Json } from './values.ts';

type Names = ReadonlyMap<string, Json>;
type Match = (env: Env | undefined, value: Json, names: Names, then: (names: Names) => Next) => Next;

/** Takes `value` apart into variables, then runs the body on `input`. */
export type Bound = (env: Env | undefined, value: Json, input: Json, path: Path | undefined, then: Then) => Next;

/** Patterns for destructuring: all names of all alternatives are variables, null where the one taken lacks them (manual, "?//"). */
export function compilePatterns(
  source: CodeSource,
  patterns: readonly Pattern[],
  scope: Scope | undefined,
  body: (scope: Scope | undefined) => Code,
): Bound {
  const names = [...new Set(patterns.flatMap(namesOf))];
  const matches = patterns.map((pattern) => compilePattern(source, pattern, scope));
  let inner = scope;
  for (const name of names) inner = { name, arity: -1, up: inner };
  const code = body(inner);
  const empty: Names = new Map(names.map((name) => [name, null]));
  return (env, value, input, path, then) => {
    const attempt = (at: number): Next => {
      if (at < matches.length - 1) source.machine.guard(() => attempt(at + 1));
      return matches[at](env, value, empty, (found) => {
        let bound = env;
        for (const name of names) bound = { cell: found.get(name) ?? null, up: bound };
        return code(bound, input, path, then);
      });
    };
    return attempt(0);
  };
}

function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'name') return [pattern.name];
  if (pattern.kind === 'list') return pattern.items.flatMap(namesOf);
  return pattern.fields.flatMap((f) => [...(f.variable === undefined ? [] : [f.variable]), ...(f.value ? namesOf(f.value) : [])]);
}

function compilePattern(source: CodeSource, pattern: Pattern, scope: Scope | undefined): Match {
  if (pattern.kind === 'name') return (_env, value, names, then) => then(new Map(names).set(pattern.name, value));
  const parts =
    pattern.kind === 'list'
      ? pattern.items.map((item, i) => ({ key: constant(i), variable: undefined, inner: compilePattern(source, item, scope) }))
      : pattern.fields.map((field) => ({
          key: source.compile(field.key, scope),
          variable: field.variable,
          inner: field.value && compilePattern(source, field.value, scope),
        }));
  const take = (at: number, env: Env | undefined, value: Json, names: Names, then: (names: Names) => Next): Next => {
    if (at === parts.length) return then(names);
    const { key, variable, inner } = parts[at];
    return source.value(key, env, value, (k) =>
      source.step(value, k, undefined, false, (found) => {
        const more = variable === undefined ? names : new Map(names).set(variable, found);
        const rest = (all: Names): Next => take(at + 1, env, value, all, then);
        return inner === undefined ? rest(more) : inner(env, found, more, rest);
      }),
    );
  };
  return (env, value, names, then) => take(0, env, value, names, then);
}

const constant =
  (value: Json): Code =>
  (_env, _v, path, then) =>
    then(value, path);
