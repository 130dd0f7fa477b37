/** The shapes that system calls take and give. `syscalls.ts` exports them as well; kernel code takes them from here. */
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
export const S_IFMT = 0o170000;
export const S_IFSOCK = 0o140000;
export const S_IFLNK = 0o120000;
export const S_IFREG = 0o100000;
export const S_IFBLK = 0o060000;
export const S_IFDIR = 0o040000;
export const S_IFCHR = 0o020000;
export const S_IFIFO = 0o010000;
export const S_ISUID = 0o4000;
export const S_ISGID = 0o2000;
export const S_ISVTX = 0o1000;
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
export interface StatFs {
  readonly type: string; // 'overlay', 'tmpfs', 'ext4', 'proc', ...
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly inodes: number;
  readonly freeInodes: number;
}

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

// ---- processes -----------------------------------------------------------------------------------------------------

export type SignalName =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGQUIT'
  | 'SIGILL'
  | 'SIGTRAP'
  | 'SIGABRT'
  | 'SIGBUS'
  | 'SIGFPE'
  | 'SIGKILL'
  | 'SIGUSR1'
  | 'SIGSEGV'
  | 'SIGUSR2'
  | 'SIGPIPE'
  | 'SIGALRM'
  | 'SIGTERM'
  | 'SIGSTKFLT'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGSTOP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGURG'
  | 'SIGXCPU'
  | 'SIGXFSZ'
  | 'SIGVTALRM'
  | 'SIGPROF'
  | 'SIGWINCH'
  | 'SIGIO'
  | 'SIGPWR'
  | 'SIGSYS';
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

// ---- time and chance -----------------------------------------------------------------------------------------------

// ---- namespaces and mounts -----------------------------------------------------------------------------------------

export type NamespaceKind = 'mnt' | 'pid' | 'net' | 'ipc' | 'uts' | 'user' | 'cgroup' | 'time';
export interface MountOptions {
  readonly readonly?: boolean;
  readonly bind?: boolean;
  readonly recursive?: boolean;
  readonly remount?: boolean;
  /** 'nosuid', 'nodev', 'noexec': shown in mountinfo. */
  readonly flags?: readonly string[];
  /** tmpfs: bytes. */
  readonly size?: number;
  readonly mode?: number;
  /** overlay: absolute paths, topmost lower first. */
  readonly lower?: readonly string[];
  readonly upper?: string;
  readonly work?: string;
}
export interface UtsName {
  readonly sysname: string; // Linux
  readonly nodename: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string; // x86_64
}

// ---- sockets -------------------------------------------------------------------------------------------------------

export type SocketDomain = 'unix' | 'inet' | 'inet6' | 'packet' | 'netlink';
export type SocketType = 'stream' | 'dgram' | 'raw';
/** A unix path, or an IP address ('' = any) with a port. */
export type SocketAddress = { readonly path: string } | { readonly address: string; readonly port: number };
