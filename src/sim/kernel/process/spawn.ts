/** fork(2) and execve(2). */
import type { SignalName, SpawnOptions } from '../abi.ts';
import { S_IFREG, S_ISGID, S_ISUID } from '../abi.ts';
import { Errno } from '../errno.ts';
import { parseExecutable } from '../executable.ts';
import { type Libc, linkedWith, MUSL_LINKER } from '../libc.ts';
import { ARG_BYTES_MAX, PROCESSES_MAX, SCRIPT_DEPTH_MAX } from '../limits.ts';
import type { OpenFile } from '../openFile.ts';
import type { ProgramEntry } from '../program.ts';
import { load, type Sim } from '../sim.ts';
import type { Pty } from '../tty/pty.ts';
import { PtySlave } from '../tty/slave.ts';
import type { Inode } from '../vfs/inode.ts';
import { type Place, pathOf, walk } from '../vfs/mounts.ts';
import { allows, EXECUTE } from './access.ts';
import { NO_CAPABILITIES } from './capabilities.ts';
import type { FdTable } from './fdTable.ts';
import { Process, type ProcessKernel } from './process.ts';

const DEFAULT_MEMORY = 1 << 20;

/** An executable that was found: the program, and the arguments that it gets (a script's interpreter goes before). */
export interface Loaded {
  readonly entry: ProgramEntry;
  readonly argv: readonly string[];
  readonly path: string;
  readonly inode: Inode;
}

/** What a new process inherits: of its parent, or what the machine gives to those that it starts itself. */
export type SpawnTemplate = Pick<
  Process,
  | 'kernel'
  | 'namespaces'
  | 'pidNamespaceForChildren'
  | 'fds'
  | 'credentials'
  | 'capabilities'
  | 'bounding'
  | 'env'
  | 'root'
  | 'cwd'
  | 'umask'
  | 'cgroup'
  | 'argv'
  | 'comm'
  | 'exe'
  | 'dispositions'
  | 'rlimits'
> & { readonly parent: Process | undefined };

type Viewer = Pick<Process, 'kernel' | 'namespaces' | 'root' | 'cwd' | 'credentials' | 'capabilities'>;

function findFile(viewer: Viewer, path: string): Place {
  const { euid, egid, groups } = viewer.credentials;
  const who = { uid: euid, gid: egid, groups, can: (c: string) => viewer.capabilities.has(c) };
  const { place } = walk(
    { namespace: viewer.namespaces.mnt, root: viewer.root, cwd: viewer.cwd, maySearch: (inode) => allows(who, inode, EXECUTE) },
    path,
    true,
  );
  if (!place) throw new Errno('ENOENT', path);
  if (place.inode.type !== S_IFREG || !allows(who, place.inode, EXECUTE)) throw new Errno('EACCES', path);
  return place;
}

/** Reads the file's head and follows `#!` lines. */
function loadExecutable(viewer: Viewer, path: string, argv: readonly string[]): Loaded {
  if (argv.reduce((sum, word) => sum + word.length + 1, 0) > ARG_BYTES_MAX) throw new Errno('E2BIG', path);
  let args = argv;
  let at = path;
  let first: Inode | undefined;
  for (let depth = 0; depth <= SCRIPT_DEPTH_MAX; depth++) {
    const place = findFile(viewer, at);
    first ??= place.inode;
    const file = parseExecutable(place.inode.readAt(0, 256));
    if (!file) throw new Errno('ENOEXEC', path);
    if (file.kind === 'program') {
      const entry = viewer.kernel.programs.get(file.name);
      if (!entry) throw new Errno('ENOEXEC', path);
      return { entry, argv: args, path: pathOf(viewer, place), inode: first };
    }
    args = [file.interpreter, ...(file.argument === undefined ? [] : [file.argument]), at, ...args.slice(1)];
    at = file.interpreter;
  }
  throw new Errno('ELOOP', path);
}

/** Programs of a root with musl's dynamic linker are linked with musl. */
function libcOf(process: Process): Libc {
  const who = { namespace: process.namespaces.mnt, root: process.root, cwd: process.root, maySearch: () => true };
  try {
    return walk(who, MUSL_LINKER, true).place ? 'musl' : 'glibc';
  } catch (error) {
    if (error instanceof Errno) return 'glibc';
    throw error;
  }
}

/** Runs the program; a lazy one is fetched first. */
function* runProgram(process: () => Process, entry: ProgramEntry, argv: readonly string[]): Sim<number> {
  const program = 'load' in entry ? yield* load(entry.load) : entry;
  process().memory = program.memory ?? DEFAULT_MEMORY;
  return yield* linkedWith(libcOf(process()), program.main(argv));
}

const commandName = (path: string): string => path.replace(/.*\//, '');

/** Starts a child of `template` (a process, or the machine itself). */
export function spawnFrom(
  kernel: ProcessKernel,
  template: SpawnTemplate,
  options: SpawnOptions,
  files?: readonly OpenFile[],
  cgroup?: string,
): Process {
  if (kernel.namespaces.pid.processes.size >= PROCESSES_MAX) throw new Errno('EAGAIN');
  for (let group: typeof template.cgroup | undefined = template.cgroup; group; group = group.parent)
    if (group.pids >= group.pidsMax) throw new Errno('EAGAIN');
  const viewer = { ...pick(template), ...credentialsOf(template, options) };
  if (options.cwd !== undefined) viewer.cwd = findDirectory(viewer, options.cwd);
  const loaded = options.path === undefined ? undefined : loadExecutable(viewer, options.path, options.argv ?? [options.path]);
  if (!loaded && !options.main) throw new Errno('EINVAL');
  const argv = loaded?.argv ?? options.argv ?? template.argv;
  // All that can fail comes before the process exists: one without a thread would never end.
  const fds = files ? template.fds : template.fds.copy(options.fds, loaded !== undefined);
  const terminal = controllingTerminal(fds, options);
  const child = new Process({
    kernel,
    parent: template instanceof Process ? template : template.parent,
    namespaces: { ...template.namespaces, pid: template.pidNamespaceForChildren },
    fds,
    credentials: viewer.credentials,
    capabilities: viewer.capabilities,
    bounding: template.bounding,
    env: options.env ?? template.env,
    root: template.root,
    cwd: viewer.cwd,
    umask: template.umask,
    cgroup: cgroup === undefined ? template.cgroup : kernel.cgroups.at(cgroup),
    argv,
    comm: loaded ? commandName(options.path!) : options.argv ? commandName(options.argv[0]) : template.comm,
    exe: loaded?.path ?? template.exe,
    memory: DEFAULT_MEMORY,
  });
  if (loaded) applySetId(child, loaded.inode);
  if (!(template instanceof Process)) for (const [name, limit] of template.rlimits) child.rlimits.set(name, { ...limit });
  inheritSignals(child, template, options.signals, loaded !== undefined);
  arrangeJob(child, options, terminal);
  child.addThread(loaded ? runProgram(() => child, loaded.entry, loaded.argv) : options.main!(), child.comm);
  kernel.processChanged(child);
  kernel.checkMemory(child);
  return child;
}

function pick(template: SpawnTemplate): Viewer & { cwd: Place } {
  const { kernel, namespaces, root, cwd, credentials, capabilities } = template;
  return { kernel, namespaces, root, cwd, credentials, capabilities };
}

function credentialsOf(template: SpawnTemplate, options: SpawnOptions): Pick<Process, 'credentials' | 'capabilities'> {
  const { credentials, capabilities } = template;
  if (options.uid === undefined && options.gid === undefined && !options.groups) return { credentials, capabilities };
  const uid = options.uid ?? credentials.euid;
  const gid = options.gid ?? credentials.egid;
  const changed = { uid, gid, euid: uid, egid: gid, groups: options.groups ?? credentials.groups };
  return { credentials: changed, capabilities: uid === 0 ? capabilities : NO_CAPABILITIES };
}

function findDirectory(viewer: Viewer, path: string): Place {
  const { place } = walk({ namespace: viewer.namespaces.mnt, root: viewer.root, cwd: viewer.cwd, maySearch: () => true }, path, true);
  if (!place) throw new Errno('ENOENT', path);
  if (!place.inode.isDirectory) throw new Errno('ENOTDIR', path);
  return place;
}

/** Set-user-id and set-group-id bits of the executable; root's programs get the capabilities that the bounding set leaves. */
function applySetId(process: Process, inode: Inode): void {
  if (!process.noNewPrivileges) {
    if ((inode.mode & S_ISUID) !== 0) process.credentials = { ...process.credentials, euid: inode.uid };
    if ((inode.mode & S_ISGID) !== 0 && (inode.mode & 0o010) !== 0) process.credentials = { ...process.credentials, egid: inode.gid };
  }
  if (process.credentials.euid === 0 && (inode.mode & S_ISUID) !== 0) process.capabilities = process.bounding;
}

/** exec resets handlers and keeps what is ignored; fork keeps both, but a handler belongs to the parent's code. */
function inheritSignals(
  child: Process,
  template: SpawnTemplate,
  chosen: ReadonlyMap<SignalName, 'default' | 'ignore'> | undefined,
  exec: boolean,
): void {
  for (const [signal, disposition] of template.dispositions)
    if (disposition === 'ignore' || !exec) if (typeof disposition !== 'function') child.dispositions.set(signal, disposition);
  if (chosen) for (const [signal, disposition] of chosen) child.dispositions.set(signal, disposition);
}

/** The terminal that the child is to have as its own. EBADF, ENOTTY; the child's table is closed then. */
function controllingTerminal(fds: FdTable, options: SpawnOptions): Pty | undefined {
  if (!options.newSession || options.controllingTty === undefined) return undefined;
  try {
    const file = fds.get(options.controllingTty);
    if (!(file instanceof PtySlave)) throw new Errno('ENOTTY');
    return file.pty;
  } catch (error) {
    fds.closeAll();
    throw error;
  }
}

function arrangeJob(child: Process, options: SpawnOptions, terminal: Pty | undefined): void {
  if (options.newSession) {
    child.session = child;
    child.group = child;
    child.tty = terminal;
    if (terminal) {
      terminal.session = child;
      terminal.foreground = child;
    }
  } else if (options.pgid !== undefined) {
    const leader = options.pgid === 0 ? child : [...child.namespaces.pid.processes].find(([pid]) => pid === options.pgid)?.[1];
    child.group = options.pgid === 0 ? child : (leader?.group ?? child);
    if (options.foregroundTty !== undefined && child.tty) child.tty.foreground = child.group;
  }
}

/** execve(2) on a running process: its other threads end, and `coroutine` takes the caller's place. */
export function replaceProgram(
  process: Process,
  path: string,
  argv: readonly string[],
  env: ReadonlyMap<string, string> | undefined,
): Sim<number> {
  const loaded = loadExecutable(process, path, argv);
  process.argv = loaded.argv;
  process.comm = commandName(path).slice(0, 15);
  process.exe = loaded.path;
  if (env) process.env = new Map(env);
  process.fds.closeOnExec();
  for (const [signal, disposition] of [...process.dispositions]) if (typeof disposition === 'function') process.dispositions.delete(signal);
  process.pending.length = 0;
  applySetId(process, loaded.inode);
  process.kernel.processChanged(process);
  return runProgram(() => process, loaded.entry, loaded.argv);
}
