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

/** Bytes of a message's head that HTTP reads when a server has no limit of its own: Go's 1 MiB and what its reader lets pass. Beyond it 431. */
export const HTTP_HEAD_BYTES_MAX = 1_048_576 + 4096;
/** Bytes of an HTTP body that is kept as a whole: no file is larger. Beyond it "http: request body too large" or "response body too large". */
export const HTTP_BODY_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of a body that nobody wanted and that a server still reads, so that the connection can be used again: Go's number. Beyond it the connection ends. */
export const HTTP_UNREAD_BYTES_MAX = 256 * 1024;
/** Bytes of one JSON body of the Engine API: beyond it 400 "invalid JSON: http: request body too large". */
export const JSON_BODY_BYTES_MAX = 16 * 1024 * 1024;
/** Bytes of one page that the preview takes: beyond it it says that the page is too large. */
export const PREVIEW_BYTES_MAX = 16 * 1024 * 1024;
/** Microseconds that the preview waits for the whole of a page: beyond it it says that the server took too long. */
export const PREVIEW_TIME_MAX = 60_000_000;

// Bounds of what one program may do in its own memory, so that the page stays alive. The message is in the words of the real program when
// its memory runs out.
/** Characters of one string of a shell or an awk, or of one line that a tool reads: beyond it "xrealloc: cannot allocate N bytes", "memory exhausted". */
export const STRING_MAX = 64 * 1024 * 1024;
/** Bytes of all variables of one shell: beyond it the same. */
export const SHELL_MEMORY_MAX = 256 * 1024 * 1024;
/** Bytes of all that one tool or awk program keeps (a sort of endless input): beyond it "memory exhausted", "out of memory". */
export const TOOL_MEMORY_MAX = 256 * 1024 * 1024;
/** Words of one brace expansion: beyond it "brace expansion: failed to allocate memory for N elements". */
export const BRACE_WORDS_MAX = 1_000_000;
/**
 * Commands of a shell inside each other; a call of a function counts two, `eval` three: about 60 % of what the host's stack of 1 MB holds. Beyond it
 * "maximum function nesting level exceeded (N)", where bash itself would crash.
 */
export const SHELL_NESTING_MAX = 400;
/** Characters of sed's pattern or hold space: beyond it "couldn't allocate memory"; it grows by doubling. */
export const SED_SPACE_MAX = 4 * 1024 * 1024;
/** Calls inside each other, and choices left open, of a jq program: beyond it "cannot allocate memory". */
export const JQ_STACK_MAX = 200_000;
/** Parentheses, blocks or operators inside each other in one text that is parsed: beyond it each parser's own message for a full stack. */
export const PARSER_NESTING_MAX = 128;
/** Pipes of a jq program that follow each other. */
export const JQ_PIPES_MAX = 1_000;
/** Elements of an array that a jq program collects: beyond it "cannot allocate memory". */
export const JQ_ELEMENTS_MAX = 5_000_000;
/** Calls of awk functions inside each other: beyond it "function call nesting too deep". */
export const AWK_CALLS_MAX = 150;
