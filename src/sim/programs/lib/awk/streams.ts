import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, open, pipe, spawn, type WaitStatus, waitpid } from '../../../kernel/syscalls.ts';
import { Output } from '../output.ts';
import type { Tool } from '../tool.ts';
import { AwkReader } from './reader.ts';

interface Writer {
  readonly out: Output;
  readonly fd: number;
  readonly pid: number | undefined;
}

interface Source {
  readonly reader: AwkReader;
  readonly fd: number;
  readonly pid: number | undefined;
}

/** A file that cannot be opened for output ends the program. */
export class AwkOutputError extends Error {}

function exitCode(status: WaitStatus | undefined): number {
  if (status?.kind === 'exited') return status.code;
  return status?.kind === 'signaled' ? 256 : 0;
}

/** The files and commands that a running program has open, by the text that named them. */
export class AwkStreams {
  readonly #t: Tool;
  readonly #writers = new Map<string, Writer>();
  readonly #sources = new Map<string, Source>();

  constructor(t: Tool) {
    this.#t = t;
  }

  *writer(how: '>' | '>>' | '|', name: string): Sim<Output> {
    const old = this.#writers.get(name);
    if (old !== undefined) return old.out;
    let made: Writer;
    if (how === '|') {
      yield* this.flushAll();
      const [read, write] = yield* pipe({ cloexec: true });
      const pid = yield* spawn({
        path: '/bin/sh',
        argv: ['sh', '-c', name],
        fds: new Map([
          [0, read],
          [1, 1],
          [2, 2],
        ]),
      });
      yield* close(read);
      made = { out: new Output(write), fd: write, pid };
    } else if (name === '/dev/stdout' || name === '-') made = { out: this.#t.out, fd: 1, pid: undefined };
    else if (name === '/dev/stderr') made = { out: new Output(2), fd: 2, pid: undefined };
    else {
      try {
        const fd = yield* open(name, how === '>' ? 'w' : 'a');
        made = { out: new Output(fd), fd, pid: undefined };
      } catch (error) {
        if (isErrno(error)) throw new AwkOutputError(`cannot open "${name}" for output (${error.message})`);
        throw error;
      }
    }
    this.#writers.set(name, made);
    return made.out;
  }

  /** The reader of a file or command, or null if it cannot be opened. */
  *source(from: 'file' | 'command', name: string): Sim<AwkReader | null> {
    const old = this.#sources.get(name);
    if (old !== undefined) return old.reader;
    try {
      let fd: number;
      let pid: number | undefined;
      if (from === 'command') {
        yield* this.flushAll();
        const [read, write] = yield* pipe({ cloexec: true });
        pid = yield* spawn({
          path: '/bin/sh',
          argv: ['sh', '-c', name],
          fds: new Map([
            [0, 0],
            [1, write],
            [2, 2],
          ]),
        });
        yield* close(write);
        fd = read;
      } else fd = name === '-' || name === '/dev/stdin' ? 0 : yield* open(name, { read: true, cloexec: true });
      const made = { reader: new AwkReader(fd), fd, pid };
      this.#sources.set(name, made);
      return made.reader;
    } catch (error) {
      if (isErrno(error)) return null;
      throw error;
    }
  }

  *flushAll(): Sim<void> {
    yield* this.#t.out.flush();
    for (const { out } of this.#writers.values()) yield* out.flush();
  }

  /** False if there is no such stream. */
  *flush(name: string): Sim<boolean> {
    const writer = this.#writers.get(name);
    if (writer === undefined) return false;
    yield* writer.out.flush();
    return true;
  }

  /** close(): the command's exit status, 0 for files, -1 if nothing was open. */
  *close(name: string): Sim<number> {
    let status = -1;
    const writer = this.#writers.get(name);
    if (writer !== undefined) {
      this.#writers.delete(name);
      status = yield* this.#end(writer.fd, writer.pid, writer.out);
    }
    const source = this.#sources.get(name);
    if (source !== undefined) {
      this.#sources.delete(name);
      status = yield* this.#end(source.fd, source.pid, undefined);
    }
    return status;
  }

  *closeAll(): Sim<void> {
    yield* this.flushAll();
    for (const name of [...this.#writers.keys(), ...this.#sources.keys()]) yield* this.close(name);
  }

  *#end(fd: number, pid: number | undefined, out: Output | undefined): Sim<number> {
    if (out !== undefined) yield* out.flush();
    if (fd > 2) yield* close(fd);
    if (pid === undefined) return 0;
    return exitCode((yield* waitpid(pid))?.status);
  }
}
