/**
 * Promises that were rejected with nobody to handle it. QuickJS can tell them (JS_SetHostPromiseRejectionTracker), its WebAssembly build
 * does not pass that on; but its heap can be read: every object hangs in one list, and a promise knows whether it is handled. Where the
 * fields lie is found out with two promises of our own; where it cannot be, no rejection is told.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten-core';

/** JSPromiseStateEnum. */
const REJECTED = 2;
/** Of JSObject: the byte of its kind (0 in the low half: an object), its class, its place in the list of all. */
const KIND = 4;
const CLASS = 6;
const LINK = 8;
/** Of JSPromiseData, after its state and two lists of reactions. */
const HANDLED = 20;
const RESULT = 24;

interface Layout {
  readonly promiseClass: number;
  readonly data: number;
  readonly list: number;
}

interface Internals {
  readonly ffi: { QTS_DupValuePointer(context: number, value: number): number };
  readonly memory: { heapValueHandle(value: number): QuickJSHandle };
  readonly ctx: { readonly value: number };
}

export class RejectionScan {
  readonly #module: QuickJSWASMModule;
  readonly #context: QuickJSContext;
  readonly #internals: Internals;
  readonly #layout: Layout | undefined;

  constructor(module: QuickJSWASMModule, runtime: QuickJSRuntime, context: QuickJSContext) {
    this.#module = module;
    this.#context = context;
    this.#internals = context as unknown as Internals;
    const make = (code: string) => context.unwrapResult(context.evalCode(code));
    const open = make('Promise.reject(7)');
    const handled = make('(() => { const p = Promise.reject(7); p.catch(() => {}); return p; })()');
    this.#layout = this.#find(open, handled, (runtime as unknown as { rt: { value: number } }).rt.value);
    open.dispose();
    handled.dispose();
    runtime.executePendingJobs(10);
  }

  get #heap(): DataView {
    return new DataView(this.#module.getWasmMemory().buffer);
  }

  #find(open: QuickJSHandle, handled: QuickJSHandle, runtime: number): Layout | undefined {
    const heap = this.#heap;
    const word = (at: number) => (at > 0 && at + 4 <= heap.byteLength ? heap.getUint32(at, true) : 0);
    const object = word(open.value as unknown as number);
    const other = word(handled.value as unknown as number);
    const promiseClass = heap.getUint16(object + CLASS, true);
    if (heap.getUint16(other + CLASS, true) !== promiseClass) return undefined;
    const fits = (of: number, offset: number, isHandled: number) => {
      const data = word(of + offset);
      return word(data) === REJECTED && word(data + HANDLED) === isHandled && word(data + RESULT) === 7;
    };
    for (let data = 16; data <= 48; data += 4) {
      if (!fits(object, data, 0) || !fits(other, data, 1)) continue;
      let list = word(object + LINK + 4);
      for (let steps = 0; steps < 100_000 && (list < runtime || list > runtime + 1024); steps++) list = word(list + 4);
      return list >= runtime && list <= runtime + 1024 ? { promiseClass, data, list } : undefined;
    }
    return undefined;
  }

  /** The reason of one such promise in a list of one; the promise counts as handled from now on. */
  take(): QuickJSHandle | undefined {
    if (!this.#layout) return undefined;
    const { promiseClass, data, list } = this.#layout;
    const heap = this.#heap;
    for (let link = heap.getUint32(list + 4, true); link !== list; link = heap.getUint32(link + 4, true)) {
      const object = link - LINK;
      if (heap.getUint16(object + CLASS, true) !== promiseClass || (heap.getUint8(object + KIND) & 15) !== 0) continue;
      const promise = heap.getUint32(object + data, true);
      if (promise === 0 || heap.getUint32(promise, true) !== REJECTED || heap.getUint32(promise + HANDLED, true) !== 0) continue;
      heap.setUint32(promise + HANDLED, 1, true);
      const { ffi, memory, ctx } = this.#internals;
      const reason = memory.heapValueHandle(ffi.QTS_DupValuePointer(ctx.value, promise + RESULT));
      const box = this.#context.newArray();
      this.#context.setProp(box, 0, reason);
      reason.dispose();
      return box;
    }
    return undefined;
  }
}
