import type { Statement } from 'unbash';
import { Errno } from '../../kernel/errno.ts';
import { STRING_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, dup, dup2, pipe, read, readFile, waitpid, write } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import { exitCode } from '../jobs.ts';
import { outOfMemory } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { Source } from '../syntax/source.ts';
import type { Executor } from './executor.ts';
import { fork, waitFor } from './fork.ts';
import { tellMemory } from './memory.ts';
import { report } from './message.ts';
import { closeQuietly } from './redirect.ts';

/** The kernel hears of what a substitution has read each time that it has grown by this, in characters. */
const TELL_EACH = 1024 * 1024;

/** `$(text)`: what its commands print, without the line ends at its end. */
export function* commandSubstitution(engine: Executor, sh: Shell, text: string): Sim<string> {
  const file = sh.isBash ? /^\s*<\s*([^\s<>|&;]+)\s*$/.exec(text) : null;
  const [readEnd, writeEnd] = yield* pipe();
  const line = sh.line;
  const pid = yield* fork(sh, function* (child: Shell): Sim<number> {
    yield* close(readEnd);
    if (writeEnd !== 1) {
      yield* dup2(writeEnd, 1);
      yield* close(writeEnd);
    }
    child.loopDepth = 0;
    if (!child.options.on('inherit_errexit') && child.isBash && !child.options.has('posix')) child.options.change('errexit', false);
    if (file) return yield* printFile(child, yield* engine.expander.string(child, file[1]));
    const part = new Source(text, line, child.source?.file);
    child.noErrexit = 0;
    return yield* runSubstituted(engine, child, part);
  });
  yield* close(writeEnd);
  const decoder = new Utf8Decoder();
  let out = '';
  let told = 0;
  try {
    for (let chunk = yield* read(readEnd, 65536); chunk.length > 0; chunk = yield* read(readEnd, 65536)) {
      out += decoder.decode(chunk);
      if (out.length > STRING_MAX) throw outOfMemory(out.length);
      if (out.length - told < TELL_EACH) continue;
      told = out.length;
      yield* tellMemory(sh, told);
    }
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

/** `$(< file)`: bash reads the file itself. */
function* printFile(sh: Shell, path: string): Sim<number> {
  try {
    yield* write(1, yield* readFile(path));
    return 0;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* report(sh, `${path}: ${error.message}`);
    return 1;
  }
}

/** Executes the commands of a substitution: a lone program takes the subshell's place. */
function* runSubstituted(engine: Executor, sh: Shell, part: Source): Sim<number> {
  sh.source = part;
  sh.aliases = sh.options.on('expand_aliases') ? sh.aliases : new Map();
  if (part.script.errors?.length || sh.aliases.size > 0)
    return yield* engine.evalText(sh, part.text, { name: 'command substitution', kind: 'eval' });
  sh.traceLevel++;
  try {
    return yield* runCommands(engine, sh, part.script.commands);
  } finally {
    sh.traceLevel--;
  }
}

function* runCommands(engine: Executor, sh: Shell, commands: readonly Statement[]): Sim<number> {
  for (let i = 0; i < commands.length - 1; i++) yield* engine.statement(sh, commands[i]);
  const last = commands[commands.length - 1];
  if (!last) return 0;
  if (last.command.type === 'Command' && !last.background && !sh.traps.has('EXIT')) return yield* engine.inSubshell(sh, last.command);
  return yield* engine.statement(sh, last);
}

/** `<(text)` and `>(text)`: a pipe to or from a subshell, as a path under /dev/fd. */
export function* processSubstitution(engine: Executor, sh: Shell, text: string, direction: '<' | '>'): Sim<string> {
  const [readEnd, writeEnd] = yield* pipe();
  const [ours, theirs] = direction === '<' ? [readEnd, writeEnd] : [writeEnd, readEnd];
  const target = direction === '<' ? 1 : 0;
  const part = new Source(text, sh.line, sh.source?.file);
  const pid = yield* fork(sh, function* (child: Shell): Sim<number> {
    yield* close(ours);
    yield* dup2(theirs, target);
    yield* close(theirs);
    for (const fd of sh.substitutionFds) yield* closeQuietly(fd);
    child.loopDepth = 0;
    return yield* runSubstituted(engine, child, part);
  });
  yield* close(theirs);
  const fd = yield* dup(ours, 63 - sh.substitutionFds.length);
  yield* close(ours);
  sh.substitutionFds.push(fd);
  sh.substitutions.push(pid);
  sh.lastBackground = pid;
  return `/dev/fd/${fd}`;
}

/** Closes what process substitutions opened since `mark` and collects those that have ended. */
export function* endSubstitutions(sh: Shell, mark: number): Sim<void> {
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
