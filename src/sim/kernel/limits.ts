/** Every bound of the simulated machine, with the message a person sees where the bound is ours and not Linux's. */

/** Steps (microseconds) that a thread may take before others get their turn. */
export const SLICE_STEPS = 200;
/** Steps that the `finally`s of a killed thread may take. */
export const UNWIND_STEPS_MAX = 10_000;

// Linux's own numbers.
/** What one read of an endless device gives at most, bytes; dd's bs=1M count=1 gets a whole block. */
export const DEVICE_READ_MAX = 16 * 1024 * 1024;
export const PIPE_CAPACITY = 65_536;
/** Writes up to this size go into a pipe as a whole (POSIX PIPE_BUF). */
export const PIPE_ATOMIC = 4096;
export const PATH_MAX = 4096;
export const NAME_MAX = 255;
export const SYMLINKS_MAX = 40;
export const PID_MAX = 4_194_304;
export const NOFILE_SOFT = 1024;
/** RLIMIT_STACK of process 1, bytes; told by ulimit, not enforced. */
export const STACK_SOFT = 8 * 1024 * 1024;
export const NOFILE_HARD = 1_048_576;
export const SCRIPT_DEPTH_MAX = 5;
/** argv and environment together, in bytes. */
export const ARG_BYTES_MAX = 2_097_152;
export const TTY_LINE_MAX = 4095;
export const SOCKET_BUFFER = 212_992;

// Ours, so that the page stays alive.
/** What a terminal of the page draws: endless output waits for it, as on a real one. */
export const TERMINAL_BYTES_PER_SECOND = 4_000_000;
/** How far a terminal may lie behind the programs before these wait, microseconds. */
export const TERMINAL_LAG = 20_000;
/** Processes on one machine: a fork bomb ends with EAGAIN ("Resource temporarily unavailable"). */
export const PROCESSES_MAX = 4_096;
/** Bytes of one file: beyond it EFBIG ("File too large"). */
export const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes that all files of one file system may hold in memory: beyond it ENOSPC ("No space left on device"). */
export const FILESYSTEM_BYTES_MAX = 1024 * 1024 * 1024;
