import type { Builtin } from '../state/shell.ts';

const modules = import.meta.glob<{ readonly builtins: readonly Builtin[] }>(['./*.ts', '!./index.ts', '!./*.test.ts'], { eager: true });

/** All builtins by name. A file in this folder that exports `builtins` is all it takes to add one. */
export function createBuiltins(): ReadonlyMap<string, Builtin> {
  const table = new Map<string, Builtin>();
  for (const path of Object.keys(modules).sort()) for (const builtin of modules[path].builtins) table.set(builtin.name, builtin);
  return table;
}
