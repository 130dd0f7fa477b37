/**
 * Reading a container's log as moby does: the last lines of what is there, file by file, then what is written after that,
 * by position and rotation. Files are read in pieces: no step takes longer for a long log.
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, fstat, open, pread, statOrNull, waitOn } from '../../kernel/syscalls.ts';
import type { WaitQueue } from '../../kernel/waitQueue.ts';
import { concatBytes, EMPTY_BYTES } from '../../lib/bytes.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { holding } from './hold.ts';
import type { LogEntry } from './jsonFile.ts';
import { parseEntries } from './jsonFile.ts';
import type { LogFile, LogPosition } from './logFile.ts';

const PIECE = 32 * 1024;
const NEWLINE = 10;

export interface LogSource {
  readonly path: string;
  /** Files that are kept, the current one included. */
  readonly files: number;
  /** Of a container that runs. */
  readonly writer: LogFile | undefined;
}

export interface LogQuestion {
  /** Lines before the end, of both streams; a negative number means all. */
  readonly tail: number;
  /** Microseconds since 1970. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly follow: boolean;
}

export interface LogReader {
  entry(entry: LogEntry): Sim<void>;
  /** Nobody reads any more. */
  readonly gone: { readonly closed: boolean; readonly gone: WaitQueue };
}

/** Throws ENOENT when the file of a container that runs was taken away. */
export function* readLog(source: LogSource, question: LogQuestion, to: LogReader): Sim<void> {
  const { writer } = source;
  if (!writer && !(yield* statOrNull(source.path))) return;
  const opened = yield* writer ? holding(writer, () => openFiles(source)) : openFiles(source);
  const forward = new Forwarder(question, to);
  try {
    if (question.tail !== 0 && !(yield* readTail(opened, question.tail, forward))) return;
    for (const fd of opened.rotated.splice(0)) yield* close(fd);
    if (writer && question.follow) yield* follow(writer, opened, forward, to);
  } finally {
    for (const fd of [opened.current, ...opened.rotated]) yield* close(fd);
  }
}

/** Until nothing more will be written. Who is slower than two rotations misses what was between them. */
function* follow(writer: LogFile, opened: OpenedFiles, forward: Forwarder, to: LogReader): Sim<void> {
  const self = { read: opened.position };
  writer.readers.add(self);
  try {
    while (yield* waitForMore(writer, self.read, to)) {
      let wrote = writer.position;
      let from = self.read.size;
      if (wrote.rotation !== self.read.rotation) {
        if ((yield* forward.from(opened.current, from, Number.POSITIVE_INFINITY)) !== 'end') return;
        yield* close(opened.current);
        wrote = yield* holding(writer, function* () {
          opened.current = yield* open(writer.path);
          return writer.position;
        });
        from = 0;
      }
      if ((yield* forward.from(opened.current, from, wrote.size)) !== 'end') return;
      self.read = wrote;
    }
  } finally {
    writer.readers.delete(self);
  }
}

interface OpenedFiles {
  /** Oldest first. */
  readonly rotated: number[];
  current: number;
  readonly position: LogPosition;
}

function* openFiles({ path, files, writer }: LogSource): Sim<OpenedFiles> {
  const current = yield* open(path);
  const rotated: number[] = [];
  for (let i = files - 1; i >= 1; i--) {
    try {
      rotated.push(yield* open(`${path}.${i}`));
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }
  return { rotated, current, position: writer?.position ?? { size: (yield* fstat(current)).size, rotation: 0 } };
}

/** True when there is more than was read; false when there will be nothing more, or nobody to read it. */
function* waitForMore(writer: LogFile, read: LogPosition, { gone }: LogReader): Sim<boolean> {
  for (;;) {
    if (gone.closed) return false;
    if (writer.position !== read) return true;
    if (writer.closed) return false;
    yield* waitOn([writer.grown, gone.gone]);
  }
}

/** False when the reader has had enough. What cannot be decoded hides the rest of its file, and nothing else. */
function* readTail({ rotated, current, position }: OpenedFiles, lines: number, forward: Forwarder): Sim<boolean> {
  const pieces: { readonly fd: number; readonly from: number; readonly to: number }[] = [];
  let missing = lines;
  for (const fd of [current, ...[...rotated].reverse()]) {
    if (lines > 0 && missing <= 0) break;
    const to = fd === current ? position.size : (yield* fstat(fd)).size;
    const tail = lines > 0 ? yield* lastLines(fd, to, missing) : { from: 0, lines: 0 };
    missing -= tail.lines;
    pieces.unshift({ fd, from: tail.from, to });
  }
  for (const { fd, from, to } of pieces) if ((yield* forward.from(fd, from, to)) === 'enough') return false;
  return true;
}

/** Where the last `wanted` lines before `end` begin, and how many there are. */
function* lastLines(fd: number, end: number, wanted: number): Sim<{ readonly from: number; readonly lines: number }> {
  let lines = 0;
  for (let at = end; at > 0; ) {
    const start = Math.max(0, at - PIECE);
    const piece = yield* pread(fd, at - start, start);
    for (let i = piece.length - 1; i >= 0; i--) {
      if (piece[i] !== NEWLINE || start + i === end - 1) continue;
      if (++lines === wanted) return { from: start + i + 1, lines };
    }
    at = start;
  }
  return { from: 0, lines: end > 0 ? lines + 1 : 0 };
}

/** Decodes and hands on what is in the asked time. */
class Forwarder {
  #since: number | undefined;
  readonly #until: number | undefined;
  readonly #to: LogReader;

  constructor(question: LogQuestion, to: LogReader) {
    this.#since = question.since;
    this.#until = question.until;
    this.#to = to;
  }

  /** 'enough': the time is over or nobody reads. 'garbage': what stands there is no log entry. */
  *from(fd: number, from: number, to: number): Sim<'end' | 'enough' | 'garbage'> {
    let rest: Uint8Array = EMPTY_BYTES;
    for (let at = from; at < to; ) {
      const piece = yield* pread(fd, Math.min(PIECE, to - at), at);
      if (piece.length === 0) break;
      at += piece.length;
      const end = piece.lastIndexOf(NEWLINE) + 1;
      const whole = end === 0 ? EMPTY_BYTES : concatBytes([rest, piece.subarray(0, end)]);
      rest = end === 0 ? concatBytes([rest, piece]) : piece.slice(end);
      const result = yield* this.#lines(decodeUtf8(whole));
      if (result !== 'end') return result;
    }
    return yield* this.#lines(decodeUtf8(rest));
  }

  *#lines(text: string): Sim<'end' | 'enough' | 'garbage'> {
    for (const line of text.split('\n')) {
      const entries = parseEntries(line);
      if (!entries) return 'garbage';
      for (const entry of entries) {
        if (this.#to.gone.closed) return 'enough';
        if (this.#since !== undefined && entry.timeUs < this.#since) continue;
        // Times need not ascend: after the first one that fits all do.
        this.#since = undefined;
        if (this.#until !== undefined && entry.timeUs > this.#until) return 'enough';
        yield* this.#to.entry(entry);
      }
    }
    return 'end';
  }
}
