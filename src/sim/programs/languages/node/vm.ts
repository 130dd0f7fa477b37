/** One JavaScript world: the context of a process, and the only ways in and out of it. Values cross by copy. */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten-core';
import { GUEST_STACK_BYTES, INTERRUPT_US, TURN_INTERRUPTS_MAX } from './bounds.ts';
import type { QuickJs } from './quickjs.ts';
import { RejectionTracker } from './rejections.ts';

/** What crosses the border. Objects go in as JSON, and come out as strings that the library wrote. */
export type Value = undefined | null | boolean | number | string | Uint8Array | object;

/** Why the program runs no longer. */
export type End = { readonly kind: 'exit'; readonly code: number } | { readonly kind: 'memory' } | { readonly kind: 'endless' };

class GuestError extends Error {}

export class Vm {
  readonly #module: QuickJSWASMModule;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #parse: QuickJSHandle;
  readonly #rejections: RejectionTracker;
  #api: QuickJSHandle | undefined;
  #interrupts = 0;
  /** Microseconds of CPU that were used and not yet paid for. */
  used = 0;
  end: End | undefined;

  constructor(quickJs: QuickJs) {
    const { module } = quickJs;
    this.#module = module;
    this.#runtime = module.newRuntime();
    this.#runtime.setMaxStackSize(GUEST_STACK_BYTES);
    this.#context = this.#runtime.newContext();
    this.#runtime.setInterruptHandler(() => this.#interrupt());
    const json = this.#context.getProp(this.#context.global, 'JSON');
    this.#parse = this.#context.getProp(json, 'parse');
    this.#rejections = new RejectionTracker(quickJs, this.#runtime, this.#context);
  }

  /** Bytes that the interpreter has taken from the machine; they are never given back, as with a real heap. */
  get memoryBytes(): number {
    return this.#module.getWasmMemory().buffer.byteLength;
  }

  #interrupt(): boolean {
    if (this.end) return true;
    this.used += INTERRUPT_US;
    if (++this.#interrupts < TURN_INTERRUPTS_MAX) return false;
    this.end = { kind: 'endless' };
    return true;
  }

  /** Runs the library's first file, which answers with the object whose methods `call` names. */
  boot(source: string, file: string, host: (name: string, args: readonly Value[]) => Value): void {
    const context = this.#context;
    const door = context.newFunction('host', (name, ...args) =>
      context.getString(name) === 'promiseState'
        ? this.#promiseState(args[0])
        : this.#give(
            host(
              context.getString(name),
              args.map((a) => this.#take(a)),
            ),
          ),
    );
    const made = context.unwrapResult(context.evalCode(source, file, { type: 'global', strict: false }));
    this.#api = this.#run(() => context.callFunction(made, context.undefined, door));
  }

  /** A list of 'pending', 'fulfilled' or 'rejected', and the value. */
  #promiseState(promise: QuickJSHandle): QuickJSHandle {
    const state = this.#context.getPromiseState(promise);
    const list = this.#context.newArray();
    this.#context.setProp(list, 0, this.#context.newString(state.type));
    if (state.type === 'fulfilled') this.#context.setProp(list, 1, state.value);
    if (state.type === 'rejected') this.#context.setProp(list, 1, state.error);
    return list;
  }

  /** Calls a method of the library. A call starts a turn: it may use as much of the processor as one may at once. */
  call(name: string, ...args: readonly Value[]): Value {
    if (this.end || !this.#api) return undefined;
    this.#interrupts = 0;
    const method = this.#context.getProp(this.#api, name);
    const handles = args.map((arg) => this.#give(arg));
    const result = this.#run(() => this.#context.callFunction(method, this.#context.undefined, ...handles));
    for (const handle of [method, ...handles]) handle.dispose();
    if (!result) return undefined;
    const value = this.#take(result);
    result.dispose();
    return value;
  }

  /** Compiles a script without running it: what it evaluates to is given to the guest. Throws what the guest must throw. */
  compile(source: string, file: string): QuickJSHandle {
    const result = this.#context.evalCode(source, file, { type: 'global', strict: false });
    if (result.error) throw new GuestThrow(result.error);
    return result.value;
  }

  /** Runs an ECMAScript module; answers with the promise of its end, or its namespace. */
  module(source: string, file: string): QuickJSHandle {
    const result = this.#context.evalCode(source, file, { type: 'module', strict: true });
    if (result.error) throw new GuestThrow(result.error);
    return result.value;
  }

  /** How import finds files and texts: both call back into the library, which throws what is wrong. */
  setLoader(source: (file: string) => string, resolve: (from: string, specifier: string) => string): void {
    this.#runtime.setModuleLoader(
      (name) => {
        try {
          return source(name);
        } catch (error) {
          return { error: error as Error };
        }
      },
      (from, specifier) => {
        try {
          return resolve(from, specifier);
        } catch (error) {
          return { error: error as Error };
        }
      },
    );
  }

  /** Runs the microtasks that wait. */
  drain(): void {
    for (;;) {
      const result = this.#runtime.executePendingJobs(1000);
      if (result.error) result.error.dispose();
      else if (result.value === 0) return;
      if (this.end) return;
    }
  }

  /** The reasons of promises that were rejected and that nobody handles; each is told once. */
  takeRejections(): QuickJSHandle | undefined {
    return this.#rejections.take();
  }

  #run(action: () => { error?: QuickJSHandle; value?: QuickJSHandle }): QuickJSHandle | undefined {
    const result = action();
    if (!result.error) return result.value;
    const shown = this.end ? undefined : this.#context.dump(result.error);
    result.error.dispose();
    if (this.end) return undefined;
    if (shown?.message === 'out of memory' || shown === null) {
      this.end = { kind: 'memory' };
      return undefined;
    }
    throw new GuestError(typeof shown === 'object' ? `${shown.name}: ${shown.message}\n${shown.stack}` : String(shown));
  }

  #take(handle: QuickJSHandle): Value {
    switch (this.#context.typeof(handle)) {
      case 'string':
        return this.#context.getString(handle);
      case 'number':
        return this.#context.getNumber(handle);
      case 'boolean':
        return this.#context.dump(handle) as boolean;
      case 'object': {
        if (this.#context.sameValue(handle, this.#context.null)) return null;
        const lifetime = this.#context.getArrayBuffer(handle);
        const bytes = lifetime.value.slice();
        lifetime.dispose();
        return bytes;
      }
      default:
        return undefined;
    }
  }

  #give(value: Value): QuickJSHandle {
    const c = this.#context;
    if (value === undefined) return c.undefined;
    if (value === null) return c.null;
    if (typeof value === 'boolean') return value ? c.true : c.false;
    if (typeof value === 'number') return c.newNumber(value);
    if (typeof value === 'string') return c.newString(value);
    if (value instanceof Uint8Array) return c.newArrayBuffer(value.slice().buffer as ArrayBuffer);
    if (value instanceof Given) return value.handle;
    const text = c.newString(JSON.stringify(value));
    const made = c.unwrapResult(c.callFunction(this.#parse, c.undefined, text));
    text.dispose();
    return made;
  }
}

/** A value of the guest's own that is handed back to it. */
export class Given {
  readonly handle: QuickJSHandle;
  constructor(handle: QuickJSHandle) {
    this.handle = handle;
  }
}

/** What the guest threw while the host worked for it; it goes on as an exception there. */
export class GuestThrow extends Error {
  readonly handle: QuickJSHandle;
  constructor(handle: QuickJSHandle) {
    super('thrown by the guest');
    this.handle = handle;
  }
}
