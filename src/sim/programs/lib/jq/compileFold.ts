import type { CodeSource, Scope } from './codeSource.ts';
import { compilePatterns } from './compilePatterns.ts';
import type { Code, Env } from './machine.ts';
import type { Node } from './syntax.ts';
import type { Json } from './values.ts';

/**
 * `reduce` and `foreach`. The state is one box for all steps; while a step runs it holds null, which is what stays when the step has no
 * result. In a path expression the path goes where the source's values were found: that is why `path(limit(1; .[]))` works.
 */
export function compileFold(source: CodeSource, node: Node & { kind: 'reduce' | 'foreach' }, scope: Scope | undefined): Code {
  const { machine } = source;
  const values = source.compile(node.source, scope);
  const init = source.compile(node.init, scope);
  // The box is a variable without a name that a program could write.
  const step = compilePatterns(source, node.patterns, { name: '*state', arity: -1, up: scope }, (inner) => {
    const update = source.compile(node.update, inner);
    const extract = node.kind === 'foreach' && node.extract !== undefined ? source.compile(node.extract, inner) : undefined;
    const depth = depthOf('*state', inner);
    return (env, state, path, then) =>
      update(env, state, path, (next, path2) => {
        cellAt(env, depth).cell = next;
        if (node.kind === 'reduce') return machine.backtrack();
        return extract === undefined ? then(next, path2) : extract(env, next, path2, then);
      });
  });
  return (env, v, p, then) =>
    init(env, v, p, (first, p2) => {
      const box: Env = { cell: first, up: env };
      if (node.kind === 'reduce') machine.fork(() => then(box.cell as Json, p2));
      return values(env, v, p2, (x, p3) => {
        const state = box.cell as Json;
        box.cell = null;
        return step(box, x, state, p3, then);
      });
    });
}

function depthOf(name: string, scope: Scope | undefined): number {
  let depth = 0;
  for (let s = scope; s !== undefined && s.name !== name; s = s.up) depth++;
  return depth;
}

function cellAt(env: Env | undefined, depth: number): Env {
  let at = env;
  for (let i = 0; i < depth; i++) at = at?.up;
  return at as Env;
}
