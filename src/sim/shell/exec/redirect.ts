import type { Redirection } from 'unbash';
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  close,
  dup,
  dup2,
  lseek,
  type OpenMode,
  open,
  pipe,
  S_IFMT,
  S_IFREG,
  setCloexec,
  statOrNull,
  unlink,
  write,
} from '../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Expander } from '../expand/expand.ts';
import { ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';

/** The lowest descriptor for the shell's own copies, as bash has it. */
const SAVED_MIN = 10;
/** More than this goes through a file, as a pipe could block its only user. */
const PIPE_SAFE = 60_000;

/** Descriptors as they were before a command's redirections; null was closed. */
export type SavedFds = Map<number, number | null>;

export function* closeQuietly(fd: number): Sim<void> {
  try {
    yield* close(fd);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function* save(fd: number, saved: SavedFds | null): Sim<void> {
  if (saved === null || saved.has(fd)) return;
  try {
    const copy = yield* dup(fd, SAVED_MIN);
    yield* setCloexec(copy, true);
    saved.set(fd, copy);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    saved.set(fd, null);
  }
}

/** Undoes redirections. */
export function* restore(saved: SavedFds): Sim<void> {
  for (const [fd, copy] of [...saved].reverse()) {
    if (copy === null) yield* closeQuietly(fd);
    else {
      yield* dup2(copy, fd);
      yield* close(copy);
    }
  }
  saved.clear();
}

function* moveTo(from: number, to: number): Sim<void> {
  if (from === to) return;
  yield* dup2(from, to);
  yield* close(from);
}

/**
 * Performs redirections in order on the calling process. With `saved` they can be undone; what was done before a failure
 * is undone by the caller. Throws ShellError with bash's message.
 */
export function* redirect(sh: Shell, expander: Expander, list: readonly Redirection[], saved: SavedFds | null): Sim<void> {
  for (const r of list) {
    if (r.type === 'HereDoc') {
      const body = r.delimiter?.quoted
        ? r.body.text
        : yield* expander.string(sh, r.operator === '<<-' ? r.body.text.replace(/^\t+/gm, '') : r.body.text, 'heredoc');
      yield* here(sh, r.descriptor, r.delimiter?.quoted && r.operator === '<<-' ? body.replace(/^\t+/gm, '') : body, saved);
    } else if (r.type === 'HereString') {
      yield* here(sh, r.descriptor, `${yield* expander.string(sh, r.target?.text ?? '')}\n`, saved);
    } else {
      const words: string[] = [];
      const source = r.target?.text ?? '';
      yield* expander.word(sh, source, words);
      if (words.length !== 1) throw new ShellError(`${source}: ambiguous redirect`);
      yield* file(sh, r.operator, r.descriptor, words[0], source, saved);
    }
  }
}

type Descriptor = Redirection['descriptor'];

function* assign(sh: Shell, descriptor: Descriptor, fallback: number, from: number, saved: SavedFds | null): Sim<void> {
  if (descriptor?.type === 'FileDescriptorVariable') {
    const high = yield* dup(from, SAVED_MIN);
    yield* close(from);
    sh.vars.set(descriptor.name, String(high));
    return;
  }
  const fd = descriptor?.value ?? fallback;
  if (from === fd) {
    if (saved && !saved.has(fd)) saved.set(fd, null);
    return;
  }
  yield* save(fd, saved);
  yield* moveTo(from, fd);
}

function* here(sh: Shell, descriptor: Descriptor, text: string, saved: SavedFds | null): Sim<void> {
  const data = encodeUtf8(text);
  let from: number;
  if (data.length <= PIPE_SAFE) {
    const [readEnd, writeEnd] = yield* pipe();
    yield* write(writeEnd, data);
    yield* close(writeEnd);
    from = readEnd;
  } else {
    const path = `/tmp/sh-thd.${sh.ownPid}${sh.random()}`;
    from = yield* open(path, 'w+', 0o600);
    yield* write(from, data);
    yield* lseek(from, 0);
    yield* unlink(path);
  }
  yield* assign(sh, descriptor, 0, from, saved);
}

const MODES: Readonly<Record<string, OpenMode>> = {
  '<': 'r',
  '>': 'w',
  '>|': 'w',
  '>>': 'a',
  '<>': { read: true, write: true, create: true },
  '&>': 'w',
  '&>>': 'a',
};

function* file(sh: Shell, operator: string, descriptor: Descriptor, target: string, source: string, saved: SavedFds | null): Sim<void> {
  if ((operator === '>&' || operator === '<&') && (/^(\d+-?|-)$/.test(target) || operator === '<&' || descriptor)) {
    return yield* duplicate(sh, operator, descriptor, target, saved);
  }
  const op = operator === '>&' ? '&>' : operator;
  if ((op === '>' || op === '&>') && sh.options.has('noclobber')) {
    const st = yield* statOrNull(target);
    if (st && (st.mode & S_IFMT) === S_IFREG)
      throw new ShellError(
        sh.isBash
          ? `${target}: cannot overwrite existing file`
          : `${sh.dialect === 'ash' ? "can't" : 'cannot'} create ${target}: File exists`,
      );
  }
  if (sh.restricted && op !== '<') throw new ShellError(`${target}: restricted: cannot redirect output`);
  let fd: number;
  try {
    fd = yield* open(target, MODES[op], 0o666);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    if (sh.dialect === 'bash') throw new ShellError(`${target === '' ? source && target : target}: ${error.message}`);
    const reading = op === '<';
    if (sh.dialect === 'dash') {
      const why = error.code === 'ENOENT' ? (reading ? 'No such file' : 'Directory nonexistent') : error.message;
      throw new ShellError(`cannot ${reading ? 'open' : 'create'} ${target}: ${why}`, { status: 2 });
    }
    throw new ShellError(
      `can't ${reading ? 'open' : 'create'} ${target}: ${error.code === 'ENOENT' ? (reading ? 'no such file' : 'nonexistent directory') : error.message}`,
    );
  }
  yield* assign(sh, descriptor, op === '<' || op === '<>' ? 0 : 1, fd, saved);
  if (op === '&>' || op === '&>>') {
    yield* save(2, saved);
    yield* dup2(1, 2);
  }
}

function* duplicate(sh: Shell, operator: string, descriptor: Descriptor, target: string, saved: SavedFds | null): Sim<void> {
  const fallback = operator === '<&' ? 0 : 1;
  if (target === '-') {
    const fd = descriptor?.type === 'FileDescriptorVariable' ? Number(sh.vars.get(descriptor.name) ?? -1) : (descriptor?.value ?? fallback);
    if (descriptor?.type !== 'FileDescriptorVariable') yield* save(fd, saved);
    yield* closeQuietly(fd);
    return;
  }
  const match = /^(\d+)(-?)$/.exec(target);
  if (!match) throw new ShellError(`${target}: ambiguous redirect`);
  const from = Number(match[1]);
  let copy: number;
  try {
    copy = yield* dup(from, SAVED_MIN);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw new ShellError(`${from}: ${error.message}`, { status: sh.dialect === 'dash' ? 2 : 1 });
  }
  if (descriptor?.type !== 'FileDescriptorVariable' && (descriptor?.value ?? fallback) === from) {
    yield* close(copy);
    return;
  }
  yield* assign(sh, descriptor, fallback, copy, saved);
  if (match[2] === '-') {
    yield* save(from, saved);
    yield* closeQuietly(from);
  }
}
