import type { Sim } from '../../kernel/sim.ts';
import { ReturnSignal, ShellError } from '../state/errors.ts';
import type { Shell, ShellFunction } from '../state/shell.ts';
import type { Executor } from './executor.ts';

/** Calls a function with its arguments; assignments before it were made by the caller. */
export function* callFunction(engine: Executor, sh: Shell, f: ShellFunction, args: readonly string[]): Sim<number> {
  const limit = Number(sh.vars.get('FUNCNEST') ?? 0) || 4000;
  if (sh.frames.length >= limit) throw new ShellError(`${f.name}: maximum function nesting level exceeded (${limit})`);
  const before = {
    positional: sh.positional,
    source: sh.source,
    position: sh.position,
    loopDepth: sh.loopDepth,
    getopts: sh.getoptsPlace,
  };
  sh.nesting++; // beside the statement that calls it
  sh.frames.push({
    kind: 'function',
    name: f.name,
    file: f.source.file ?? '',
    line: sh.line,
    ...(sh.options.on('extdebug') ? { args } : {}),
  });
  sh.positional = [...args];
  sh.loopDepth = 0;
  sh.source = f.source;
  sh.vars.pushScope();
  const returnTrap = sh.options.has('functrace') ? undefined : sh.traps.get('RETURN');
  if (returnTrap !== undefined) sh.traps.delete('RETURN');
  try {
    try {
      if (sh.traps.has('DEBUG')) {
        sh.position = f.body.pos;
        yield* engine.debug(sh);
      }
      if (f.body.type === 'CompoundList') yield* engine.list(sh, f.body);
      else yield* engine.execute(sh, f.body);
    } catch (error) {
      if (!(error instanceof ReturnSignal)) throw error;
      sh.status = error.status;
    }
    if (sh.traps.has('RETURN')) yield* engine.runTrap(sh, 'RETURN');
    return sh.status;
  } catch (error) {
    if (error instanceof ShellError) error.prefix ??= sh.prefix;
    throw error;
  } finally {
    if (returnTrap !== undefined) sh.traps.set('RETURN', returnTrap);
    sh.vars.popScope();
    sh.frames.pop();
    sh.nesting--;
    sh.positional = before.positional;
    sh.source = before.source;
    sh.position = before.position;
    sh.loopDepth = before.loopDepth;
  }
}
