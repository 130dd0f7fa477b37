import type { CodeSource, Scope } from './codeSource.ts';
import type { Code } from './machine.ts';
import { deletePaths, getPath, setPath } from './paths.ts';
import type { Node } from './syntax.ts';
import type { Json } from './values.ts';

/** `left = right` */
export function compileAssign(source: CodeSource, left: Code, right: Code): Code {
  return (env, v, p, then) =>
    source.value(right, env, v, (value) => {
      let state = v;
      source.machine.fork(() => then(state, p));
      return source.paths(left, env, v, (keys) => {
        state = setPath(state, keys, value);
        return source.machine.backtrack();
      });
    });
}

/** `left |= right`: the first result of `right` at each path; a path for which there is none is deleted. */
export function compileModify(source: CodeSource, left: Code, right: Code): Code {
  return (env, v, p, then) => {
    let state = v;
    const gone: (readonly Json[])[] = [];
    source.machine.fork(() => then(deletePaths(state, gone), p));
    return source.paths(left, env, v, (keys) => {
      const mark = source.machine.mark;
      source.machine.fork(() => {
        gone.push(keys);
        return source.machine.backtrack();
      });
      return source.value(right, env, getPath(state, keys), (value) => {
        state = setPath(state, keys, value);
        source.machine.forget(mark);
        return source.machine.backtrack();
      });
    });
  };
}

/** `left op= right`: `right` is evaluated on the whole input, and each of its results gives one answer. */
export function compileUpdate(source: CodeSource, node: Node & { kind: 'update' }, scope: Scope | undefined): Code {
  const inner: Scope = { name: '*value', arity: -1, up: scope };
  const operand: Node = { kind: 'variable', name: '*value', at: { start: 0, end: 0 } };
  const identity: Node = { kind: 'identity' };
  const change: Node =
    node.op === '//'
      ? { kind: 'alternative', left: identity, right: operand }
      : { kind: 'binary', op: node.op, left: identity, right: operand };
  const right = source.compile(node.right, scope);
  const modify = compileModify(source, source.compile(node.left, inner), source.compile(change, inner));
  return (env, v, p, then) => source.value(right, env, v, (value) => modify({ cell: value, up: env }, v, p, then));
}
