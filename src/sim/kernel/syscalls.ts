/**
 * The programs' only door into the kernel: POSIX system calls as coroutines (`const n = yield* write(1, data)`).
 *
 * All of them act on the calling process, throw {@link Errno} on failure, and may be interrupted by a signal: then its
 * handler runs at that point of the calling coroutine and the call goes on (SA_RESTART), unless the handler throws.
 */
import type { SimTime } from './clock.ts';
import type { Sim } from './sim.ts';
import type { WaitQueue } from './waitQueue.ts';

// ---- files ---------------------------------------------------------------------------------------------------------

export interface OpenFlags {
  read?: boolean; // default true unless write/append is given
  write?: boolean;
  append?: boolean;
  create?: boolean;
  exclusive?: boolean;
  truncate?: boolean;
  directory?: boolean;
  nofollow?: boolean;
  nonblock?: boolean;
  cloexec?: boolean;
}
/** Flags as fopen(3) spells them, or in full. 'r' read, 'w' create and truncate, 'a' create and append, 'r+' both, 'wx' exclusive. */
export type OpenMode = 'r' | 'w' | 'a' | 'r+' | 'w+' | 'a+' | 'wx' | OpenFlags;
/** File type bits as in st_mode (S_IFMT). */
export const S_IFMT = 0o170000, S_IFSOCK = 0o140000, S_IFLNK = 0o120000, S_IFREG = 0o100000, S_IFBLK = 0o060000, S_IFDIR = 0o040000, S_IFCHR = 0o020000, S_IFIFO = 0o010000;
export const S_ISUID = 0o4000, S_ISGID = 0o2000, S_ISVTX = 0o1000;
export interface Stat {
  readonly dev: number;
  readonly ino: number;
  /** Type and permission bits. */
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  /** Device number of a device node: major * 256 + minor. */
  readonly rdev: number;
  /** Bytes. */
  readonly size: number;
  /** 512-byte blocks. */
  readonly blocks: number;
  /** Microseconds since 1970 (a safe integer). */
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
}
export interface Dirent {
  readonly name: string;
  readonly ino: number;
  /** S_IFREG, S_IFDIR, ... */
  readonly type: number;
}
export declare function open(path: string, mode?: OpenMode, permissions?: number): Sim<number>;
export declare function close(fd: number): Sim<void>;
/** Blocks until something is there; an empty array is end of file. */
export declare function read(fd: number, count?: number): Sim<Uint8Array>;
/** Writes all of it (blocks while a pipe is full). A string is written as UTF-8. EPIPE comes with SIGPIPE. */
export declare function write(fd: number, data: Uint8Array | string): Sim<number>;
export declare function pread(fd: number, count: number, offset: number): Sim<Uint8Array>;
export declare function lseek(fd: number, offset: number, whence?: 'set' | 'cur' | 'end'): Sim<number>;
export declare function ftruncate(fd: number, length: number): Sim<void>;
export declare function dup(fd: number, min?: number): Sim<number>;
export declare function dup2(from: number, to: number): Sim<number>;
export declare function setCloexec(fd: number, on: boolean): Sim<void>;
export declare function pipe(options?: { cloexec?: boolean }): Sim<readonly [read: number, write: number]>;
export declare function fstat(fd: number): Sim<Stat>;
export declare function stat(path: string): Sim<Stat>;
export declare function lstat(path: string): Sim<Stat>;
/** Null instead of ENOENT/ENOTDIR. */
export declare function statOrNull(path: string): Sim<Stat | null>;
export declare function lstatOrNull(path: string): Sim<Stat | null>;
/** access(2) with the real ids: mask of R=4 W=2 X=1. */
export declare function access(path: string, mask: number): Sim<boolean>;
/** Entries in directory order without . and .. */
export declare function readdir(path: string): Sim<readonly Dirent[]>;
export declare function readlink(path: string): Sim<string>;
export declare function realpath(path: string): Sim<string>;
export declare function symlink(target: string, path: string): Sim<void>;
export declare function link(existing: string, path: string): Sim<void>;
export declare function unlink(path: string): Sim<void>;
export declare function mkdir(path: string, permissions?: number): Sim<void>;
export declare function rmdir(path: string): Sim<void>;
export declare function rename(from: string, to: string): Sim<void>;
export declare function chmod(path: string, permissions: number): Sim<void>;
export declare function chown(path: string, uid: number, gid: number): Sim<void>;
export declare function lchown(path: string, uid: number, gid: number): Sim<void>;
/** Microseconds since 1970. */
export declare function utimes(path: string, atime: number, mtime: number, options?: { nofollow?: boolean }): Sim<void>;
export declare function truncate(path: string, length: number): Sim<void>;
/** `type` is S_IFIFO, S_IFCHR, S_IFBLK or S_IFREG. */
export declare function mknod(path: string, type: number, permissions: number, rdev?: number): Sim<void>;
export interface StatFs {
  readonly type: string; // 'overlay', 'tmpfs', 'ext4', 'proc', ...
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly inodes: number;
  readonly freeInodes: number;
}
export declare function statfs(path: string): Sim<StatFs>;
export declare function chdir(path: string): Sim<void>;
export declare function getcwd(): Sim<string>;
/** Sets the mask and answers with the old one. */
export declare function umask(mask?: number): Sim<number>;
export declare function chroot(path: string): Sim<void>;
// Conveniences built on the calls above.
export declare function readFile(path: string): Sim<Uint8Array>;
export declare function readText(path: string): Sim<string>;
/** Creates or truncates. */
export declare function writeFile(path: string, data: Uint8Array | string, permissions?: number): Sim<void>;
export declare function appendFile(path: string, data: Uint8Array | string): Sim<void>;
export declare function mkdirAll(path: string, permissions?: number): Sim<void>;
export declare function removeTree(path: string): Sim<void>;
/** Reads to end of file. `limit` bytes at most (EFBIG beyond). */
export declare function readAll(fd: number, limit?: number): Sim<Uint8Array>;

// ---- polling -------------------------------------------------------------------------------------------------------

export interface PollFd {
  readonly fd: number;
  readonly read?: boolean;
  readonly write?: boolean;
}
export interface PollResult {
  readonly fd: number;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly hangup: boolean;
}
/** poll(2). `timeout` in microseconds; undefined waits for ever. An empty answer is a timeout. */
export declare function poll(fds: readonly PollFd[], timeout?: number): Sim<readonly PollResult[]>;

// ---- terminals -----------------------------------------------------------------------------------------------------

/** The parts of struct termios that programs change. */
export interface Termios {
  icanon: boolean;
  echo: boolean;
  echoe: boolean;
  echoctl: boolean;
  isig: boolean;
  iexten: boolean;
  icrnl: boolean;
  inlcr: boolean;
  igncr: boolean;
  ixon: boolean;
  opost: boolean;
  onlcr: boolean;
}
export interface WindowSize {
  readonly rows: number;
  readonly columns: number;
}
export declare function isatty(fd: number): Sim<boolean>;
/** '/dev/pts/0', or throws ENOTTY. */
export declare function ttyname(fd: number): Sim<string>;
export declare function tcgetattr(fd: number): Sim<Termios>;
export declare function tcsetattr(fd: number, change: Partial<Termios>): Sim<void>;
/** cfmakeraw(3) and back: answers with the settings to restore. */
export declare function makeRaw(fd: number): Sim<Termios>;
export declare function getWindowSize(fd: number): Sim<WindowSize>;
export declare function setWindowSize(fd: number, size: WindowSize): Sim<void>;
export declare function tcgetpgrp(fd: number): Sim<number>;
export declare function tcsetpgrp(fd: number, pgid: number): Sim<void>;
/** Opens a new pseudo terminal: bytes written to the master are the keyboard, bytes read from it are the screen. */
export declare function openpty(size?: WindowSize): Sim<{ readonly master: number; readonly slavePath: string }>;

// ---- processes -----------------------------------------------------------------------------------------------------

export type SignalName =
  | 'SIGHUP' | 'SIGINT' | 'SIGQUIT' | 'SIGILL' | 'SIGTRAP' | 'SIGABRT' | 'SIGBUS' | 'SIGFPE' | 'SIGKILL' | 'SIGUSR1' | 'SIGSEGV' | 'SIGUSR2'
  | 'SIGPIPE' | 'SIGALRM' | 'SIGTERM' | 'SIGSTKFLT' | 'SIGCHLD' | 'SIGCONT' | 'SIGSTOP' | 'SIGTSTP' | 'SIGTTIN' | 'SIGTTOU' | 'SIGURG' | 'SIGXCPU'
  | 'SIGXFSZ' | 'SIGVTALRM' | 'SIGPROF' | 'SIGWINCH' | 'SIGIO' | 'SIGPWR' | 'SIGSYS';
/** 'default', 'ignore', or a handler that runs on the interrupted thread; it may throw to unwind to where the program catches. */
export type Disposition = 'default' | 'ignore' | ((signal: SignalName) => Sim<void>);

/** How a child ended or stopped, as wait(2) tells. */
export type WaitStatus =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: SignalName; readonly coreDumped: boolean }
  | { readonly kind: 'stopped'; readonly signal: SignalName }
  | { readonly kind: 'continued' };

export interface SpawnOptions {
  /** Executable file to run: an absolute or relative path, not searched in PATH (see `findExecutable`). */
  readonly path?: string;
  /** Instead of `path`: runs this code in the child, as fork(2) without exec. The child keeps the parent's name unless `argv` is given. */
  readonly main?: () => Sim<number>;
  readonly argv?: readonly string[];
  /** Default: a copy of the caller's. */
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  /** Child fd -> caller's fd. Default: all of the caller's fds without close-on-exec (with `main`: all). When given, only these. */
  readonly fds?: ReadonlyMap<number, number>;
  /** 0 makes the child leader of a new process group; a number puts it into that group. Default: the caller's group. */
  readonly pgid?: number;
  /** With a new group: make it the terminal's foreground group on this fd before the child runs. */
  readonly foregroundTty?: number;
  /** setsid(2) in the child; `controllingTty` (a child's fd) then becomes its terminal. */
  readonly newSession?: boolean;
  readonly controllingTty?: number;
  readonly signals?: ReadonlyMap<SignalName, 'default' | 'ignore'>;
  readonly uid?: number;
  readonly gid?: number;
  readonly groups?: readonly number[];
}
/** fork + exec. Throws ENOENT, EACCES, ENOEXEC, EISDIR... as execve(2) does. Answers with the pid in the caller's pid namespace. */
export declare function spawn(options: SpawnOptions): Sim<number>;
/** Replaces the program of the calling process; comes back only by throwing. */
export declare function exec(path: string, argv: readonly string[], env?: ReadonlyMap<string, string>): Sim<never>;
/** The path that PATH (or `path` as given, if it has a slash) leads to, or null. */
export declare function findExecutable(name: string, path?: string): Sim<string | null>;
/** pid > 0 that child, -1 any, < -1 any of group -pid. Null only with `nohang`. ECHILD if there is none. */
export declare function waitpid(pid: number, options?: { nohang?: boolean; untraced?: boolean }): Sim<{ readonly pid: number; readonly status: WaitStatus } | null>;
/** Spawns, waits, and gives the shell's exit status (128 + signal number when killed). */
export declare function run(options: SpawnOptions): Sim<number>;
/** Ends the process: unwinds the calling thread (its `finally`s run) and kills the others. */
export declare function exit(code: number): Sim<never>;
export declare function getpid(): Sim<number>;
export declare function getppid(): Sim<number>;
export declare function getpgid(pid?: number): Sim<number>;
export declare function setpgid(pid: number, pgid: number): Sim<void>;
export declare function getsid(): Sim<number>;
export declare function setsid(): Sim<number>;
/** pid > 0 that process, 0 own group, -1 all that may be signalled, < -1 group. `null` only checks. ESRCH, EPERM. */
export declare function kill(pid: number, signal: SignalName | null): Sim<void>;
/** Sets a disposition and answers with the old one. */
export declare function sigaction(signal: SignalName, disposition: Disposition): Sim<Disposition>;
/** Waits until a signal with a handler was delivered. */
export declare function sigsuspend(): Sim<void>;
/** The environment of the calling process: live, change it in place. */
export declare function environ(): Sim<Map<string, string>>;
export declare function getenv(name: string): Sim<string | undefined>;
/** Name in /proc/PID/comm, 15 bytes at most. */
export declare function setProcessTitle(comm: string, argv?: readonly string[]): Sim<void>;
/** Claims resident memory for this process (bytes in all): counts in its cgroup; may bring the OOM killer. */
export declare function setMemory(bytes: number): Sim<void>;
/** Uses CPU for this long (counts in top, stats and cgroup limits; a quota stretches it). */
export declare function compute(microseconds: number): Sim<void>;
/** Starts another thread of the calling process. It ends with the process. An uncaught error in it is dropped after `onError`. */
export declare function thread(body: () => Sim<void>, name?: string): Sim<ThreadHandle>;
export interface ThreadHandle {
  readonly done: boolean;
  /** Unwinds it (its `finally`s run). */
  cancel(): void;
  /** Woken when it ends. */
  readonly ended: WaitQueue;
}

// ---- users ---------------------------------------------------------------------------------------------------------

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly euid: number;
  readonly egid: number;
  readonly groups: readonly number[];
}
export declare function credentials(): Sim<Credentials>;
export declare function setCredentials(change: Partial<Credentials>): Sim<void>;
export declare function getrlimit(resource: string): Sim<{ readonly soft: number; readonly hard: number }>;
export declare function setrlimit(resource: string, soft: number, hard: number): Sim<void>;

// ---- time and chance -----------------------------------------------------------------------------------------------

/** Microseconds; throws nothing; a handled signal does not shorten it. */
export declare function sleep(microseconds: number): Sim<void>;
/** Virtual time since the world's start. */
export declare function now(): Sim<SimTime>;
/** Wall clock of the simulated machine: microseconds since 1970. */
export declare function wallClock(): Sim<number>;
/** Since this machine booted. */
export declare function uptime(): Sim<SimTime>;
export declare function randomBytes(count: number): Sim<Uint8Array>;
/** 0 <= n < bound. */
export declare function randomBelow(bound: number): Sim<number>;
/** Sleeps until one of the queues is woken (true) or `timeout` microseconds passed (false). Signals are handled meanwhile. */
export declare function waitOn(queues: WaitQueue | readonly WaitQueue[], timeout?: number): Sim<boolean>;

// ---- namespaces and mounts -----------------------------------------------------------------------------------------

export type NamespaceKind = 'mnt' | 'pid' | 'net' | 'ipc' | 'uts' | 'user' | 'cgroup' | 'time';
export declare function unshare(kinds: readonly NamespaceKind[]): Sim<void>;
export declare function setns(pid: number, kinds: readonly NamespaceKind[]): Sim<void>;
export interface MountOptions {
  readonly readonly?: boolean;
  readonly bind?: boolean;
  readonly recursive?: boolean;
  readonly remount?: boolean;
  /** tmpfs: bytes. */
  readonly size?: number;
  readonly mode?: number;
  /** overlay: absolute paths, topmost lower first. */
  readonly lower?: readonly string[];
  readonly upper?: string;
  readonly work?: string;
}
/** `type`: 'overlay', 'tmpfs', 'proc', 'sysfs', 'devpts', 'devtmpfs', 'cgroup2', 'mqueue', or '' with `bind`/`remount`. Needs CAP_SYS_ADMIN. */
export declare function mount(source: string, target: string, type: string, options?: MountOptions): Sim<void>;
export declare function umount(target: string): Sim<void>;
export declare function gethostname(): Sim<string>;
export declare function sethostname(name: string): Sim<void>;
export interface UtsName {
  readonly sysname: string; // Linux
  readonly nodename: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string; // x86_64
}
export declare function uname(): Sim<UtsName>;

// ---- sockets -------------------------------------------------------------------------------------------------------

export type SocketDomain = 'unix' | 'inet' | 'inet6' | 'packet' | 'netlink';
export type SocketType = 'stream' | 'dgram' | 'raw';
/** A unix path, or an IP address ('' = any) with a port. */
export type SocketAddress = { readonly path: string } | { readonly address: string; readonly port: number };
export declare function socket(domain: SocketDomain, type: SocketType, protocol?: string): Sim<number>;
export declare function bind(fd: number, address: SocketAddress): Sim<void>;
export declare function listen(fd: number, backlog?: number): Sim<void>;
export declare function accept(fd: number): Sim<{ readonly fd: number; readonly peer: SocketAddress }>;
export declare function connect(fd: number, address: SocketAddress): Sim<void>;
/** 'write' half-closes: the peer reads end of file. */
export declare function shutdown(fd: number, how: 'read' | 'write' | 'both'): Sim<void>;
export declare function sendto(fd: number, data: Uint8Array, address?: SocketAddress): Sim<number>;
/** Null after `timeout` microseconds. */
export declare function recvfrom(fd: number, timeout?: number): Sim<{ readonly data: Uint8Array; readonly from: SocketAddress; readonly ttl?: number } | null>;
export declare function getsockname(fd: number): Sim<SocketAddress>;
export declare function getpeername(fd: number): Sim<SocketAddress>;
export declare function setsockopt(fd: number, option: string, value: number | string): Sim<void>;
