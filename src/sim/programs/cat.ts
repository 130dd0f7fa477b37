import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, fstat, read, S_IFMT, S_IFREG, write } from '../kernel/syscalls.ts';
import { Utf8Decoder } from '../lib/utf8.ts';
import { Fatal } from './lib/failure.ts';
import { CHUNK, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';
import { visible } from './lib/visible.ts';

const SPEC = {
  short: 'benstuvAET',
  long: {
    'number-nonblank': 'b',
    number: 'n',
    'squeeze-blank': 's',
    'show-nonprinting': 'v',
    'show-ends': 'E',
    'show-tabs': 'T',
    'show-all': 'A',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Writes the files, or standard input, one after the other to standard output.',
};

interface Marks {
  readonly numbers: 'all' | 'nonblank' | undefined;
  readonly squeeze: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly controls: boolean;
}

/** Numbering and squeezing go on from one file to the next. */
class Decorator {
  readonly #marks: Marks;
  #line = 0;
  #blank = 0;
  #atStart = true;

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  text(chunk: string): string {
    let out = '';
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf('\n', at);
      const line = end < 0 ? chunk.slice(at) : chunk.slice(at, end);
      at = end < 0 ? chunk.length : end + 1;
      const m = this.#marks;
      const empty = line === '' && end >= 0 && this.#atStart;
      this.#blank = empty ? this.#blank + 1 : 0;
      if (empty && m.squeeze && this.#blank > 1) continue;
      if (this.#atStart && (m.numbers === 'all' || (m.numbers === 'nonblank' && !empty))) out += `${String(++this.#line).padStart(6)}\t`;
      out += visible(line, m.controls, m.tabs);
      if (end >= 0) out += m.ends ? '$\n' : '\n';
      this.#atStart = end >= 0;
    }
    return out;
  }
}

export function* cat(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const all = o.has('A');
  const marks: Marks = {
    numbers: o.has('b') ? 'nonblank' : o.has('n') ? 'all' : undefined,
    squeeze: o.has('s'),
    ends: all || o.has('E') || o.has('e'),
    tabs: all || o.has('T') || o.has('t'),
    controls: all || o.has('v') || o.has('e') || o.has('t'),
  };
  const plain = !marks.numbers && !marks.squeeze && !marks.ends && !marks.tabs && !marks.controls;
  const decorator = new Decorator(marks);
  const out = yield* fstat(1);
  for (const file of o.operands.length === 0 ? ['-'] : o.operands) {
    let fd: number;
    try {
      fd = yield* openInput(file);
    } catch (error) {
      yield* t.fileError(file, error);
      continue;
    }
    try {
      const from = yield* fstat(fd);
      if ((out.mode & S_IFMT) === S_IFREG && from.ino === out.ino && from.dev === out.dev && from.size > 0) {
        yield* t.error(`${file}: input file is output file`);
        continue;
      }
      const decoder = new Utf8Decoder();
      for (;;) {
        const chunk = yield* read(fd, CHUNK);
        if (chunk.length === 0) break;
        try {
          yield* write(1, plain ? chunk : decorator.text(decoder.decode(chunk)));
        } catch (error) {
          if (isErrno(error)) throw new Fatal(`write error: ${error.message}`);
          throw error;
        }
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(`${t.busybox ? 'read error' : file}: ${error.message}`);
    } finally {
      if (fd !== 0) yield* close(fd);
    }
  }
}

export const program = tool('cat', cat, { saysOpen: true });
