import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  chmod,
  link,
  mkdir as mkdirCall,
  mknod as mknodCall,
  rmdir as rmdirCall,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  umask,
  unlink,
} from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseMode } from './lib/mode.ts';
import { parseOptions } from './lib/options.ts';
import { isDirectoryPath } from './lib/paths.ts';
import { fileName, quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { parentOf } from './small.ts';

function* modeOf(text: string | undefined, base: number): Sim<number | undefined> {
  if (text === undefined) return undefined;
  const change = parseMode(text);
  if (change === null) throw new Fatal(`invalid mode ${quote(text)}`);
  return change(base, true, yield* umask());
}

/** Makes directories. */
export function* mkdir(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'm:pvZ',
    long: { mode: 'm:', parents: 'p', verbose: 'v', context: 'Z' },
    usage: '[OPTION]... DIRECTORY...',
    about: 'Makes each DIRECTORY that is not there.',
  });
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  const mode = yield* modeOf(o.value('m'), 0o777);
  const made = (path: string): Sim<void> =>
    o.has('v') ? t.print(t.busybox ? `created directory: '${path}'\n` : `${t.name}: created directory ${quoteAlways(path)}\n`) : nothing();
  for (const path of o.operands) {
    try {
      if (o.has('p')) {
        const parts = path.split('/');
        for (let i = 1; i <= parts.length; i++) {
          const part = parts.slice(0, i).join('/');
          if (part === '' || parts[i - 1] === '' || parts[i - 1] === '.') continue;
          try {
            yield* mkdirCall(part, 0o777);
          } catch (error) {
            if (!isErrno(error, 'EEXIST', 'EROFS', 'EACCES', 'EPERM') || !(yield* isDirectoryPath(part))) {
              if (isErrno(error) && i < parts.length)
                throw new Fatal(`cannot create directory ${quote(part)}: ${error.code === 'EEXIST' ? 'Not a directory' : error.message}`);
              throw error;
            }
            continue;
          }
          if (i === parts.length && mode !== undefined) yield* chmod(part, mode);
          yield* made(part);
        }
      } else {
        yield* mkdirCall(path, mode ?? 0o777);
        if (mode !== undefined) yield* chmod(path, mode);
        yield* made(path);
      }
    } catch (error) {
      if (error instanceof Fatal) yield* t.error(error.message);
      else if (isErrno(error))
        yield* t.error(
          t.busybox ? `can't create directory '${path}': ${error.message}` : `cannot create directory ${quote(path)}: ${error.message}`,
        );
      else throw error;
    }
  }
}

function* nothing(): Sim<void> {}

/** Removes empty directories. */
export function* rmdir(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'pv',
    long: { 'ignore-fail-on-non-empty': 'ignore', parents: 'p', path: 'p', verbose: 'v' },
    usage: '[OPTION]... DIRECTORY...',
    about: 'Removes each DIRECTORY if it is empty.',
  });
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  for (const path of o.operands) {
    let at = path.replace(/(?<=.)\/+$/, '');
    for (;;) {
      try {
        if (o.has('v')) yield* t.print(`${t.name}: removing directory, ${quoteAlways(at)}\n`);
        yield* rmdirCall(at);
      } catch (error) {
        if (!isErrno(error)) throw error;
        if (error.code === 'ENOTEMPTY' && o.has('ignore')) break;
        const what = at === path || at === path.replace(/\/+$/, '') ? '' : 'directory ';
        yield* t.error(
          t.busybox ? `'${at}': ${error.message}` : `failed to remove ${what}${quoteAlways(what === '' ? path : at)}: ${error.message}`,
        );
        break;
      }
      const parent = parentOf(at);
      if (!o.has('p') || parent === '.' || parent === '/') break;
      at = parent;
    }
  }
}

/** Makes named pipes. */
export function* mkfifo(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: 'm:Z', long: { mode: 'm:' }, usage: '[OPTION]... NAME...', about: 'Makes named pipes.' });
  if (o.operands.length === 0) throw new UsageError('missing operand');
  const mode = yield* modeOf(o.value('m'), 0o666);
  for (const path of o.operands) {
    try {
      yield* mknodCall(path, S_IFIFO, mode ?? 0o666);
      if (mode !== undefined) yield* chmod(path, mode);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(`cannot create fifo ${quoteAlways(path)}: ${error.message}`);
    }
  }
}

/** Makes device nodes. */
export function* mknod(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'm:Z',
    long: { mode: 'm:' },
    usage: '[OPTION]... NAME TYPE [MAJOR MINOR]',
    about: 'Makes a special file.',
  });
  const [path, kind, major, minor] = o.operands;
  if (path === undefined) throw new UsageError('missing operand');
  if (kind === undefined) throw new UsageError(`missing operand after ${quote(path)}`);
  if (kind[0] !== 'p' && minor === undefined)
    throw new UsageError(`missing operand after ${quote(o.operands.at(-1)!)}\nSpecial files require major and minor device numbers.`);
  if (kind[0] === 'p' && major !== undefined)
    throw new UsageError(`extra operand ${quote(major)}\nFifos do not have major and minor device numbers.`);
  const type = kind[0] === 'p' ? S_IFIFO : kind[0] === 'c' || kind[0] === 'u' ? S_IFCHR : kind[0] === 'b' ? S_IFBLK : undefined;
  if (type === undefined) throw new UsageError(`invalid device type ${quote(kind)}`);
  const mode = yield* modeOf(o.value('m'), 0o666);
  try {
    yield* mknodCall(path, type, mode ?? 0o666, Number(major ?? 0) * 256 + Number(minor ?? 0));
    if (mode !== undefined) yield* chmod(path, mode);
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`${fileName(path)}: ${error.message}`);
    throw error;
  }
}

/** The bare system calls. */
function* unlinkTool(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: '', usage: 'FILE\nOPTION', about: 'Removes one file.' });
  if (o.operands.length === 0) throw new UsageError('missing operand');
  if (o.operands.length > 1) throw new UsageError(`extra operand ${quote(o.operands[1])}`);
  try {
    yield* unlink(o.operands[0]);
  } catch (error) {
    if (isErrno(error))
      throw new Fatal(
        t.busybox
          ? `can't remove file '${o.operands[0]}': ${error.message}`
          : `cannot unlink ${quoteAlways(o.operands[0])}: ${error.message}`,
      );
    throw error;
  }
}

function* linkTool(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: '', usage: 'FILE1 FILE2\nOPTION', about: 'Makes a hard link.' });
  const [a, b, c] = o.operands;
  if (a === undefined) throw new UsageError('missing operand');
  if (b === undefined) throw new UsageError(`missing operand after ${quote(a)}`);
  if (c !== undefined) throw new UsageError(`extra operand ${quote(c)}`);
  try {
    yield* link(a, b);
  } catch (error) {
    if (isErrno(error))
      throw new Fatal(
        t.busybox
          ? `can't create hardlink '${b}' to '${a}': ${error.message}`
          : `cannot create link ${quoteAlways(b)} to ${quoteAlways(a)}: ${error.message}`,
      );
    throw error;
  }
}

export const programs: readonly Program[] = [
  tool('mkdir', mkdir),
  tool('rmdir', rmdir),
  tool('mkfifo', mkfifo),
  tool('mknod', mknod),
  tool('unlink', unlinkTool),
  tool('link', linkTool),
];
