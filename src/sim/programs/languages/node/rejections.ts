/**
 * Promises that were rejected with nobody to handle it. QuickJS tells them to a function that JS_SetHostPromiseRejectionTracker sets; its
 * WebAssembly build does not give that out. So the pointer is written where it stands in the runtime's memory: before the list of jobs,
 * behind the interrupt handler. Where the place cannot be made out, no rejection is told.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { type QuickJs, wasm } from './quickjs.ts';

/** A module that gives out the function that it is given, with the tracker's type: (i32, i64, i64, i32, i32) -> (). */
const TYPED = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 9, 1, 0x60, 5, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 0],
  ...[2, 7, 1, 1, 0x65, 1, 0x66, 0, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
);

interface Internals {
  readonly ffi: { QTS_DupValuePointer(context: number, value: number): number };
  readonly memory: { heapValueHandle(value: number): QuickJSHandle };
  readonly ctx: { readonly value: number };
  readonly module: { _malloc(bytes: number): number; _free(pointer: number): void };
}

interface Rejection {
  readonly promise: QuickJSHandle;
  readonly reason: QuickJSHandle;
}

export class RejectionTracker {
  readonly #quickJs: QuickJs;
  readonly #context: QuickJSContext;
  readonly #waiting = new Map<bigint, Rejection>();

  /** The runtime must have its interrupt handler and no jobs. */
  constructor(quickJs: QuickJs, runtime: QuickJSRuntime, context: QuickJSContext) {
    this.#quickJs = quickJs;
    this.#context = context;
    const place = this.#find((runtime as unknown as { rt: { value: number } }).rt.value);
    if (place === undefined) return;
    const tell = (_context: number, promise: bigint, reason: bigint, handled: number) => this.#told(promise, reason, handled !== 0);
    const typed = new wasm.Instance(new wasm.Module(TYPED), { e: { f: tell } }).exports.f;
    const pointer = quickJs.table.grow(1);
    quickJs.table.set(pointer, typed);
    this.#heap.setUint32(place, pointer, true);
  }

  get #heap(): DataView {
    return new DataView(this.#quickJs.module.getWasmMemory().buffer);
  }

  /** Handler and its datum, tracker and its datum (not set), an empty list, which points to itself. */
  #find(runtime: number): number | undefined {
    const heap = this.#heap;
    const word = (at: number) => heap.getUint32(at, true);
    for (let list = runtime + 64; list < runtime + 512; list += 4)
      if (word(list) === list && word(list + 4) === list && word(list - 4) === 0 && word(list - 8) === 0 && word(list - 16) !== 0)
        return list - 8;
    return undefined;
  }

  #told(promise: bigint, reason: bigint, handled: boolean): void {
    if (handled) {
      const found = this.#waiting.get(promise);
      this.#waiting.delete(promise);
      found?.promise.dispose();
      found?.reason.dispose();
    } else this.#waiting.set(promise, { promise: this.#keep(promise), reason: this.#keep(reason) });
  }

  /** A handle of a value that C passed by value. */
  #keep(value: bigint): QuickJSHandle {
    const { ffi, memory, ctx } = this.#context as unknown as Internals;
    const { _malloc, _free } = (this.#quickJs.module as unknown as Internals).module;
    const box = _malloc(8);
    this.#heap.setBigUint64(box, BigInt.asUintN(64, value), true);
    const copy = ffi.QTS_DupValuePointer(ctx.value, box);
    _free(box);
    return memory.heapValueHandle(copy);
  }

  /** One such rejection as a list of its reason and its promise; it is told once. */
  take(): QuickJSHandle | undefined {
    for (const [key, { promise, reason }] of this.#waiting) {
      this.#waiting.delete(key);
      const box = this.#context.newArray();
      this.#context.setProp(box, 0, reason);
      this.#context.setProp(box, 1, promise);
      promise.dispose();
      reason.dispose();
      return box;
    }
    return undefined;
  }
}
