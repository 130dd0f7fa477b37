/** Bounds of one Python process. */

/** Turns of the interpreter's loop before others get theirs. */
export const FUEL = 20_000;
/** What those turns take of the simulated processor, microseconds: CPython makes about fifty million a second. */
export const TICK_MICROSECONDS = 400;
/** Bytes of its memory: beyond it MemoryError. */
export const MEMORY_MAX = 80 * 1024 * 1024;
/** Bytes of the heap at the start; it grows. */
export const HEAP_START = 1024 * 1024;
/** The C stack: what mp_js_init believes (tools/micropython) and a reserve. */
export const STACK_BYTES = 192 * 1024;
/** Words of the stack of Python's own locals. */
export const PYSTACK = 64 * 1024;
/** Bytes for the locals of a suspended call chain. */
export const SAVED_BYTES = 512 * 1024;
/** What the interpreter takes of the machine's memory when idle: real Python's, not that of the WebAssembly. */
export const IDLE_MEMORY = 10 * 1024 * 1024;
