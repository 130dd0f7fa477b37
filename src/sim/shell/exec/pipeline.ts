import type { CommandNode, Coproc, Pipeline, Statement, Subshell } from 'unbash';
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, dup, dup2, open, pipe, setCloexec, tcsetpgrp, type WaitStatus } from '../../kernel/syscalls.ts';
import { notifyDeaths } from '../builtins/jobs.ts';
import { exitCode, type Job } from '../jobs.ts';
import { ExitSignal, Interrupted } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { commandText } from '../syntax/deparse.ts';
import type { Executor } from './executor.ts';
import { fork, reportDeath, waitFor } from './fork.ts';
import { complain } from './message.ts';
import { closeQuietly } from './redirect.ts';

/** A command as `jobs` shows it. */
function jobText(sh: Shell, node: Statement['command']): string {
  return sh.source ? commandText(sh.source.text, node) : '';
}

/** A process for each command of a pipeline, joined by pipes; with `lastpipe` the last one runs here. */
export function* runStages(engine: Executor, sh: Shell, node: Pipeline): Sim<void> {
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
        lastStatus = yield* engine.execute(sh, command);
      } finally {
        yield* dup2(saved, 0);
        yield* close(saved);
      }
      break;
    }
    const next = last ? null : yield* pipe();
    const both = !last && node.operators[i] === '|&';
    const from = input;
    if (command.type === 'Command') {
      sh.position = command.pos;
      sh.note(command);
      yield* engine.debug(sh);
    }
    const pid = yield* fork(sh, (child) => stage(engine, child, command, from, next, both), {
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
  const statuses = yield* foreground(sh, pids, group ?? 0, jobText(sh, node));
  if (lastStatus !== undefined) statuses.push(lastStatus);
  sh.pipeStatus = statuses;
  sh.status = statuses[statuses.length - 1];
  if (sh.options.has('pipefail')) sh.status = [...statuses].reverse().find((s) => s !== 0) ?? 0;
}

function* stage(
  engine: Executor,
  sh: Shell,
  command: CommandNode,
  from: number,
  to: readonly [number, number] | null,
  both: boolean,
): Sim<number> {
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
  return yield* engine.inSubshell(sh, command, true);
}

/** Waits for the processes of a job in the foreground. Gives their statuses; a stopped job goes to the table. */
export function* foreground(sh: Shell, pids: readonly number[], pgid: number, text: string, known?: Job): Sim<number[]> {
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
    yield* complain(`${sh.isBash ? '\n' : ''}${sh.jobs.format(job, sh.dialect)}`);
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

/** `command &`: a job of its own, which the shell does not wait for. */
export function* runInBackground(engine: Executor, sh: Shell, node: Statement['command']): Sim<void> {
  const monitor = sh.options.has('monitor');
  const source = sh.source;
  const quietInput = !monitor;
  const pid = yield* fork(
    sh,
    function* (child: Shell): Sim<number> {
      child.source = source;
      if (quietInput) yield* nullInput();
      if (node.type === 'AndOr' || node.type === 'Pipeline')
        return yield* engine.statement(child, { type: 'Statement', pos: node.pos, end: node.end, command: node, background: undefined });
      return yield* engine.inSubshell(child, node);
    },
    { background: true, pgid: monitor ? 0 : undefined },
  );
  sh.lastBackground = pid;
  const job = sh.jobs.add([pid], monitor ? pid : 0, jobText(sh, node), true);
  if (sh.interactive && sh.isBash) yield* complain(`[${job.id}] ${pid}\n`);
}

/** `( list )`: the list in a process of its own. */
export function* runSubshell(engine: Executor, sh: Shell, node: Subshell): Sim<number> {
  const monitor = sh.options.has('monitor');
  sh.position = node.pos;
  if (sh.traps.has('ERR')) sh.note(node);
  const pid = yield* fork(
    sh,
    (child) => {
      child.loopDepth = 0;
      return engine.list(child, node.body);
    },
    { pgid: monitor ? 0 : undefined, foregroundTty: monitor ? sh.terminalFd : undefined },
  );
  const [status] = yield* foreground(sh, [pid], monitor ? pid : 0, jobText(sh, node));
  return (sh.status = status);
}

/** `coproc`: a job in the background with a pipe to it and one from it, in the array of its name. */
export function* runCoproc(engine: Executor, sh: Shell, node: Coproc): Sim<number> {
  const name = node.name?.text ?? 'COPROC';
  const [inRead, inWrite] = yield* pipe();
  const [outRead, outWrite] = yield* pipe();
  const pid = yield* fork(
    sh,
    function* (child: Shell): Sim<number> {
      yield* dup2(inRead, 0);
      yield* dup2(outWrite, 1);
      for (const fd of [inRead, inWrite, outRead, outWrite]) yield* closeQuietly(fd);
      return node.body.type === 'CompoundList' ? yield* engine.list(child, node.body) : yield* engine.inSubshell(child, node.body);
    },
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
  sh.jobs.add([pid], 0, jobText(sh, node), true);
  return (sh.status = 0);
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
