import type { AndOr, Command, CommandNode, CompoundList, Function as FunctionNode, PipelineNode, Script, Statement } from 'unbash';
import { SHELL_NESTING_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, type SignalName } from '../../kernel/syscalls.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { Expander, type Substitutions } from '../expand/expand.ts';
import type { Job } from '../jobs.ts';
import { ExitSignal, ReadonlyError, ShellError } from '../state/errors.ts';
import type { ArrayArgument, Interpreter, Shell, TextKind } from '../state/shell.ts';
import type { Source } from '../syntax/source.ts';
import { runArithmeticFor, runCase, runFor, runIf, runSelect, runWhile } from './compound.ts';
import { BadRegex, conditional } from './conditional.ts';
import type { Executor } from './executor.ts';
import { tellMemory } from './memory.ts';
import { complain, report } from './message.ts';
import { foreground, runCoproc, runInBackground, runStages, runSubshell } from './pipeline.ts';
import { evalText, sourceFile } from './reader.ts';
import { redirect, restore, type SavedFds } from './redirect.ts';
import { interactiveSignal } from './signals.ts';
import { SimpleCommands } from './simple.ts';
import { commandSubstitution, processSubstitution } from './substitution.ts';
import { mayTakeOver } from './tail.ts';
import { timesLine } from './timing.ts';
import { xtrace } from './xtrace.ts';

/** Walks the tree and does what it says. It keeps no state of its own: everything is in the Shell. */
export class Engine implements Executor, Substitutions {
  readonly expander: Expander;
  readonly #simple: SimpleCommands;

  constructor() {
    this.expander = new Expander(this);
    this.#simple = new SimpleCommands(this.expander, this);
  }

  // ---- text ----------------------------------------------------------------------------------------------------------

  *evalText(sh: Shell, text: string, options: { readonly name: string; readonly kind: TextKind }): Sim<number> {
    return yield* evalText(this, sh, text, options);
  }

  *source(sh: Shell, path: string, args: readonly string[] | undefined): Sim<number> {
    return yield* sourceFile(this, sh, path, args);
  }

  *runScript(sh: Shell, script: Script, source: Source): Sim<number> {
    const before = { source: sh.source, position: sh.position };
    sh.source = source;
    try {
      for (const statement of script.commands) yield* this.statement(sh, statement);
      return sh.status;
    } finally {
      sh.source = before.source;
      sh.position = before.position;
    }
  }

  *expandWord(sh: Shell, source: string): Sim<string> {
    return yield* this.expander.string(sh, source);
  }

  *arrayElements(sh: Shell, argument: ArrayArgument): Sim<{ key?: string; value: string; append?: boolean }[]> {
    return yield* this.#simple.arrayElements(sh, argument);
  }

  *runWords(sh: Shell, words: readonly string[], options: Parameters<Interpreter['runWords']>[2] = {}): Sim<number> {
    return yield* this.#simple.runWords(sh, words, options);
  }

  *runTrap(sh: Shell, name: string): Sim<void> {
    const action = sh.traps.get(name);
    if (!action || (!name.startsWith('SIG') && sh.runningTraps.includes(name))) return;
    const { status, pipeStatus, lineOverride, runningTraps } = sh;
    if (name === 'ERR' || name === 'DEBUG') sh.lineOverride = sh.line;
    sh.runningTraps = [...runningTraps, name];
    try {
      yield* this.evalText(sh, action, { name: 'trap', kind: 'trap' });
    } finally {
      sh.runningTraps = runningTraps;
      sh.status = status;
      sh.pipeStatus = pipeStatus;
      sh.lineOverride = lineOverride;
    }
  }

  /** Runs the traps of signals that came in. */
  *pending(sh: Shell): Sim<void> {
    while (sh.pendingSignals.length > 0) yield* this.runTrap(sh, sh.pendingSignals.shift()!);
  }

  *bringForward(sh: Shell, job: Job): Sim<number> {
    const statuses = yield* foreground(
      sh,
      job.processes.map((p) => p.pid),
      job.pgid,
      job.text,
      job,
    );
    return statuses[statuses.length - 1];
  }

  *defaultSignal(sh: Shell, signal: SignalName): Sim<void> {
    yield* interactiveSignal(sh, signal);
  }

  *prompt(sh: Shell, text: string): Sim<string> {
    return yield* this.expander.prompt(sh, text);
  }

  // ---- lists ---------------------------------------------------------------------------------------------------------

  *statement(sh: Shell, s: Statement): Sim<number> {
    if (sh.pendingSignals.length > 0) yield* this.pending(sh);
    if (sh.vars.hasGrown) yield* tellMemory(sh);
    if (s.background) {
      yield* runInBackground(this, sh, s.command);
      return (sh.status = 0);
    }
    if (sh.nesting >= SHELL_NESTING_MAX) throw tooDeep(sh);
    sh.nesting++;
    try {
      return s.command.type === 'AndOr' ? yield* this.#andOr(sh, s.command) : yield* this.pipeline(sh, s.command);
    } finally {
      sh.nesting--;
    }
  }

  *list(sh: Shell, list: CompoundList): Sim<number> {
    for (const s of list.commands) yield* this.statement(sh, s);
    return list.commands.length === 0 ? (sh.status = 0) : sh.status;
  }

  *#andOr(sh: Shell, node: AndOr): Sim<number> {
    const last = node.commands.length - 1;
    for (let i = 0; i <= last; i++) {
      if (i > 0 && (node.operators[i - 1] === '&&') !== (sh.status === 0)) continue;
      if (i < last) {
        sh.noErrexit++;
        try {
          yield* this.pipeline(sh, node.commands[i]);
        } finally {
          sh.noErrexit--;
        }
      } else yield* this.pipeline(sh, node.commands[i]);
    }
    return sh.status;
  }

  /** After a command failed: the ERR trap and `set -e`. */
  *#failed(sh: Shell): Sim<void> {
    if (sh.status === 0 || sh.noErrexit > 0) return;
    if (sh.traps.has('ERR') && (sh.frames.every((f) => f.kind !== 'function') || sh.options.has('errtrace')))
      yield* this.runTrap(sh, 'ERR');
    if (sh.options.has('errexit')) throw new ExitSignal(sh.status);
  }

  // ---- pipelines -----------------------------------------------------------------------------------------------------

  *pipeline(sh: Shell, node: PipelineNode): Sim<number> {
    if (node.type !== 'Pipeline') {
      yield* this.execute(sh, node);
      if (node.type !== 'Command' && node.type !== 'Function')
        sh.pipeStatus =
          node.type === 'Subshell' || node.type === 'TestCommand' || node.type === 'ArithmeticCommand' ? [sh.status] : sh.pipeStatus;
      if (sh.status !== 0 && leaf(node)) yield* this.#failed(sh);
      return sh.status;
    }
    const negations = node.prefixes.filter((p) => p.type === 'Negation').length;
    const time = node.prefixes.find((p) => p.type === 'Time');
    const started = time ? yield* now() : 0;
    if (negations > 0) sh.noErrexit++;
    try {
      if (node.commands.length === 1) {
        yield* this.execute(sh, node.commands[0]);
        if (negations === 0 && sh.status !== 0 && leaf(node.commands[0])) yield* this.#failed(sh);
      } else if (node.commands.length > 1) yield* runStages(this, sh, node);
      else sh.status = 0;
    } finally {
      if (negations > 0) sh.noErrexit--;
    }
    if (time)
      yield* complain(timesLine(sh.vars.get('TIMEFORMAT'), (yield* now()) - started, time.type === 'Time' && time.posix !== undefined));
    if (negations % 2 === 1) sh.status = sh.status === 0 ? 1 : 0;
    else if (node.commands.length > 1) yield* this.#failed(sh);
    return sh.status;
  }

  /** The body of a process that exists for this one command: an external program takes its place. */
  *inSubshell(sh: Shell, command: CommandNode, announced = false): Sim<number> {
    sh.loopDepth = 0;
    if (command.type === 'Command') return yield* this.#simple.run(sh, command, { replace: true, announced });
    if (command.type === 'Subshell') return yield* this.list(sh, command.body);
    return yield* this.execute(sh, command);
  }

  // ---- commands ------------------------------------------------------------------------------------------------------

  *execute(sh: Shell, node: CommandNode): Sim<number> {
    switch (node.type) {
      case 'Command':
        return yield* this.#simple.run(sh, node as Command, { replace: mayTakeOver(sh, node), announced: false });
      case 'BraceGroup':
        return yield* this.list(sh, node.body);
      case 'Subshell':
        return yield* runSubshell(this, sh, node);
      case 'If':
        return yield* runIf(this, sh, node);
      case 'While':
        return yield* runWhile(this, sh, node);
      case 'For':
        return yield* runFor(this, sh, node);
      case 'ArithmeticFor':
        return yield* runArithmeticFor(this, sh, node);
      case 'Case':
        return yield* runCase(this, sh, node);
      case 'Select':
        return yield* runSelect(this, sh, node);
      case 'Function':
        return this.#define(sh, node);
      case 'Coproc':
        return yield* runCoproc(this, sh, node);
      case 'TestCommand': {
        sh.position = node.pos;
        if (sh.dialect === 'dash') {
          yield* report(sh, '[[: not found');
          return (sh.status = 127);
        }
        sh.note(node);
        yield* this.debug(sh);
        const trace = sh.options.has('xtrace') ? (text: string) => this.trace(sh, `[[ ${text} ]]`) : undefined;
        try {
          return (sh.status = (yield* conditional(sh, this.expander, node.expression, trace)) ? 0 : 1);
        } catch (error) {
          if (error instanceof BadRegex) return (sh.status = 2);
          if (!(error instanceof ShellError) || error.fatal || !(error instanceof ReadonlyError || error.message.startsWith('[[: ')))
            throw error;
          yield* report(sh, error.message);
          return (sh.status = 1);
        }
      }
      case 'ArithmeticCommand': {
        sh.position = node.pos;
        sh.note(node);
        yield* this.debug(sh);
        const prefix = '((: ';
        try {
          const text = yield* this.expander.arithmeticText(sh, node.body);
          if (sh.options.has('xtrace')) yield* this.trace(sh, `(( ${text} ))`);
          return (sh.status = evaluateArithmetic(text, this.expander.scope(sh), prefix) !== 0n ? 0 : 1);
        } catch (error) {
          if (!(error instanceof ShellError) || error.fatal) throw error;
          yield* report(sh, error.message);
          return (sh.status = 1);
        }
      }
      case 'Redirected': {
        const saved: SavedFds = new Map();
        try {
          yield* redirect(sh, this.expander, node.redirects, saved);
        } catch (error) {
          yield* restore(saved);
          if (!(error instanceof ShellError) || error.fatal) throw error;
          sh.position = node.pos;
          yield* report(sh, error.message);
          return (sh.status = error.status);
        }
        try {
          return yield* this.execute(sh, node.command);
        } finally {
          yield* restore(saved);
        }
      }
    }
  }

  *trace(sh: Shell, text: string): Sim<void> {
    yield* xtrace(sh, this.expander, text);
  }

  *debug(sh: Shell): Sim<void> {
    if (sh.traps.has('DEBUG') && (sh.options.has('functrace') || sh.frames.every((f) => f.kind !== 'function')))
      yield* this.runTrap(sh, 'DEBUG');
  }

  #define(sh: Shell, node: FunctionNode): number {
    const name = node.name.text;
    sh.functions.set(name, { name, body: node.body, source: sh.source!, exported: sh.functions.get(name)?.exported });
    return (sh.status = 0);
  }

  // ---- substitutions -------------------------------------------------------------------------------------------------

  *capture(sh: Shell, text: string): Sim<string> {
    return yield* commandSubstitution(this, sh, text);
  }

  *process(sh: Shell, text: string, direction: '<' | '>'): Sim<string> {
    return yield* processSubstitution(this, sh, text, direction);
  }
}

/** Compound commands have looked at their failures already; these have not. */
function leaf(node: CommandNode): boolean {
  return (
    node.type === 'Command' ||
    node.type === 'Subshell' ||
    node.type === 'TestCommand' ||
    node.type === 'ArithmeticCommand' ||
    (node.type === 'Redirected' && leaf(node.command))
  );
}

/** Where a real shell would run out of its stack and crash. */
function tooDeep(sh: Shell): ShellError {
  const { length } = sh.frames;
  const frame = sh.frames[length - 1];
  if (frame === undefined) return new ShellError(`eval: maximum eval nesting level exceeded (${sh.nesting})`);
  if (frame.kind === 'source') return new ShellError(`${frame.name}: maximum source nesting level exceeded (${length})`);
  return new ShellError(`${frame.name}: maximum function nesting level exceeded (${length})`);
}
