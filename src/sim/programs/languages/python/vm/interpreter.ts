import type { Sim } from '../../../../kernel/sim.ts';
import { decodeUtf8 } from '../../../../lib/utf8.ts';
import { FUEL, HEAP_START, MEMORY_MAX, PYSTACK, SAVED_BYTES, STACK_BYTES } from './bounds.ts';
import { type WasmExports, type WasmModule, webAssembly } from './webAssembly.ts';

/** A system call of the interpreter: a number at once, or a coroutine that ends with it. */
export type Call = (...args: number[]) => number | Sim<number>;

export interface System {
  /** Those of the C library, by their names in the module. */
  readonly calls: Readonly<Record<string, Call>>;
  /** Milliseconds since 1970, as of the last system call. */
  clock(): number;
  random(): number;
  /** The fuel is used up: others get their turn. */
  tick(): Sim<void>;
}

/** The program ran in one of the interpreter's own loops for too long. */
export class Overrun extends Error {}

const LONGJMP = Number.POSITIVE_INFINITY;
const PAGE = 65_536;
/** The collector looks at every block of a full heap more than once. */
const COLLECTION_FUEL = 2 ** 31 - 1;
/** Where the module keeps how deep it was entered from outside, and whether it wants its garbage collected (ports/webassembly/main.c). */
const CALL_DEPTH = 186_120;
const COLLECT_WANTED = 186_124;
/** Leaves one level; on the way out of the last one it collects garbage. */
const LEAVE = 705;

/**
 * One instance of MicroPython: a process of its own with its own memory. It is handed no object of the host: its imports are the functions
 * below, which take and give numbers, and the module's ways to JavaScript (`js`, `jsffi`) lead to none.
 */
export class Interpreter {
  readonly #exports: WasmExports;
  readonly #table: ((...args: number[]) => number)[] = [];
  #state: 'running' | 'unwinding' | 'rewinding' = 'running';
  #answer = 0;
  #wanted: Sim<number> | undefined;
  /** Where its stack stood in each call that was unwound, the innermost first. */
  readonly #stackPointers: number[] = [];
  readonly #saved: number;
  readonly #stackTop: number;
  #roots: { readonly at: number; readonly length: number } | undefined;
  /** Files that the collector closes: they are closed when it is done. */
  #collecting: Sim<number>[] | undefined;
  bytes!: Uint8Array;
  view!: DataView;

  constructor(module: WasmModule, system: System) {
    const env: Record<string, unknown> = { js_check_existing: () => -1 };
    for (const name of FINDS_NOTHING) env[name] = () => 0;
    for (const name of GIVES_UNDEFINED)
      env[name] = (...args: number[]) => {
        this.view.setUint32(args[args.length - 1], 0, true);
        return 0;
      };
    for (const [name, call] of Object.entries(system.calls)) env[name] = this.#suspendable(call);
    env.tick = this.#suspendable(() => this.#tick(system));
    env.overrun = () => {
      throw new Overrun();
    };
    env.mp_js_random_u32 = system.random;
    env.mp_js_ticks_ms = () => system.clock() | 0;
    env.mp_js_time_ms = () => system.clock();
    env.emscripten_resize_heap = (size: number) => this.#grow(size >>> 0);
    env._abort_js = () => {
      throw new Error('MicroPython gave up');
    };
    env._emscripten_throw_longjmp = () => {
      throw LONGJMP;
    };
    for (const shape of ['v', 'i', 'vi', 'ii', 'vii', 'iii', 'viii', 'iiii', 'viiii', 'iiiii', 'iiiiii'])
      env[`invoke_${shape}`] = this.#invoke;
    this.#exports = new webAssembly.Instance(module, { env, wasi_snapshot_preview1: env }).exports;
    this.#refresh();
    this.#plain('emscripten_stack_init');
    this.#plain('__wasm_call_ctors');
    this.#exports.fuel.value = FUEL;
    this.#saved = this.allocate(SAVED_BYTES);
    this.#stackTop = (this.allocate(STACK_BYTES) + STACK_BYTES) & ~15;
    this.#plain('_emscripten_stack_restore', this.#stackTop);
    this.#plain('mp_js_init', PYSTACK, HEAP_START);
    this.#plain('proxy_c_init');
  }

  /** Bytes of its memory. */
  get size(): number {
    return this.bytes.length;
  }

  /** Runs Python text in the module `__main__`. It must catch its exceptions: one that comes out is a fault of ours. */
  *run(text: Uint8Array): Sim<void> {
    const at = this.allocate(text.length + 1 + 16);
    this.bytes.set(text, at);
    this.bytes[at + text.length] = 0;
    const out = (at + text.length + 8) & ~7;
    const entry = this.#exports.mp_js_do_exec as (...args: number[]) => void;
    entry(at, text.length, out);
    while (this.#wanted) {
      const wanted = this.#wanted;
      this.#wanted = undefined;
      this.#plain('asyncify_stop_unwind');
      this.#state = 'running';
      this.#answer = yield* wanted;
      this.#refresh();
      this.#state = 'rewinding';
      this.#plain('asyncify_start_rewind', this.#saved);
      entry(at, text.length, out);
    }
    if (this.view.getInt32(out, true) < 0) {
      const message = this.view.getUint32(out + 8, true);
      throw new Error(decodeUtf8(this.bytes.slice(message, message + this.view.getUint32(out + 4, true))));
    }
  }

  /** Raises KeyboardInterrupt where the program next looks. */
  interrupt(): void {
    this.#plain('mp_sched_keyboard_interrupt');
  }

  /** A buffer of the program that the collector sees: what the C stack holds is copied there before a collection. */
  setRoots(at: number, length: number): void {
    this.#roots = { at, length };
  }

  allocate(size: number): number {
    return this.#plain('malloc', size);
  }

  /** The zero-terminated text at an address. */
  text(at: number): Uint8Array {
    return this.bytes.slice(at, this.bytes.indexOf(0, at));
  }

  /** Collects garbage, if it is asked for. Only where the program is suspended in a system call: no pointer is then in a register. */
  *collect(): Sim<void> {
    if (this.bytes[COLLECT_WANTED] === 0 || !this.#roots) return;
    const { at, length } = this.#roots;
    const stackPointer = this.#plain('emscripten_stack_get_current');
    const stack = this.bytes.subarray(stackPointer, this.#stackTop);
    const saved = this.bytes.subarray(this.#saved + 8, this.view.getUint32(this.#saved, true));
    if (stack.length + saved.length > length) return;
    this.bytes.set(stack, at);
    this.bytes.set(saved, at + ((stack.length + 3) & ~3));
    const depth = this.view.getInt32(CALL_DEPTH, true);
    this.view.setInt32(CALL_DEPTH, 1, true);
    this.#collecting = [];
    this.#exports.fuel.value = COLLECTION_FUEL;
    this.#exports.__indirect_function_table.get(LEAVE)();
    this.#exports.fuel.value = FUEL;
    const postponed = this.#collecting;
    this.#collecting = undefined;
    this.view.setInt32(CALL_DEPTH, depth, true);
    this.bytes.fill(0, at, at + length);
    for (const call of postponed) yield* call;
  }

  #plain(name: string, ...args: number[]): number {
    return (this.#exports[name] as (...args: number[]) => number)(...args);
  }

  #refresh(): void {
    const { buffer } = this.#exports.memory;
    if (this.bytes?.buffer === buffer) return;
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
  }

  #grow(size: number): number {
    if (size > MEMORY_MAX) return 0;
    const before = this.bytes.length;
    if (this.#exports.memory.grow(Math.ceil((size - before) / PAGE)) < 0) return 0;
    this.#refresh();
    return 1;
  }

  *#tick(system: System): Sim<number> {
    this.#exports.fuel.value = FUEL;
    yield* this.collect();
    yield* system.tick();
    return 0;
  }

  #suspendable(call: Call): (...args: number[]) => number {
    return (...args) => {
      if (this.#state === 'rewinding') {
        this.#plain('asyncify_stop_rewind');
        this.#state = 'running';
        return this.#answer;
      }
      const result = call(...args);
      if (typeof result === 'number') return result;
      if (this.#collecting) {
        this.#collecting.push(result);
        return 0;
      }
      this.#wanted = result;
      this.view.setUint32(this.#saved, this.#saved + 8, true);
      this.view.setUint32(this.#saved + 4, this.#saved + SAVED_BYTES, true);
      this.#plain('asyncify_start_unwind', this.#saved);
      this.#state = 'unwinding';
      return 0;
    };
  }

  /** Calls a function that may longjmp. When it is rewound the stack pointer must be the one of the first call. */
  #invoke = (index: number, ...args: number[]): number => {
    const exports = this.#exports;
    const stackPointer = this.#state === 'rewinding' ? this.#stackPointers.pop()! : this.#plain('emscripten_stack_get_current');
    try {
      this.#table[index] ??= exports.__indirect_function_table.get(index);
      const result = this.#table[index](...args);
      if (this.#state === 'unwinding') this.#stackPointers.push(stackPointer);
      return result;
    } catch (error) {
      if (error !== LONGJMP) throw error;
      this.#plain('_emscripten_stack_restore', stackPointer);
      this.#plain('setThrew', 1, 0);
      return 0;
    }
  };
}

/** The module's ways to JavaScript. Those that look something up find nothing. */
const FINDS_NOTHING = [
  'js_get_proxy_js_ref_info',
  'lookup_attr',
  'store_attr',
  'js_subscr_store',
  'has_attr',
  'proxy_js_free_obj',
  'js_iter_next',
  'js_get_error_info',
  'js_then_resolve',
  'js_then_reject',
];
/** Those that put a result where their last argument points. */
const GIVES_UNDEFINED = [
  'proxy_convert_mp_to_js_then_js_to_mp_obj_jsside',
  'proxy_convert_mp_to_js_then_js_to_js_then_js_to_mp_obj_jsside',
  'call0_kwarg',
  'calln_kwarg',
  'call1',
  'call2',
  'calln',
  'call0',
  'js_subscr_load',
  'js_get_iter',
  'js_reflect_construct',
  'create_promise',
  'js_then_continue',
];
