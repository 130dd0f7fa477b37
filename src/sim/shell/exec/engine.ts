import type {
  AndOr,
  ArithmeticFor,
  Case,
  Command,
  CommandNode,
  CompoundList,
  Coproc,
  For,
  Function as FunctionNode,
  If,
  Pipeline,
  PipelineNode,
  Script,
  Select,
  Statement,
  Subshell,
  While,
} from 'unbash';
import { Errno } from '../../kernel/errno.ts';
import { pause, type Sim } from '../../kernel/sim.ts';
import {
  close,
  dup,
  dup2,
  now,
  open,
  pipe,
  read,
  type SignalName,
  setCloexec,
  tcsetpgrp,
  type WaitStatus,
  waitpid,
} from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import { notifyDeaths } from '../builtins/jobs.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { Expander, type Substitutions } from '../expand/expand.ts';
import { matchPattern } from '../expand/pattern.ts';
import { traceQuote } from '../expand/quote.ts';
import { exitCode, type Job } from '../jobs.ts';
import { BreakSignal, ExitSignal, Interrupted, ReturnSignal, ShellError } from '../state/errors.ts';
import type { ArrayArgument, Interpreter, Shell, ShellFunction } from '../state/shell.ts';
import { commandText } from '../syntax/deparse.ts';
import { Source } from '../syntax/source.ts';
import { BadRegex, conditional } from './conditional.ts';
import { fork, reportDeath, waitFor } from './fork.ts';
import { complain, report } from './message.ts';
import { evalText, sourceFile } from './reader.ts';
import { closeQuietly, redirect, restore, type SavedFds } from './redirect.ts';
import { selectMenu } from './select.ts';
import { interactiveSignal } from './signals.ts';
import { SimpleCommands } from './simple.ts';
import { timesLine } from './timing.ts';

/** How many rounds of a loop run before other threads get their turn. */
const ROUNDS_PER_PAUSE = 64;

/** Walks the tree and does what it says. It keeps no state of its own: everything is in the Shell. */
export class Engine implements Interpreter, Substitutions {
  readonly expander: Expander;
  readonly #simple: SimpleCommands;

  constructor() {
    this.expander = new Expander(this);
    this.#simple = new SimpleCommands(this.expander, this);
  }

  // ---- text ----------------------------------------------------------------------------------------------------------

  *evalText(
    sh: Shell,
    text: string,
    options: { readonly name: string; readonly kind: 'eval' | 'source' | 'trap' | 'prompt' },
  ): Sim<number> {
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
    if (!action || (sh.inTrap > 0 && (name === 'DEBUG' || name === 'ERR' || name === 'RETURN'))) return;
    const { status, pipeStatus, lineOverride } = sh;
    if (name === 'ERR' || name === 'DEBUG') sh.lineOverride = sh.line;
    sh.inTrap++;
    try {
      yield* this.evalText(sh, action, { name: 'trap', kind: 'trap' });
    } finally {
      sh.inTrap--;
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
    const statuses = yield* this.foreground(
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
    if (s.background) {
      yield* this.#background(sh, s.command);
      return (sh.status = 0);
    }
    return s.command.type === 'AndOr' ? yield* this.#andOr(sh, s.command) : yield* this.pipeline(sh, s.command);
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

  *#condition(sh: Shell, list: CompoundList): Sim<boolean> {
    sh.noErrexit++;
    try {
      return (yield* this.list(sh, list)) === 0;
    } finally {
      sh.noErrexit--;
    }
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
      } else if (node.commands.length > 1) yield* this.#pipe(sh, node);
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

  #text(sh: Shell, node: Statement['command']): string {
    return sh.source ? commandText(sh.source.text, node) : '';
  }

  *#pipe(sh: Shell, node: Pipeline): Sim<void> {
    const monitor = sh.options.has('monitor');
    const lastHere = sh.options.on('lastpipe') && !monitor;
    const pids: number[] = [];
    let group = monitor ? 0 : undefined;
    let input = -1;
    const count = node.commands.length;
    let lastStatus: number | undefined;
    for (let i = 0; i < count; i++) {
      const command = node.commands[i];
      const last = i === count - 1;
      if (last && lastHere) {
        const saved = yield* dup(0, 10);
        yield* setCloexec(saved, true);
        yield* dup2(input, 0);
        yield* close(input);
        try {
          lastStatus = yield* this.execute(sh, command);
        } finally {
          yield* dup2(saved, 0);
          yield* close(saved);
        }
        break;
      }
      const next = last ? null : yield* pipe();
      const both = !last && node.operators[i] === '|&';
      const from = input;
      const pid = yield* fork(sh, (child) => this.#stage(child, command, from, next, both), {
        pgid: group,
        foregroundTty: monitor && group === 0 ? sh.terminalFd : undefined,
      });
      pids.push(pid);
      if (group === 0) group = pid;
      if (input >= 0) yield* close(input);
      if (next) {
        yield* close(next[1]);
        input = next[0];
      }
    }
    const statuses = yield* this.foreground(sh, pids, group ?? 0, this.#text(sh, node));
    if (lastStatus !== undefined) statuses.push(lastStatus);
    sh.pipeStatus = statuses;
    sh.status = statuses[statuses.length - 1];
    if (sh.options.has('pipefail')) sh.status = [...statuses].reverse().find((s) => s !== 0) ?? 0;
  }

  *#stage(sh: Shell, command: CommandNode, from: number, to: readonly [number, number] | null, both: boolean): Sim<number> {
    if (from >= 0) {
      yield* dup2(from, 0);
      yield* close(from);
    }
    if (to) {
      yield* close(to[0]);
      yield* dup2(to[1], 1);
      if (both) yield* dup2(1, 2);
      yield* close(to[1]);
    }
    return yield* this.inSubshell(sh, command);
  }

  /** The body of a process that exists for this one command: an external program takes its place. */
  *inSubshell(sh: Shell, command: CommandNode): Sim<number> {
    sh.loopDepth = 0;
    if (command.type === 'Command') return yield* this.#simple.run(sh, command, true);
    if (command.type === 'Subshell') return yield* this.list(sh, command.body);
    return yield* this.execute(sh, command);
  }

  /** Waits for the processes of a job in the foreground. Gives their statuses; a stopped job goes to the table. */
  *foreground(sh: Shell, pids: readonly number[], pgid: number, text: string, known?: Job): Sim<number[]> {
    const monitor = sh.options.has('monitor');
    const ended = new Map<number, WaitStatus>();
    let stopped: WaitStatus | undefined;
    for (const pid of pids) {
      const earlier = known?.processes.find((p) => p.pid === pid)?.status;
      if (earlier && (earlier.kind === 'exited' || earlier.kind === 'signaled')) {
        ended.set(pid, earlier);
        continue;
      }
      const status = yield* waitFor(pid, monitor);
      if (status) ended.set(pid, status);
      if (status?.kind === 'stopped') stopped = status;
    }
    if (monitor && sh.terminalFd >= 0) yield* tcsetpgrp(sh.terminalFd, sh.pid);
    if (stopped) {
      const job = known ?? sh.jobs.add(pids, pgid, text, false);
      job.background = false;
      for (const [pid, status] of ended) sh.jobs.update(pid, status);
      job.notified = true;
      yield* complain(`\n${sh.jobs.format(job)}`);
    } else {
      const lastPid = pids[pids.length - 1];
      const death = ended.get(lastPid);
      if (death) yield* reportDeath(sh, lastPid, death, text);
      if (known) sh.jobs.remove(known);
      if (!sh.interactive && sh.jobs.list.length > 0) yield* notifyDeaths(sh);
      const killed = death?.kind === 'signaled' && death.signal === 'SIGINT';
      if (killed && !sh.traps.has('SIGINT')) {
        sh.status = 130;
        sh.pipeStatus = pids.map((pid) => exitCode(ended.get(pid) ?? { kind: 'exited', code: 127 }));
        throw sh.interactive ? new Interrupted('SIGINT') : new ExitSignal(130);
      }
    }
    return pids.map((pid) => exitCode(ended.get(pid) ?? { kind: 'exited', code: 127 }));
  }

  *#background(sh: Shell, node: Statement['command']): Sim<void> {
    const monitor = sh.options.has('monitor');
    const source = sh.source;
    const quietInput = !monitor;
    const pid = yield* fork(
      sh,
      function* (this: Engine, child: Shell): Sim<number> {
        child.source = source;
        if (quietInput) yield* nullInput();
        if (node.type === 'AndOr' || node.type === 'Pipeline')
          return yield* this.statement(child, { type: 'Statement', pos: node.pos, end: node.end, command: node, background: undefined });
        return yield* this.inSubshell(child, node);
      }.bind(this),
      { background: true, pgid: monitor ? 0 : undefined },
    );
    sh.lastBackground = pid;
    const job = sh.jobs.add([pid], monitor ? pid : 0, this.#text(sh, node), true);
    if (sh.interactive) yield* complain(`[${job.id}] ${pid}\n`);
  }

  // ---- commands ------------------------------------------------------------------------------------------------------

  *execute(sh: Shell, node: CommandNode): Sim<number> {
    switch (node.type) {
      case 'Command':
        return yield* this.#simple.run(sh, node as Command, false);
      case 'BraceGroup':
        return yield* this.list(sh, node.body);
      case 'Subshell':
        return yield* this.#subshell(sh, node);
      case 'If':
        return yield* this.#if(sh, node);
      case 'While':
        return yield* this.#while(sh, node);
      case 'For':
        return yield* this.#for(sh, node);
      case 'ArithmeticFor':
        return yield* this.#arithmeticFor(sh, node);
      case 'Case':
        return yield* this.#case(sh, node);
      case 'Select':
        return yield* this.#select(sh, node);
      case 'Function':
        return this.#define(sh, node);
      case 'Coproc':
        return yield* this.#coproc(sh, node);
      case 'TestCommand': {
        sh.position = node.pos;
        if (sh.dialect === 'dash') {
          yield* report(sh, '[[: not found');
          return (sh.status = 127);
        }
        yield* this.debug(sh);
        const trace = sh.options.has('xtrace') ? (text: string) => this.trace(sh, `[[ ${text} ]]`) : undefined;
        try {
          return (sh.status = (yield* conditional(sh, this.expander, node.expression, trace)) ? 0 : 1);
        } catch (error) {
          if (error instanceof BadRegex) return (sh.status = 2);
          if (!(error instanceof ShellError) || !error.message.startsWith('[[: ')) throw error;
          yield* report(sh, error.message);
          return (sh.status = 1);
        }
      }
      case 'ArithmeticCommand': {
        sh.position = node.pos;
        yield* this.debug(sh);
        if (sh.options.has('xtrace')) yield* this.trace(sh, `(( ${node.body.trim()} ))`);
        const prefix = '((: ';
        try {
          const text = yield* this.expander.arithmeticText(sh, node.body);
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
    const ps4 = sh.vars.get('PS4') ?? '+ ';
    sh.options.change('xtrace', false);
    const decoded = yield* this.expander.prompt(sh, ps4);
    sh.options.change('xtrace', true);
    yield* complain(`${decoded.slice(0, 1).repeat(sh.traceLevel)}${decoded}${text}\n`);
  }

  *debug(sh: Shell): Sim<void> {
    if (sh.traps.has('DEBUG') && (sh.options.has('functrace') || sh.frames.every((f) => f.kind !== 'function')))
      yield* this.runTrap(sh, 'DEBUG');
  }

  *#subshell(sh: Shell, node: Subshell): Sim<number> {
    const monitor = sh.options.has('monitor');
    const pid = yield* fork(
      sh,
      (child) => {
        child.loopDepth = 0;
        return this.list(child, node.body);
      },
      { pgid: monitor ? 0 : undefined, foregroundTty: monitor ? sh.terminalFd : undefined },
    );
    const [status] = yield* this.foreground(sh, [pid], monitor ? pid : 0, this.#text(sh, node));
    return (sh.status = status);
  }

  *#if(sh: Shell, node: If): Sim<number> {
    if (yield* this.#condition(sh, node.clause)) return yield* this.list(sh, node.then);
    for (const branch of node.elif) if (yield* this.#condition(sh, branch.clause)) return yield* this.list(sh, branch.then);
    return node.else ? yield* this.list(sh, node.else) : (sh.status = 0);
  }

  /** One round of a loop: false if `break` ended it. */
  *#round(sh: Shell, body: CompoundList): Sim<boolean> {
    if (++sh.rounds % ROUNDS_PER_PAUSE === 0) yield* pause();
    sh.loopDepth++;
    try {
      yield* this.list(sh, body);
      return true;
    } catch (error) {
      if (!(error instanceof BreakSignal)) throw error;
      sh.status = 0;
      if (error.levels > 1 && sh.loopDepth > 1) {
        error.levels--;
        throw error;
      }
      return error.kind === 'continue';
    } finally {
      sh.loopDepth--;
    }
  }

  *#while(sh: Shell, node: While): Sim<number> {
    let status = 0;
    for (;;) {
      sh.loopDepth++;
      let holds: boolean;
      try {
        holds = yield* this.#condition(sh, node.clause);
      } catch (error) {
        if (!(error instanceof BreakSignal) || error.kind === 'continue') throw error;
        break;
      } finally {
        sh.loopDepth--;
      }
      if (holds === (node.kind === 'until')) break;
      const more = yield* this.#round(sh, node.body);
      status = sh.status;
      if (!more) break;
    }
    return (sh.status = status);
  }

  *#items(sh: Shell, words: For['wordlist']): Sim<readonly string[]> {
    return words === undefined
      ? [...sh.positional]
      : yield* this.expander.words(
          sh,
          words.map((w) => w.text),
        );
  }

  *#for(sh: Shell, node: For): Sim<number> {
    const name = node.name.text;
    sh.position = node.pos;
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      yield* report(sh, `\`${name}': not a valid identifier`);
      return (sh.status = 1);
    }
    const items = yield* this.#items(sh, node.wordlist);
    let status = 0;
    for (const item of items) {
      sh.position = node.pos;
      if (sh.options.has('xtrace'))
        yield* this.trace(sh, `for ${name}${node.wordlist ? ` in ${node.wordlist.map((w) => w.text).join(' ')}` : ' in "$@"'}`);
      yield* this.debug(sh);
      const v = sh.vars.raw(name);
      if (v?.nameref) v.value = item;
      else sh.vars.set(name, item);
      const more = yield* this.#round(sh, node.body);
      status = sh.status;
      if (!more) break;
    }
    return (sh.status = status);
  }

  *#arithmeticFor(sh: Shell, node: ArithmeticFor): Sim<number> {
    const header = sh.source!.text.slice(node.pos, node.body.pos);
    const open = header.indexOf('((') + 2;
    const parts = splitHeader(header.slice(open, header.lastIndexOf('))')));
    const evaluate = function* (this: Engine, text: string, fallback: bigint): Sim<bigint> {
      if (text.trim() === '') return fallback;
      if (sh.options.has('xtrace')) yield* this.trace(sh, `(( ${text.trim()} ))`);
      return yield* this.expander.arithmetic(sh, text, '((: ');
    }.bind(this);
    let status = 0;
    try {
      yield* evaluate(parts[0], 0n);
      while ((yield* evaluate(parts[1] ?? '', 1n)) !== 0n) {
        const more = yield* this.#round(sh, node.body);
        status = sh.status;
        if (!more) break;
        yield* evaluate(parts[2] ?? '', 0n);
      }
    } catch (error) {
      if (!(error instanceof ShellError) || error.fatal) throw error;
      yield* report(sh, error.message);
      status = 1;
    }
    return (sh.status = status);
  }

  *#case(sh: Shell, node: Case): Sim<number> {
    sh.position = node.pos;
    const word = yield* this.expander.string(sh, node.word.text);
    if (sh.options.has('xtrace')) yield* this.trace(sh, `case ${traceQuote(word)} in`);
    const options = this.expander.patternOptions(sh);
    let through = false;
    let status = 0;
    for (const item of node.items) {
      let matches = through;
      for (let i = 0; !matches && i < item.pattern.length; i++)
        matches = matchPattern(yield* this.expander.pattern(sh, item.pattern[i].text), word, options);
      if (!matches) continue;
      status = yield* this.list(sh, item.body);
      if (item.terminator === ';&') through = true;
      else if (item.terminator === ';;&') through = false;
      else break;
    }
    return (sh.status = status);
  }

  *#select(sh: Shell, node: Select): Sim<number> {
    const items = yield* this.#items(sh, node.wordlist);
    if (items.length === 0) return (sh.status = 0);
    let status = 0;
    let show = true;
    for (;;) {
      const choice: string | null = yield* selectMenu(sh, items, show, this.expander);
      if (choice === null) return (sh.status = 1);
      show = choice === '';
      if (show) continue;
      sh.vars.set('REPLY', choice);
      sh.vars.set(node.name.text, /^\s*\d+\s*$/.test(choice) ? (items[Number(choice) - 1] ?? '') : '');
      const more = yield* this.#round(sh, node.body);
      status = sh.status;
      if (!more) return (sh.status = status);
      show = sh.vars.get('REPLY') === '';
    }
  }

  #define(sh: Shell, node: FunctionNode): number {
    const name = node.name.text;
    sh.functions.set(name, { name, body: node.body, source: sh.source!, exported: sh.functions.get(name)?.exported });
    return (sh.status = 0);
  }

  *#coproc(sh: Shell, node: Coproc): Sim<number> {
    const name = node.name?.text ?? 'COPROC';
    const [inRead, inWrite] = yield* pipe();
    const [outRead, outWrite] = yield* pipe();
    const pid = yield* fork(
      sh,
      function* (this: Engine, child: Shell): Sim<number> {
        yield* dup2(inRead, 0);
        yield* dup2(outWrite, 1);
        for (const fd of [inRead, inWrite, outRead, outWrite]) yield* closeQuietly(fd);
        return node.body.type === 'CompoundList' ? yield* this.list(child, node.body) : yield* this.inSubshell(child, node.body);
      }.bind(this),
      { background: true },
    );
    yield* close(inRead);
    yield* close(outWrite);
    const ends: number[] = [];
    for (const fd of [outRead, inWrite]) {
      const high = yield* dup(fd, 60);
      yield* setCloexec(high, true);
      yield* close(fd);
      ends.push(high);
    }
    sh.vars.define(name, { value: undefined, array: new Map(ends.map((fd, i) => [i, String(fd)])) });
    sh.vars.set(`${name}_PID`, String(pid));
    sh.lastBackground = pid;
    sh.jobs.add([pid], 0, this.#text(sh, node), true);
    return (sh.status = 0);
  }

  /** Calls a function with its arguments; assignments before it were made by the caller. */
  *callFunction(sh: Shell, f: ShellFunction, args: readonly string[]): Sim<number> {
    const limit = Number(sh.vars.get('FUNCNEST') ?? 0) || 4000;
    if (sh.frames.length >= limit) throw new ShellError(`${f.name}: maximum function nesting level exceeded (${limit})`);
    const before = {
      positional: sh.positional,
      source: sh.source,
      position: sh.position,
      loopDepth: sh.loopDepth,
      getopts: sh.getoptsPlace,
    };
    sh.frames.push({ kind: 'function', name: f.name, file: f.source.file ?? '', line: sh.line });
    sh.positional = [...args];
    sh.loopDepth = 0;
    sh.source = f.source;
    sh.vars.pushScope();
    const returnTrap = sh.options.has('functrace') ? undefined : sh.traps.get('RETURN');
    if (returnTrap !== undefined) sh.traps.delete('RETURN');
    try {
      try {
        if (f.body.type === 'CompoundList') yield* this.list(sh, f.body);
        else yield* this.execute(sh, f.body);
      } catch (error) {
        if (!(error instanceof ReturnSignal)) throw error;
        sh.status = error.status;
      }
      if (sh.traps.has('RETURN')) yield* this.runTrap(sh, 'RETURN');
      return sh.status;
    } finally {
      if (returnTrap !== undefined) sh.traps.set('RETURN', returnTrap);
      sh.vars.popScope();
      sh.frames.pop();
      sh.positional = before.positional;
      sh.source = before.source;
      sh.position = before.position;
      sh.loopDepth = before.loopDepth;
    }
  }

  // ---- substitutions -------------------------------------------------------------------------------------------------

  *capture(sh: Shell, text: string): Sim<string> {
    const file = /^\s*<\s*([^\s<>|&;]+)\s*$/.exec(text);
    const [readEnd, writeEnd] = yield* pipe();
    const line = sh.line;
    const pid = yield* fork(
      sh,
      function* (this: Engine, child: Shell): Sim<number> {
        yield* close(readEnd);
        if (writeEnd !== 1) {
          yield* dup2(writeEnd, 1);
          yield* close(writeEnd);
        }
        child.traceLevel++;
        child.loopDepth = 0;
        if (!child.options.on('inherit_errexit') && child.isBash && !child.options.has('posix')) child.options.change('errexit', false);
        if (file) return yield* this.evalText(child, `cat < ${file[1]}`, { name: 'command substitution', kind: 'eval' });
        const part = new Source(text, line, child.source?.file);
        child.noErrexit = 0;
        return yield* this.runSubstituted(child, part);
      }.bind(this),
    );
    yield* close(writeEnd);
    const decoder = new Utf8Decoder();
    let out = '';
    try {
      for (let chunk = yield* read(readEnd, 65536); chunk.length > 0; chunk = yield* read(readEnd, 65536)) out += decoder.decode(chunk);
      out += decoder.flush();
    } finally {
      yield* close(readEnd);
    }
    const status = yield* waitFor(pid, false);
    sh.lastExpansionStatus = status ? exitCode(status) : 127;
    sh.status = sh.lastExpansionStatus;
    if (out.includes('\0')) {
      yield* report(sh, 'warning: command substitution: ignored null byte in input');
      out = out.replaceAll('\0', '');
    }
    return out.replace(/\n+$/, '');
  }

  /** Executes the commands of a substitution: a lone program takes the subshell's place. */
  *runSubstituted(sh: Shell, part: Source): Sim<number> {
    const { commands } = part.script;
    sh.source = part;
    sh.aliases = sh.options.on('expand_aliases') ? sh.aliases : new Map();
    if (part.script.errors?.length || sh.aliases.size > 0)
      return yield* this.evalText(sh, part.text, { name: 'command substitution', kind: 'eval' });
    for (let i = 0; i < commands.length - 1; i++) yield* this.statement(sh, commands[i]);
    const last = commands[commands.length - 1];
    if (!last) return 0;
    if (last.command.type === 'Command' && !last.background && !sh.traps.has('EXIT')) return yield* this.inSubshell(sh, last.command);
    return yield* this.statement(sh, last);
  }

  *process(sh: Shell, text: string, direction: '<' | '>'): Sim<string> {
    const [readEnd, writeEnd] = yield* pipe();
    const [ours, theirs] = direction === '<' ? [readEnd, writeEnd] : [writeEnd, readEnd];
    const target = direction === '<' ? 1 : 0;
    const part = new Source(text, sh.line, sh.source?.file);
    const pid = yield* fork(
      sh,
      function* (this: Engine, child: Shell): Sim<number> {
        yield* close(ours);
        yield* dup2(theirs, target);
        yield* close(theirs);
        for (const fd of sh.substitutionFds) yield* closeQuietly(fd);
        child.loopDepth = 0;
        return yield* this.runSubstituted(child, part);
      }.bind(this),
    );
    yield* close(theirs);
    const fd = yield* dup(ours, 63 - sh.substitutionFds.length);
    yield* close(ours);
    sh.substitutionFds.push(fd);
    sh.substitutions.push(pid);
    sh.lastBackground = pid;
    return `/dev/fd/${fd}`;
  }

  /** Closes what process substitutions opened since `mark` and collects those that have ended. */
  *endSubstitutions(sh: Shell, mark: number): Sim<void> {
    for (const fd of sh.substitutionFds.splice(mark)) yield* closeQuietly(fd);
    for (const pid of [...sh.substitutions]) {
      try {
        if (yield* waitpid(pid, { nohang: true })) sh.substitutions.splice(sh.substitutions.indexOf(pid), 1);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        sh.substitutions.splice(sh.substitutions.indexOf(pid), 1);
      }
    }
  }
}

/** Without job control a command in the background reads nothing. */
function* nullInput(): Sim<void> {
  try {
    const fd = yield* open('/dev/null', 'r');
    yield* dup2(fd, 0);
    yield* close(fd);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
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

/** The three expressions of `for ((a; b; c))`. */
function splitHeader(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ';' && depth === 0) {
      out.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...out, text.slice(from)];
}
