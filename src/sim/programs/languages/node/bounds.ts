/** How much of the machine a JavaScript program may take, so that the page stays alive. */

/** Heap of one process: beyond it "JavaScript heap out of memory", as node ends when V8's limit is reached. */
export const GUEST_HEAP_BYTES = 256 * 1024 * 1024;
/** The interpreter's own stack: less than half of what a browser gives a page. */
export const GUEST_STACK_BYTES = 192 * 1024;
/** What ten thousand steps of the interpreter (it asks after so many) cost in simulated CPU time, microseconds. */
export const INTERRUPT_US = 1000;
/** What a look at the clock costs: a loop that waits for a time to come ends by itself. */
export const CLOCK_US = 20;
/** Steps, in ten thousands, between two returns to the event loop: about a second of the page's time. The program runs no further then. */
export const TURN_INTERRUPTS_MAX = 1000;
/** Output that waits to be written: beyond it the program is held to be endless. */
export const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
/** From exec to the first line of the program, microseconds. */
export const STARTUP_US = 35_000;
/** Resident bytes of node before a program has done anything. */
export const OWN_MEMORY = 40 << 20;
