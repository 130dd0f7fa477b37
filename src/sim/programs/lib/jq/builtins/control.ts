import type { Sim } from '../../../../kernel/sim.ts';
import { typeError } from '../arithmetic.ts';
import type { CodeSource, Special } from '../codeSource.ts';
import type { Code, Then } from '../machine.ts';
import { getPath } from '../paths.ts';
import { brief } from '../print.ts';
import { equal, isArray, isNumber, JqError, type Json, type JsonObject, toDouble } from '../values.ts';

/** What a program may ask of the world around it. */
export interface Host {
  /** The next input, or undefined at the end. */
  input(): Sim<Json | undefined>;
  debug(value: Json): Sim<void>;
  stderr(value: Json): Sim<void>;
  /** Seconds since 1970. */
  now(): Sim<number>;
  filename(): Json;
  line(): number;
  readonly environment: JsonObject;
}

/** `halt` and `halt_error`: ends the program at once. */
export class Halt extends Error {
  readonly status: number;
  /** What goes to standard error. */
  readonly output: Json | undefined;

  constructor(status: number, output?: Json) {
    super('halt');
    this.status = status;
    this.output = output;
  }
}

/** A builtin without arguments that asks the host. */
const ask =
  (call: (input: Json) => Sim<Json | undefined>, end?: (then: Then) => never): Special =>
  () =>
  (_env, v, p, then) => ({
    call: () => call(v),
    resume: (answer) => {
      if (answer !== undefined) return then(answer, p);
      return end === undefined ? then(v, p) : end(then);
    },
  });

const now =
  (value: () => Json): Special =>
  () =>
  (_env, _v, p, then) =>
    then(value(), p);

function range(source: CodeSource, [from, to]: readonly Code[]): Code {
  const { machine } = source;
  return (env, v, p, then) =>
    source.value(from, env, v, (start) =>
      source.value(to, env, v, (end) => {
        if (!isNumber(start) || !isNumber(end)) throw new JqError('Range bounds must be numeric');
        const limit = toDouble(end);
        const give = (i: Json): ReturnType<Then> => {
          const x = toDouble(i as number);
          if (!(x < limit)) return machine.backtrack();
          machine.fork(() => give(x + 1));
          return then(i, p);
        };
        return give(start);
      }),
    );
}

/** The last result of a filter, nothing if it has none. */
function last(source: CodeSource, [body]: readonly Code[]): Code {
  return (env, v, p, then) => {
    let found: { readonly value: Json } | undefined;
    source.machine.fork(() => (found === undefined ? source.machine.backtrack() : then(found.value, p)));
    return body(env, v, p, (value) => {
      found = { value };
      return source.machine.backtrack();
    });
  };
}

function getpath(source: CodeSource, [path]: readonly Code[]): Code {
  return (env, v, p, then) =>
    source.value(path, env, v, (keys) => {
      if (p === undefined) return then(getPath(v, keys), p);
      if (v !== p.value && !equal(v, p.value)) throw new JqError(`Invalid path expression with result ${brief(v)}`);
      const found = getPath(v, keys);
      return then(found, { keys: [...p.keys, ...(isArray(keys) ? keys : [])], value: found });
    });
}

/** Builtins that need the machine or the host. */
export function control(host: Host): Readonly<Record<string, Special>> {
  const nothing = function* (act: (v: Json) => Sim<void>, v: Json): Sim<undefined> {
    yield* act(v);
    return undefined;
  };
  return {
    'empty/0': (source) => () => source.machine.backtrack(),
    'path/1':
      (source, [body]) =>
      (env, v, p, then) =>
        source.paths(body, env, v, (keys) => then(keys, p)),
    'getpath/1': getpath,
    'range/2': range,
    'last/1': last,
    'env/0': now(() => host.environment),
    'halt/0': () => () => {
      throw new Halt(0);
    },
    'halt_error/1':
      (source, [status]) =>
      (env, v) =>
        source.value(status, env, v, (code) => {
          if (!isNumber(code)) throw typeError(v, 'halt_error/1: number required');
          throw new Halt(Math.trunc(toDouble(code)) & 0xff, v);
        }),
    'input/0': ask(
      () => host.input(),
      () => {
        throw new JqError('break');
      },
    ),
    'debug/0': ask((v) => nothing(host.debug, v)),
    'stderr/0': ask((v) => nothing(host.stderr, v)),
    'now/0': ask(() => host.now()),
    'input_filename/0': now(() => host.filename()),
    'input_line_number/0': now(() => host.line()),
  };
}
