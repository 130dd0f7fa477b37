/** From the tree to code for the machine; names are resolved here, so unknown ones are found before anything runs. */
import { JQ_ELEMENTS_MAX } from '../../../kernel/limits.ts';
import { assert } from '../../../lib/assert.ts';
import { OPERATIONS } from './arithmetic.ts';
import type { Builtins, CodeSource, Scope } from './codeSource.ts';
import { compileAssign, compileModify, compileUpdate } from './compileAssign.ts';
import { compileFold } from './compileFold.ts';
import { compilePatterns } from './compilePatterns.ts';
import { type Closure, type Code, type Env, JqExhausted, type Machine, type Next, type Path, type Then } from './machine.ts';
import { index } from './paths.ts';
import { brief } from './print.ts';
import type { CompileError, Definition, Node } from './syntax.ts';
import { equal, isArray, isNumber, isObject, isTrue, JqError, type Json, kindOf } from './values.ts';

/** jq's notion of "the same value": identity for arrays and objects, else equality. */
const same = (a: Json, b: Json): boolean => Object.is(a, b) || (isNumber(a) && isNumber(b) && equal(a, b));

/** The path one step further. */
function follow(path: Path | undefined, key: Json, to: Json): Path | undefined {
  return path === undefined ? undefined : { keys: [...path.keys, key], value: to };
}

export class Compiler implements CodeSource {
  readonly machine: Machine;
  readonly errors: CompileError[] = [];
  readonly #builtins: Builtins;
  readonly #globals: ReadonlyMap<string, Json>;
  readonly #bodies = new Map<string, { code?: Code }>();

  constructor(machine: Machine, builtins: Builtins, globals: ReadonlyMap<string, Json>) {
    this.machine = machine;
    this.#builtins = builtins;
    this.#globals = globals;
  }

  compile(node: Node, scope: Scope | undefined): Code {
    switch (node.kind) {
      case 'identity':
        return (_env, v, p, then) => then(v, p);
      case 'literal':
        return constant(node.value);
      case 'format':
        return this.native('format', [constant(node.name)]);
      case 'string':
        return this.#string(node, scope);
      case 'index':
        return this.#index(node, scope);
      case 'slice':
        return this.#slice(node, scope);
      case 'iterate':
        return this.#iterate(node, scope);
      case 'array':
        return this.#array(node.body, scope);
      case 'object':
        return this.#object(node.pairs, scope);
      case 'negate':
        return this.#pipe(this.compile(node.body, scope), this.native('_negate', []));
      case 'pipe':
        return this.#pipe(this.compile(node.left, scope), this.compile(node.right, scope));
      case 'comma':
        return this.#comma(this.compile(node.left, scope), this.compile(node.right, scope));
      case 'binary':
        return this.#binary(OPERATIONS[node.op], this.compile(node.left, scope), this.compile(node.right, scope));
      case 'and':
      case 'or':
        return this.#logic(node.kind === 'or', this.compile(node.left, scope), this.compile(node.right, scope));
      case 'alternative':
        return this.#alternative(this.compile(node.left, scope), this.compile(node.right, scope));
      case 'assign':
        return compileAssign(this, this.compile(node.left, scope), this.compile(node.right, scope));
      case 'modify':
        return compileModify(this, this.compile(node.left, scope), this.compile(node.right, scope));
      case 'update':
        return compileUpdate(this, node, scope);
      case 'if':
        return this.#if(this.compile(node.test, scope), this.compile(node.then, scope), this.compile(node.otherwise, scope));
      case 'try':
        return this.#try(this.compile(node.body, scope), node.handler && this.compile(node.handler, scope));
      case 'reduce':
      case 'foreach':
        return compileFold(this, node, scope);
      case 'bind':
        return this.#bind(node, scope);
      case 'label':
        return this.#label(node, scope);
      case 'break':
        return this.#break(node, scope);
      case 'def':
        return this.#def(node.def, node.body, scope);
      case 'call':
        return this.#call(node, scope);
      case 'variable':
        return this.#variable(node, scope);
    }
  }

  /** An argument that is evaluated for its value only, outside any path. */
  value(code: Code, env: Env | undefined, v: Json, then: (value: Json) => Next): Next {
    return code(env, v, undefined, (result) => then(result));
  }

  #pipe(left: Code, right: Code): Code {
    return (env, v, p, then) => left(env, v, p, (v2, p2) => right(env, v2, p2, then));
  }

  #comma(left: Code, right: Code): Code {
    return (env, v, p, then) => {
      this.machine.fork(() => right(env, v, p, then));
      return left(env, v, p, then);
    };
  }

  #binary(op: (a: Json, b: Json) => Json, left: Code, right: Code): Code {
    return (env, v, p, then) => this.value(right, env, v, (b) => this.value(left, env, v, (a) => then(op(a, b), p)));
  }

  #logic(or: boolean, left: Code, right: Code): Code {
    return (env, v, p, then) =>
      left(env, v, p, (a, p2) => (isTrue(a) === or ? then(or, p2) : right(env, v, p2, (b, p3) => then(isTrue(b), p3))));
  }

  #alternative(left: Code, right: Code): Code {
    return (env, v, p, then) => {
      let found = false;
      this.machine.fork(() => (found ? this.machine.backtrack() : right(env, v, p, then)));
      return left(env, v, p, (a, p2) => {
        if (!isTrue(a)) return this.machine.backtrack();
        found = true;
        return then(a, p2);
      });
    };
  }

  #string(node: Node & { kind: 'string' }, scope: Scope | undefined): Code {
    const parts = node.parts.map((part) =>
      typeof part === 'string' ? part : this.#pipe(this.compile(part, scope), this.native('format', [constant(node.format)])),
    );
    // As a sum from the left: the last part varies slowest.
    const join = (at: number, env: Env | undefined, v: Json, tail: string, then: (text: string) => Next): Next => {
      if (at < 0) return then(tail);
      const part = parts[at];
      if (typeof part === 'string') return join(at - 1, env, v, part + tail, then);
      return this.value(part, env, v, (text) => join(at - 1, env, v, String(text) + tail, then));
    };
    return (env, v, p, then) => join(parts.length - 1, env, v, '', (text) => then(text, p));
  }

  /** `v[key]` in a path expression or out of one. */
  step(v: Json, key: Json, path: Path | undefined, optional: boolean, then: Then): Next {
    if (path !== undefined && !same(v, path.value))
      throw new JqError(`Invalid path expression near attempt to access element ${brief(key)} of ${brief(v)}`);
    let found: Json;
    try {
      found = index(v, key);
    } catch (error) {
      if (optional && error instanceof JqError) return this.machine.backtrack();
      throw error;
    }
    return then(found, follow(path, key, found));
  }

  #index(node: Node & { kind: 'index' }, scope: Scope | undefined): Code {
    const of = this.compile(node.of, scope);
    if (node.key.kind === 'literal') {
      const key = node.key.value;
      return (env, v, p, then) => of(env, v, p, (t, p2) => this.step(t, key, p2, node.optional, then));
    }
    const key = this.compile(node.key, scope);
    return (env, v, p, then) => this.value(key, env, v, (k) => of(env, v, p, (t, p2) => this.step(t, k, p2, node.optional, then)));
  }

  #slice(node: Node & { kind: 'slice' }, scope: Scope | undefined): Code {
    const nothing: Code = (_env, _v, p, then) => then(null, p);
    const from = node.from ? this.compile(node.from, scope) : nothing;
    const to = node.to ? this.compile(node.to, scope) : nothing;
    const of = this.compile(node.of, scope);
    return (env, v, p, then) =>
      this.value(from, env, v, (start) =>
        this.value(to, env, v, (end) => {
          const key = new Map([
            ['start', start],
            ['end', end],
          ]);
          return of(env, v, p, (t, p2) => this.step(t, key, p2, node.optional, then));
        }),
      );
  }

  #iterate(node: Node & { kind: 'iterate' }, scope: Scope | undefined): Code {
    const of = this.compile(node.of, scope);
    return (env, v, p, then) => of(env, v, p, (t, p2) => this.each(t, p2, node.optional, then));
  }

  each(v: Json, path: Path | undefined, optional: boolean, then: Then): Next {
    if (path !== undefined && !same(v, path.value))
      throw new JqError(`Invalid path expression near attempt to iterate through ${brief(v)}`);
    const list = isArray(v);
    if (!list && !isObject(v)) {
      if (optional) return this.machine.backtrack();
      throw new JqError(`Cannot iterate over ${kindOf(v)} (${brief(v)})`);
    }
    const keys = list ? undefined : [...v.keys()];
    const items = list ? v : [...v.values()];
    const give = (i: number): Next => {
      if (i >= items.length) return this.machine.backtrack();
      if (i < items.length - 1) this.machine.fork(() => give(i + 1));
      return then(items[i], follow(path, keys ? keys[i] : i, items[i]));
    };
    return give(0);
  }

  #array(body: Node | undefined, scope: Scope | undefined): Code {
    if (body === undefined) return (_env, _v, p, then) => then([], p);
    const code = this.compile(body, scope);
    return (env, v, p, then) => {
      const items: Json[] = [];
      this.machine.fork(() => then(items, p));
      return code(env, v, p, (item) => {
        if (items.push(item) > JQ_ELEMENTS_MAX) throw new JqExhausted();
        return this.machine.backtrack();
      });
    };
  }

  #object(pairs: readonly { readonly key: Node; readonly value: Node }[], scope: Scope | undefined): Code {
    const codes = pairs.map(({ key, value }) => ({ key: this.compile(key, scope), value: this.compile(value, scope) }));
    const fill = (at: number, so: ReadonlyMap<string, Json>, env: Env | undefined, v: Json, then: (o: Json) => Next): Next => {
      if (at === codes.length) return then(so);
      return this.value(codes[at].key, env, v, (key) =>
        this.value(codes[at].value, env, v, (value) => {
          if (typeof key !== 'string') throw new JqError(`Cannot use ${kindOf(key)} (${brief(key)}) as object key`);
          return fill(at + 1, new Map(so).set(key, value), env, v, then);
        }),
      );
    };
    return (env, v, p, then) => fill(0, new Map(), env, v, (object) => then(object, p));
  }

  #if(test: Code, yes: Code, no: Code): Code {
    return (env, v, p, then) => this.value(test, env, v, (t) => (isTrue(t) ? yes : no)(env, v, p, then));
  }

  #try(body: Code, handler: Code | undefined): Code {
    return (env, v, p, then) =>
      this.machine.attempt(
        (error) => (handler === undefined ? this.machine.backtrack() : handler(env, error, p, then)),
        then,
        (done) => body(env, v, p, done),
      );
  }

  #bind(node: Node & { kind: 'bind' }, scope: Scope | undefined): Code {
    const source = this.compile(node.source, scope);
    const bound = compilePatterns(this, node.patterns, scope, (inner) => this.compile(node.body, inner));
    return (env, v, p, then) => this.value(source, env, v, (x) => bound(env, x, v, p, then));
  }

  #label(node: Node & { kind: 'label' }, scope: Scope | undefined): Code {
    const body = this.compile(node.body, { name: `*label-${node.name}`, arity: -1, up: scope });
    return (env, v, p, then) => {
      const label = this.machine.label();
      return this.machine.attempt(
        (error) => (equal(error, label) ? this.machine.backtrack() : this.machine.raise(error)),
        then,
        (done) => body({ cell: label, up: env }, v, p, done),
      );
    };
  }

  #break(node: Node & { kind: 'break' }, scope: Scope | undefined): Code {
    const label = this.#variable({ kind: 'variable', name: `*label-${node.name}`, at: node.at }, scope);
    return (env, v, p) =>
      label(env, v, p, (error) => {
        throw new JqError(error);
      });
  }

  #variable(node: Node & { kind: 'variable' }, scope: Scope | undefined): Code {
    let depth = 0;
    for (let s = scope; s !== undefined; s = s.up, depth++) {
      if (s.name !== node.name || s.arity !== -1) continue;
      return (env, _v, p, then) => then(lookUp(env, depth) as Json, p);
    }
    const global = this.#globals.get(node.name);
    if (global !== undefined) return (_env, _v, p, then) => then(global, p);
    this.errors.push({ message: `$${node.name} is not defined`, at: node.at });
    return (_env, v, p, then) => then(v, p);
  }

  // Definitions and calls.

  /** A definition's body, compiled when it is first called: jq does not look into what nobody uses. */
  #body(def: Definition, scope: Scope | undefined): () => Code {
    let started = false;
    let code: Code | undefined;
    return () => {
      if (!started) {
        started = true;
        code = this.#function(def, scope);
      }
      // A recursive call asks while the body is being compiled; by the time it runs there is a body.
      return code ?? ((env, v, p, then) => (code as Code)(env, v, p, then));
    };
  }

  /** `$x` parameters are filters first, then each of their values in turn. */
  #function(def: Definition, scope: Scope | undefined): Code {
    let inner = scope;
    for (const param of def.params) inner = { name: param.replace(/^\$/, ''), arity: 0, up: inner };
    const variables = def.params.flatMap((param, i) => (param.startsWith('$') ? [{ name: param.slice(1), i }] : []));
    for (const { name } of variables) inner = { name, arity: -1, up: inner };
    const body = this.compile(def.body, inner);
    if (variables.length === 0) return body;
    const count = def.params.length;
    const bind = (at: number, env: Env | undefined, v: Json, then: (env: Env | undefined) => Next): Next => {
      if (at === variables.length) return then(env);
      const argument = lookUp(env, at + count - 1 - variables[at].i) as Closure;
      return this.value(argument.code, argument.env, v, (value) => bind(at + 1, { cell: value, up: env }, v, then));
    };
    return (env, v, p, then) => bind(0, env, v, (env2) => body(env2, v, p, then));
  }

  #def(def: Definition, rest: Node, scope: Scope | undefined): Code {
    const inner: Scope = { name: def.name, arity: def.params.length, up: scope };
    const body = this.#body(def, inner);
    const wrapped: DefinitionScope = Object.assign(inner, { body });
    const code = this.compile(rest, wrapped);
    return (env, v, p, then) => {
      const own: Env = { cell: null, up: env };
      own.cell = { code: (e, v2, p2, t) => body()(e, v2, p2, t), env: own };
      return code(own, v, p, then);
    };
  }

  #call(node: Node & { kind: 'call' }, scope: Scope | undefined): Code {
    let depth = 0;
    for (let s = scope; s !== undefined; s = s.up, depth++) {
      if (s.name !== node.name || s.arity !== node.args.length) continue;
      (s as Partial<DefinitionScope>).body?.();
      const args = node.args.map((arg) => this.compile(arg, scope));
      return (env, v, p, then) => {
        const callee = lookUp(env, depth) as Closure;
        return this.enter(callee.code, callee.env, args, env, v, p, then);
      };
    }
    return this.#builtin(node, scope);
  }

  enter(code: Code, home: Env | undefined, args: readonly Code[], env: Env | undefined, v: Json, p: Path | undefined, then: Then): Next {
    let inner = home;
    for (const arg of args) inner = { cell: { code: arg, env }, up: inner };
    const back = this.machine.calling(then);
    return () => code(inner, v, p, back);
  }

  #builtin(node: Node & { kind: 'call' }, scope: Scope | undefined): Code {
    const key = `${node.name}/${node.args.length}`;
    const special = this.#builtins.special.get(key);
    if (special !== undefined)
      return special(
        this,
        node.args.map((arg) => this.compile(arg, scope)),
      );
    const native = this.#builtins.native.get(key);
    if (native !== undefined)
      return this.native(
        node.name,
        node.args.map((arg) => this.compile(arg, scope)),
      );
    const def = this.#builtins.defined.get(key);
    if (def !== undefined) {
      let entry = this.#bodies.get(key);
      if (entry === undefined) {
        entry = {};
        this.#bodies.set(key, entry);
        entry.code = this.#function(def, undefined);
      }
      const args = node.args.map((arg) => this.compile(arg, scope));
      const found = entry;
      return (env, v, p, then) => this.enter(found.code as Code, undefined, args, env, v, p, then);
    }
    this.errors.push({ message: `${node.name}/${node.args.length} is not defined`, at: node.at });
    return (_env, v, p, then) => then(v, p);
  }

  /** A builtin that is a plain function of its input and arguments; the last argument varies slowest. */
  native(name: string, codes: readonly Code[]): Code {
    const run = this.#builtins.native.get(`${name}/${codes.length}`);
    assert(run !== undefined, `no builtin ${name}/${codes.length}`);
    if (codes.length === 0) return (_env, v, p, then) => then(run(v), p);
    const gather = (at: number, got: readonly Json[], env: Env | undefined, v: Json, then: (all: readonly Json[]) => Next): Next =>
      at < 0 ? then(got) : this.value(codes[at], env, v, (x) => gather(at - 1, [x, ...got], env, v, then));
    return (env, v, p, then) => gather(codes.length - 1, [], env, v, (all) => then(run(v, ...all), p));
  }

  /** Each path of `code` on a value, one after the other. */
  paths(code: Code, env: Env | undefined, v: Json, then: (keys: readonly Json[]) => Next): Next {
    return code(env, v, { keys: [], value: v }, (found, path) => {
      if (path === undefined || !same(found, path.value)) throw new JqError(`Invalid path expression with result ${brief(found)}`);
      return then(path.keys);
    });
  }
}

/** A definition's place in the scope knows its body, so that what is never called is never compiled. */
type DefinitionScope = Scope & { readonly body: () => Code };

const constant =
  (value: Json): Code =>
  (_env, _v, p, then) =>
    then(value, p);

function lookUp(env: Env | undefined, depth: number): Json | Closure {
  let at = env;
  for (let i = 0; i < depth; i++) at = at?.up;
  return (at as Env).cell;
}
