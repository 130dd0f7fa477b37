import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { access, isatty, lstat, readdir, rmdir, S_IFDIR, S_IFLNK, S_IFMT, type Stat, unlink } from '../kernel/syscalls.ts';
import { ask } from './lib/ask.ts';
import { UsageError } from './lib/failure.ts';
import { fileTypeName } from './lib/mode.ts';
import { parseOptions } from './lib/options.ts';
import { joinPath } from './lib/paths.ts';
import { quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'dfirvIR',
  long: {
    force: 'f',
    interactive: 'int::',
    'one-file-system': 'one',
    'no-preserve-root': 'npr',
    'preserve-root': 'pr::',
    recursive: 'r',
    dir: 'd',
    verbose: 'v',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Removes files; directories only with -r (or, if empty, -d).',
};

interface Plan {
  readonly recursive: boolean;
  readonly emptyDirs: boolean;
  readonly force: boolean;
  readonly prompt: 'never' | 'once' | 'always' | 'protected';
  readonly verbose: boolean;
  readonly root: boolean;
}

/** Removes files and trees. */
export function* rm(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  let prompt: Plan['prompt'] = 'protected';
  let force = false;
  for (const [key, value] of o.options) {
    if (key === 'f') [prompt, force] = ['never', true];
    else if (key === 'i' || (key === 'int' && (value === '' || value === 'always' || value === 'yes'))) [prompt, force] = ['always', false];
    else if (key === 'I' || key === 'int') prompt = value === 'never' ? 'never' : 'once';
  }
  if (o.operands.length === 0) {
    if (force) return;
    throw new UsageError(t.busybox ? '' : 'missing operand');
  }
  const plan: Plan = { recursive: o.has('r') || o.has('R'), emptyDirs: o.has('d'), force, prompt, verbose: o.has('v'), root: o.has('npr') };
  if (prompt === 'once' && (plan.recursive || o.operands.length > 3)) {
    const n = o.operands.length;
    if (!(yield* ask(t, `remove ${n} argument${n === 1 ? '' : 's'}${plan.recursive ? ' recursively' : ''}? `))) return;
  }
  for (const path of o.operands) {
    const last = path.replace(/\/+$/, '');
    if (/(^|\/)\.\.?$/.test(last)) {
      yield* t.error(`refusing to remove '.' or '..' directory: skipping ${quoteAlways(path)}`);
      continue;
    }
    if (plan.recursive && last === '' && !plan.root && !t.busybox) {
      yield* t.error(`it is dangerous to operate recursively on '/'`);
      yield* t.warn('use --no-preserve-root to override this failsafe');
      continue;
    }
    yield* remove(t, path, plan);
  }
}

function* remove(t: Tool, path: string, plan: Plan): Sim<boolean> {
  let info: Stat;
  try {
    info = yield* lstat(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (!(plan.force && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) yield* cannot(t, path, error.message);
    return false;
  }
  const directory = (info.mode & S_IFMT) === S_IFDIR;
  if (directory && !plan.recursive && !plan.emptyDirs) {
    if (t.busybox) yield* t.error(`'${path}' is a directory`);
    else yield* cannot(t, path, 'Is a directory');
    return false;
  }
  const protectedFile = (info.mode & S_IFMT) !== S_IFLNK && !(yield* access(path, 2));
  const wantsPrompt = plan.prompt === 'always' || (plan.prompt === 'protected' && protectedFile && (yield* isatty(0)));
  const kind = `${protectedFile ? 'write-protected ' : ''}${fileTypeName(info.mode, info.size)} ${quoteAlways(path)}`;
  if (directory && plan.recursive) {
    let entries: readonly { readonly name: string }[] = [];
    try {
      entries = yield* readdir(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* cannot(t, path, error.message);
      return false;
    }
    if (entries.length > 0 && wantsPrompt && !(yield* ask(t, `descend into ${kind}? `))) return false;
    let whole = true;
    for (const { name } of entries) whole = (yield* remove(t, joinPath(path, name), plan)) && whole;
    if (!whole) return false;
  }
  if (wantsPrompt && !(yield* ask(t, t.busybox ? `remove '${path}'? ` : `remove ${kind}? `))) return false;
  try {
    if (directory) yield* rmdir(path);
    else yield* unlink(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* cannot(t, path, error.message);
    return false;
  }
  if (plan.verbose) yield* t.print(`removed ${directory ? 'directory ' : ''}${quoteAlways(path)}\n`);
  return true;
}

function* cannot(t: Tool, path: string, reason: string): Sim<void> {
  yield* t.error(t.busybox ? `can't remove '${path}': ${reason}` : `cannot remove ${quoteAlways(path)}: ${reason}`);
}

export const program = tool('rm', rm);
