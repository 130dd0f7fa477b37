/**
 * How the Python modules of lib/ reach the kernel: a file of which only the interpreter knows. A request is a line of JSON, `[name, [arguments]]`,
 * and bytes after it; what is then read is the answer: `{"v": value}` or `{"e": [number, text, path]}` on a line, and bytes.
 */
import { isErrno } from '../../../../kernel/errno.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import { concatBytes } from '../../../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../lib/utf8.ts';

const DEVICE = '/dev/.python';
const NEWLINE = 10;
const NOTHING = new Uint8Array();

/** What a call gives: a JSON value, bytes, or both. */
export type Answer = { readonly value?: unknown; readonly data?: Uint8Array } | undefined | void;
export type Operation = (args: readonly never[], data: Uint8Array) => Sim<Answer>;

/** Thrown by a signal's handler to cut a blocking call short. */
export class Interrupted extends Error {}

export class Device {
  readonly fd = 99_999;
  readonly #operations: Readonly<Record<string, Operation>>;
  readonly #setRoots: (at: number, length: number) => void;
  #answer: Uint8Array = NOTHING;
  #at = 0;

  constructor(operations: Readonly<Record<string, Operation>>, setRoots: (at: number, length: number) => void) {
    this.#operations = operations;
    this.#setRoots = setRoots;
  }

  is(path: string): boolean {
    return path === DEVICE;
  }

  /** A request; `address` is where it stands in the program's memory. */
  request(data: Uint8Array, address: number): number | Sim<number> {
    // The first byte of a request is '['; zeros are the buffer for the collector's roots.
    if (data.length > 0 && data[0] === 0) {
      this.#setRoots(address, data.length);
      return 0;
    }
    const device = this;
    return (function* () {
      device.#answer = yield* device.#perform(data);
      device.#at = 0;
      return 0;
    })();
  }

  read(fd: number, length: number): Uint8Array | undefined {
    if (fd !== this.fd) return undefined;
    const part = this.#answer.subarray(this.#at, this.#at + length);
    this.#at += part.length;
    return part;
  }

  *#perform(data: Uint8Array): Sim<Uint8Array> {
    const end = data.indexOf(NEWLINE);
    let value: unknown = null;
    let error: readonly unknown[] | undefined;
    let bytes: Uint8Array = NOTHING;
    try {
      const [name, args] = JSON.parse(decodeUtf8(data.subarray(0, end))) as [string, never[]];
      if (!Object.hasOwn(this.#operations, name)) throw new Error(`no operation ${name}`);
      const answer = yield* this.#operations[name](args, data.subarray(end + 1));
      value = answer?.value ?? null;
      bytes = answer?.data ?? NOTHING;
    } catch (thrown) {
      if (thrown instanceof Interrupted) error = [4, 'Interrupted system call', null];
      else if (isErrno(thrown)) error = [thrown.number, thrown.message, thrown.path ?? null];
      else if (thrown instanceof SyntaxError || thrown instanceof TypeError) error = [22, 'Invalid argument', null];
      else throw thrown;
    }
    return concatBytes([encodeUtf8(`${JSON.stringify(error ? { e: error } : { v: value })}\n`), bytes]);
  }
}
