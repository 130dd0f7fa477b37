/** node's event loop: turns of JavaScript, and between them what the kernel has to say. */
import type { SignalName } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import { self, type Thread } from '../../../kernel/process/process.ts';
import { load, type Sim } from '../../../kernel/sim.ts';
import { compute, environ, isatty, setMemory, sigaction, waitOn, write } from '../../../kernel/syscalls.ts';
import { WaitQueue } from '../../../kernel/waitQueue.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { CLOCK_US, GUEST_HEAP_BYTES, OUTPUT_BYTES_MAX, OWN_MEMORY, STARTUP_US } from './bounds.ts';
import { failure, type HostCall, hostCalls } from './host/index.ts';
import { library } from './library.ts';
import { newQuickJs } from './quickjs.ts';
import { Given, GuestThrow, type Value, Vm } from './vm.ts';

export interface Invocation {
  readonly version: string;
  readonly argv: readonly string[];
  /** Options before the script. */
  readonly execArgv: readonly string[];
  /** What runs first: a file, a text (-e, or standard input), or the prompt. */
  readonly main: { readonly kind: 'file' | 'text' | 'print' | 'module' | 'repl'; readonly text: string };
  readonly preload: readonly string[];
  readonly heapBytes?: number;
  /** The text came on standard input. */
  readonly fromStdin?: boolean;
  /** Another program of the library that runs in place of node: 'npm'. */
  readonly tool?: string;
}

interface Completion {
  readonly id: number;
  readonly value: Value;
}

const ENDLESS =
  'drydock: the program ran for a second without a return to its event loop; it is not run further, and the process keeps its processor busy until it is killed\n';

/** Runs a program to its end; answers with the exit status. */
export function* runNode(how: Invocation): Sim<number> {
  const heapBytes = Math.min(how.heapBytes ?? GUEST_HEAP_BYTES, GUEST_HEAP_BYTES);
  const quickJs = yield* load(() => newQuickJs(heapBytes));
  return yield* new NodeProcess(new Vm(quickJs), yield* self(), how).run();
}

class NodeProcess {
  readonly #vm: Vm;
  readonly #thread: Thread;
  readonly #how: Invocation;
  readonly #baseMemory: number;
  #memory = 0;
  readonly #completions: Completion[] = [];
  readonly #signals: SignalName[] = [];
  readonly #wake = new WaitQueue();
  readonly #threads = new Map<number, { cancel(): void }>();
  #output: { readonly fd: number; readonly data: Uint8Array }[] = [];
  #outputBytes = 0;

  constructor(vm: Vm, thread: Thread, how: Invocation) {
    this.#vm = vm;
    this.#thread = thread;
    this.#how = how;
    this.#baseMemory = vm.memoryBytes;
  }

  *run(): Sim<number> {
    const vm = this.#vm;
    yield* sigaction('SIGPIPE', 'ignore');
    yield* compute(STARTUP_US);
    const env = Object.fromEntries(yield* environ());
    const ttys = [yield* isatty(0), yield* isatty(1), yield* isatty(2)];
    vm.boot(library('bootstrap'), 'node:internal/bootstrap', (name, args) => this.#host(name, args));
    vm.setLoader(
      (file) => String(vm.call('moduleSource', file)),
      (from, specifier) => String(vm.call('moduleResolve', from, specifier)),
    );
    const { pid, parent } = this.#thread.process;
    vm.call('start', { ...this.#how, env, ttys, pid, ppid: parent?.pidSeenBy(this.#thread.process) ?? 0 });
    // The first look at the timers comes a millisecond after the program has set them.
    vm.used += 1000;
    yield* this.#settle();
    while (!vm.end) {
      vm.call('timers');
      yield* this.#settle();
      while (this.#signals.length > 0 && !vm.end) {
        vm.call('signal', this.#signals.shift()!);
        yield* this.#settle();
      }
      while (this.#completions.length > 0 && !vm.end) {
        const { id, value } = this.#completions.shift()!;
        vm.call('complete', id, value);
        yield* this.#settle();
      }
      vm.call('immediates');
      yield* this.#settle();
      if (vm.end || this.#completions.length > 0 || this.#signals.length > 0) continue;
      // Milliseconds until the next timer; -1 waits for the machine alone, -2 for nothing at all.
      const wait = Number(vm.call('idle'));
      if (vm.end) break;
      if (wait === -2) {
        vm.call('end');
        yield* this.#settle();
      } else if (wait !== 0) yield* waitOn(this.#wake, wait < 0 ? undefined : wait * 1000);
    }
    return yield* this.#finish();
  }

  /** Pays for the last turn, and lets its output go. */
  *#settle(): Sim<void> {
    const vm = this.#vm;
    const used = vm.used;
    vm.used = 0;
    if (used > 0) yield* compute(used);
    const memory = OWN_MEMORY + vm.memoryBytes - this.#baseMemory;
    if (memory !== this.#memory) {
      this.#memory = memory;
      yield* setMemory(memory);
    }
    yield* this.#flush();
  }

  *#flush(): Sim<void> {
    while (this.#output.length > 0) {
      const waiting = this.#output;
      this.#output = [];
      this.#outputBytes = 0;
      for (const { fd, data } of merged(waiting)) {
        try {
          for (let at = 0; at < data.length; ) at += yield* write(fd, data.subarray(at));
        } catch (error) {
          if (!(error instanceof Errno)) throw error;
          if (!this.#vm.end) this.#vm.call('outputFailed', fd, failure(error));
        }
      }
    }
  }

  *#finish(): Sim<number> {
    const { end } = this.#vm;
    yield* this.#settle();
    for (const each of this.#threads.values()) each.cancel();
    if (end?.kind === 'exit') return end.code;
    if (end?.kind === 'memory') {
      const { pid } = this.#thread.process;
      yield* write(
        2,
        `\n<--- Last few GCs --->\n\n[${pid}:0x55d0a0]    ${Math.round(this.#thread.process.cpuTime / 1000)} ms: Mark-Compact ${(this.#memory / 2 ** 20).toFixed(1)} (${(this.#memory / 2 ** 20 + 1).toFixed(1)}) -> ${(this.#memory / 2 ** 20).toFixed(1)} (${(this.#memory / 2 ** 20 + 1).toFixed(1)}) MB, last resort; GC in old space requested\n\n\n<--- JS stacktrace --->\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n`,
      );
      return 134;
    }
    yield* write(2, ENDLESS);
    for (;;) yield* compute(1_000_000);
  }

  // ---- what the library asks ----

  #host(name: string, args: readonly Value[]): Value {
    const vm = this.#vm;
    switch (name) {
      case 'now':
        vm.used += CLOCK_US;
        return this.#thread.process.kernel.scheduler.now + vm.used;
      case 'wallClock':
        vm.used += CLOCK_US;
        return this.#thread.process.kernel.wallClock() + vm.used;
      case 'write':
        return this.#write(args[0] as number, args[1] as string | Uint8Array);
      case 'exit':
        vm.end ??= { kind: 'exit', code: (args[0] as number) & 0xff };
        return undefined;
      case 'memory':
        vm.end ??= { kind: 'memory' };
        return undefined;
      case 'heap':
        return vm.memoryBytes;
      case 'library':
        return library(args[0] as string);
      case 'compile':
        return this.#thrown(() => new Given(vm.compile(args[0] as string, args[1] as string)));
      case 'module':
        return this.#thrown(() => new Given(vm.module(args[0] as string, args[1] as string)));
      case 'drain':
        vm.drain();
        return undefined;
      case 'rejection': {
        const reason = vm.takeRejections();
        return reason ? new Given(reason) : undefined;
      }
      case 'catch':
        this.#direct(sigaction(args[0] as SignalName, args[1] ? (signal) => this.#signalled(signal) : 'default'));
        return undefined;
      case 'start':
        return this.#start(args[0] as number, args[1] as string, args.slice(2));
      case 'cancel':
        this.#threads.get(args[0] as number)?.cancel();
        this.#threads.delete(args[0] as number);
        return undefined;
      default: {
        const call = hostCalls.get(name) as ((...args: readonly Value[]) => Sim<Value>) | undefined;
        if (!call) throw new Error(`no host call ${name}`);
        // What was written before comes before what they do.
        if (name === 'kill' || name === 'spawn') this.#writeNow();
        return this.#direct(call(...args));
      }
    }
  }

  #thrown(action: () => Value): Value {
    try {
      return action();
    } catch (error) {
      if (error instanceof GuestThrow) throw error.handle;
      throw error;
    }
  }

  #write(fd: number, data: string | Uint8Array): Value {
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
    this.#output.push({ fd, data: bytes });
    this.#outputBytes += bytes.length;
    if (this.#outputBytes > OUTPUT_BYTES_MAX) this.#vm.end ??= { kind: 'endless' };
    return undefined;
  }

  #writeNow(): void {
    const waiting = this.#output;
    this.#output = [];
    this.#outputBytes = 0;
    for (const { fd, data } of merged(waiting)) this.#direct(write(fd, data));
  }

  *#signalled(signal: SignalName): Sim<void> {
    this.#signals.push(signal);
    this.#wake.wake();
  }

  /** A call that does not wait, in the middle of a turn. */
  #direct(call: Sim<Value | unknown>): Value {
    this.#vm.used += 1;
    try {
      let answer: unknown;
      for (;;) {
        const step = call.next(answer);
        if (step.done) return step.value as Value;
        const { value: asked } = step;
        if (asked.op === 'self') answer = this.#thread;
        else if (asked.op === 'pause') answer = undefined;
        else {
          call.return(undefined as never);
          throw new Errno('EAGAIN');
        }
      }
    } catch (error) {
      return failure(error);
    }
  }

  /** A call that may wait, on a thread of its own; its answer comes in a later turn. */
  #start(id: number, name: string, args: readonly Value[]): Value {
    const call = hostCalls.get(name) as unknown as HostCall | undefined;
    if (!call) throw new Error(`no host call ${name}`);
    const { process } = this.#thread;
    const body = this.#complete(id, (call as (...args: readonly Value[]) => Sim<Value>)(...args));
    this.#threads.set(id, process.addThread(body, 'libuv-worker'));
    return undefined;
  }

  *#complete(id: number, call: Sim<Value>): Sim<void> {
    let value: Value;
    try {
      value = yield* call;
    } catch (error) {
      value = failure(error);
    }
    this.#threads.delete(id);
    this.#completions.push({ id, value });
    this.#wake.wake();
  }
}

/** Pieces for one descriptor that follow each other become one write. */
function merged(
  pieces: readonly { readonly fd: number; readonly data: Uint8Array }[],
): readonly { readonly fd: number; readonly data: Uint8Array }[] {
  const out: { fd: number; data: Uint8Array }[] = [];
  for (let i = 0; i < pieces.length; ) {
    const { fd } = pieces[i];
    let end = i;
    let length = 0;
    while (end < pieces.length && pieces[end].fd === fd) length += pieces[end++].data.length;
    const data = new Uint8Array(length);
    for (let at = 0; i < end; i++) {
      data.set(pieces[i].data, at);
      at += pieces[i].data.length;
    }
    out.push({ fd, data });
  }
  return out;
}
