import { isErrno } from '../../../kernel/errno.ts';
import { SED_SPACE_MAX } from '../../../kernel/limits.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import {
  chmod,
  chown,
  close,
  compute,
  fstat,
  open,
  pipe,
  readAll,
  readText,
  rename,
  S_IFDIR,
  S_IFMT,
  S_IFREG,
  spawn,
  waitpid,
} from '../../../kernel/syscalls.ts';
import type { Regex } from '../../../lib/regex/regex.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { Fatal } from '../failure.ts';
import { LineReader, openInput } from '../input.ts';
import { Output } from '../output.ts';
import type { Tool } from '../tool.ts';
import { type SedAddress, type SedCommand, SedError, type SedPart, type SedScript } from './parse.ts';

export interface SedOptions {
  readonly quiet: boolean;
  readonly separate: boolean;
  /** Suffix of the backup ('' for none), or undefined when not in place. */
  readonly inPlace: string | undefined;
  readonly end: string;
  readonly lineLength: number;
  readonly unbuffered: boolean;
}

interface RangeState {
  active: boolean;
  until: number;
}

const STEPS_PER_PAUSE = 2_000;
/** A pattern space of so many characters makes each command take time. */
const LONG_SPACE = 4_096;
const CHARACTERS_PER_MICROSECOND = 500;
const MATCHES_PER_PAUSE = 4_096;
const NO_MEMORY = "couldn't allocate memory";

/** Executes a script over files. */
export class SedRun {
  readonly #t: Tool;
  readonly #commands: readonly SedCommand[];
  readonly #o: SedOptions;
  readonly #ranges = new Map<SedCommand, RangeState>();
  readonly #files = new Map<string, Output>();
  readonly #readers = new Map<string, LineReader | null>();
  #out: Output;
  #pattern = '';
  #hold = '';
  #line = 0;
  #lastRegex: Regex | null = null;
  #appended: ({ readonly text: string } | { readonly file: string } | { readonly line: string })[] = [];
  #replaced = false;
  #status = 0;
  #quit: number | undefined;
  // Input: the current reader, one line of look-ahead (to know the last line), and the files to come.
  #queue: string[] = [];
  #reader: LineReader | undefined;
  #fileName = '-';
  #ahead: { text: string; terminated: boolean } | null = null;
  #terminated = true;
  #missingNewline = false;
  #steps = 0;

  constructor(t: Tool, script: SedScript, options: SedOptions) {
    this.#t = t;
    this.#commands = script.commands;
    this.#o = options;
    this.#out = t.out;
  }

  *files(names: readonly string[]): Sim<number> {
    for (const c of this.#commands) {
      const file = c.name === 'w' || c.name === 'W' ? c.text : c.flags?.file;
      if (file !== undefined) yield* this.#outputFile(file);
    }
    if (this.#o.inPlace !== undefined) {
      for (const name of names) {
        yield* this.#inPlace(name);
        if (this.#quit !== undefined) break;
      }
    } else if (this.#o.separate) {
      for (const name of names) {
        this.#queue = [name];
        this.#line = 0;
        yield* this.#cycles();
        if (this.#quit !== undefined) break;
      }
    } else {
      this.#queue = [...names];
      yield* this.#cycles();
    }
    for (const out of this.#files.values()) yield* out.flush();
    return this.#quit !== undefined && this.#quit !== 0 ? this.#quit : this.#status;
  }

  *#outputFile(name: string): Sim<Output> {
    let out = this.#files.get(name);
    if (out === undefined) {
      if (name === '/dev/stdout') out = this.#t.out;
      else if (name === '/dev/stderr') out = new Output(2);
      else {
        try {
          out = new Output(yield* open(name, 'w'));
        } catch (error) {
          if (isErrno(error)) throw new Fatal(`couldn't open file ${name}: ${error.message}`, 4);
          throw error;
        }
      }
      this.#files.set(name, out);
    }
    return name === '/dev/stdout' ? this.#out : out;
  }

  *#inPlace(name: string): Sim<void> {
    let fd: number;
    try {
      fd = yield* open(name, 'r');
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#cannotRead(name, error.message);
      return;
    }
    const info = yield* fstat(fd);
    yield* close(fd);
    if ((info.mode & S_IFMT) !== S_IFREG) {
      yield* this.#t.warn(`couldn't edit ${name}: not a regular file`);
      this.#status = 4;
      return;
    }
    const slash = name.lastIndexOf('/');
    const dir = name.slice(0, slash + 1);
    const temporary = `${dir}sed${String(info.ino % 100000).padStart(5, '0')}~`;
    let target: number;
    try {
      target = yield* open(temporary, 'w', info.mode & 0o7777);
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`couldn't open temporary file ${dir || './'}sedXXXXXX: ${error.message}`, 4);
      throw error;
    }
    this.#out = new Output(target);
    this.#queue = [name];
    yield* this.#cycles();
    if (this.#quit !== undefined) yield* this.#dumpRest();
    yield* this.#out.flush();
    yield* close(target);
    this.#out = this.#t.out;
    this.#missingNewline = false;
    yield* chmod(temporary, info.mode & 0o7777);
    try {
      yield* chown(temporary, info.uid, info.gid);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    const suffix = this.#o.inPlace!;
    if (suffix !== '') {
      const base = name.slice(slash + 1);
      yield* rename(
        name,
        suffix.includes('/') ? suffix.replaceAll('*', base) : dir + (suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix),
      );
    }
    yield* rename(temporary, name);
    this.#line = 0;
  }

  *#cannotRead(name: string, reason: string): Sim<void> {
    this.#status = 2;
    yield* this.#t.warn(this.#t.busybox ? `${name}: ${reason}` : `can't read ${name}: ${reason}`);
    if (this.#t.busybox) this.#status = 1;
  }

  /** Fills the look-ahead. */
  *#fill(): Sim<void> {
    while (this.#ahead === null) {
      if (this.#reader === undefined) {
        const name = this.#queue.shift();
        if (name === undefined) return;
        try {
          const fd = yield* openInput(name);
          if (((yield* fstat(fd)).mode & S_IFMT) === S_IFDIR) {
            this.#status = 2;
            yield* this.#t.warn(this.#t.busybox ? `read error on '${name}': Is a directory` : `read error on ${name}: Is a directory`);
            yield* close(fd);
            continue;
          }
          this.#reader = new LineReader(fd, this.#o.end);
          this.#fileName = name;
        } catch (error) {
          if (!isErrno(error)) throw error;
          yield* this.#cannotRead(name, error.message);
          continue;
        }
      }
      const line: string | null = yield* this.#reader.next();
      if (line === null) {
        if (this.#reader.fd !== 0) yield* close(this.#reader.fd);
        this.#reader = undefined;
        continue;
      }
      this.#ahead = { text: line, terminated: this.#reader.terminated };
    }
  }

  *#nextLine(): Sim<boolean> {
    yield* this.#fill();
    if (this.#ahead === null) return false;
    const { text, terminated } = this.#ahead;
    this.#ahead = null;
    this.#pattern = text;
    this.#terminated = terminated;
    this.#line++;
    return true;
  }

  *#isLast(): Sim<boolean> {
    yield* this.#fill();
    return this.#ahead === null;
  }

  *#dumpRest(): Sim<void> {
    while (yield* this.#nextLine()) yield* this.#emit(this.#pattern, this.#terminated);
  }

  /** Prints a line; a last input line without newline stays without one. */
  *#emit(text: string, terminated = true, out = this.#out): Sim<void> {
    if (this.#missingNewline && out === this.#out) {
      yield* out.write(this.#o.end);
      this.#missingNewline = false;
    }
    yield* out.write(terminated ? text + this.#o.end : text);
    if (!terminated && out === this.#out) this.#missingNewline = true;
    if (this.#o.unbuffered) yield* out.flush();
  }

  *#flushAppended(): Sim<void> {
    const list = this.#appended;
    if (list.length === 0) return;
    this.#appended = [];
    for (const item of list) {
      if (this.#missingNewline) {
        yield* this.#out.write(this.#o.end);
        this.#missingNewline = false;
      }
      if ('text' in item) yield* this.#out.write(item.text);
      else if ('line' in item) yield* this.#out.write(item.line);
      else {
        try {
          yield* this.#out.write(yield* readText(item.file === '/dev/stdin' ? '/dev/stdin' : item.file));
        } catch (error) {
          if (!isErrno(error)) throw error; // a file that cannot be read is taken as empty
        }
      }
    }
  }

  *#cycles(): Sim<void> {
    let keep = false;
    for (;;) {
      if (!keep && !(yield* this.#nextLine())) return;
      keep = false;
      const how = yield* this.#execute();
      if (how === 'restart') keep = true;
      else if (how !== 'delete' && how !== 'silent' && !this.#o.quiet) yield* this.#emit(this.#pattern, this.#terminated);
      yield* this.#flushAppended();
      if (how === 'quit' || how === 'silent') return;
    }
  }

  *#execute(): Sim<'end' | 'delete' | 'restart' | 'quit' | 'silent'> {
    const cs = this.#commands;
    for (let pc = 0; pc < cs.length; pc++) {
      if (++this.#steps % STEPS_PER_PAUSE === 0) yield* pause();
      if (this.#pattern.length > LONG_SPACE) yield* compute(this.#pattern.length / CHARACTERS_PER_MICROSECOND);
      if (this.#pattern.length + this.#hold.length > SED_SPACE_MAX) throw new Fatal(NO_MEMORY, 4);
      const c = cs[pc];
      if ((yield* this.#selected(c)) === c.negate) {
        if (c.name === '{') pc = c.target! - 1;
        continue;
      }
      switch (c.name) {
        case '{':
        case ':':
          break;
        case '=':
          yield* this.#plain(`${this.#line}\n`);
          break;
        case 'a':
          this.#appended.push({ text: c.text });
          break;
        case 'i':
          yield* this.#plain(c.text);
          break;
        case 'c': {
          const range = this.#ranges.get(c);
          if (c.to === undefined || c.negate || !range?.active) yield* this.#plain(c.text);
          return 'delete';
        }
        case 'd':
          return 'delete';
        case 'D': {
          const at = this.#pattern.indexOf('\n');
          if (at < 0) return 'delete';
          this.#pattern = this.#pattern.slice(at + 1);
          return 'restart';
        }
        case 'e':
          yield* this.#runCommand(c.text);
          break;
        case 'F':
          yield* this.#plain(`${this.#fileName}\n`);
          break;
        case 'g':
          this.#pattern = this.#hold;
          break;
        case 'G':
          this.#pattern += `\n${this.#hold}`;
          break;
        case 'h':
          this.#hold = this.#pattern;
          break;
        case 'H':
          this.#hold += `\n${this.#pattern}`;
          break;
        case 'l':
          yield* this.#plain(`${listForm(this.#pattern, c.number ?? this.#o.lineLength)}\n`);
          break;
        case 'n':
          if (yield* this.#isLast()) return this.#o.quiet ? 'silent' : 'quit';
          if (!this.#o.quiet) yield* this.#emit(this.#pattern, this.#terminated);
          yield* this.#flushAppended();
          yield* this.#nextLine();
          break;
        case 'N': {
          if (yield* this.#isLast()) return 'quit';
          yield* this.#flushAppended();
          const before = this.#pattern;
          yield* this.#nextLine();
          this.#pattern = `${before}\n${this.#pattern}`;
          break;
        }
        case 'p':
          yield* this.#emit(this.#pattern, this.#terminated);
          break;
        case 'P': {
          const at = this.#pattern.indexOf('\n');
          yield* this.#emit(at < 0 ? this.#pattern : this.#pattern.slice(0, at), at >= 0 || this.#terminated);
          break;
        }
        case 'q':
        case 'Q':
          this.#quit = c.number ?? 0;
          return c.name === 'q' ? 'quit' : 'silent';
        case 'r':
          this.#appended.push({ file: c.text });
          break;
        case 'R':
          yield* this.#readLine(c.text);
          break;
        case 's': {
          const jump = yield* this.#substitute(c);
          if (jump) this.#replaced = true;
          break;
        }
        case 't':
          if (this.#replaced) {
            this.#replaced = false;
            pc = (c.target ?? cs.length) - 1;
          }
          break;
        case 'T':
          if (!this.#replaced) pc = (c.target ?? cs.length) - 1;
          else this.#replaced = false;
          break;
        case 'b':
          pc = (c.target ?? cs.length) - 1;
          break;
        case 'w':
          yield* this.#emit(this.#pattern, true, yield* this.#outputFile(c.text));
          break;
        case 'W':
          yield* this.#emit(this.#pattern.split('\n', 1)[0], true, yield* this.#outputFile(c.text));
          break;
        case 'x':
          [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
          break;
        case 'y':
          this.#pattern = Array.from(this.#pattern, (ch) => c.map!.get(ch) ?? ch).join('');
          break;
        case 'z':
          this.#pattern = '';
          break;
      }
    }
    this.#replaced = false;
    return 'end';
  }

  *#plain(text: string): Sim<void> {
    if (this.#missingNewline) {
      yield* this.#out.write(this.#o.end);
      this.#missingNewline = false;
    }
    yield* this.#out.write(text);
  }

  *#readLine(file: string): Sim<void> {
    let reader = this.#readers.get(file);
    if (reader === undefined) {
      try {
        reader = new LineReader(yield* openInput(file === '/dev/stdin' ? '-' : file), this.#o.end);
      } catch (error) {
        if (!isErrno(error)) throw error;
        reader = null;
      }
      this.#readers.set(file, reader);
    }
    const line = reader === null ? null : yield* reader.next();
    if (line !== null) this.#appended.push({ line: line + this.#o.end });
  }

  *#regex(regex: Regex | null): Sim<Regex> {
    const used = regex ?? this.#lastRegex;
    if (used === null) throw new SedError('no previous regular expression');
    this.#lastRegex = used;
    return used;
  }

  *#matches(a: SedAddress): Sim<boolean> {
    switch (a.kind) {
      case 'line':
        return this.#line === a.line;
      case 'last':
        return yield* this.#isLast();
      case 'step':
        return a.step <= 0 ? this.#line === a.first : this.#line >= a.first && (this.#line - a.first) % a.step === 0;
      case 'regex':
        return (yield* this.#regex(a.regex)).test(this.#pattern);
      default:
        return false;
    }
  }

  *#selected(c: SedCommand): Sim<boolean> {
    if (c.from === undefined) return true;
    if (c.to === undefined) return yield* this.#matches(c.from);
    let state = this.#ranges.get(c);
    if (state === undefined) {
      state = { active: c.from.kind === 'zero', until: 0 };
      this.#ranges.set(c, state);
    }
    if (!state.active) {
      if (!(yield* this.#matches(c.from))) return false;
      const to = c.to;
      if (to.kind === 'line') {
        state.until = to.line;
        state.active = to.line > this.#line;
      } else if (to.kind === 'plus') {
        state.until = this.#line + to.count;
        state.active = to.count > 0;
      } else if (to.kind === 'multiple') {
        state.until = to.of <= 0 ? this.#line : Math.ceil(this.#line / to.of) * to.of;
        state.active = state.until > this.#line;
      } else if (to.kind === 'last') state.active = !(yield* this.#isLast());
      else state.active = true;
      return true;
    }
    const to = c.to;
    if (to.kind === 'regex') {
      if ((yield* this.#regex(to.regex)).test(this.#pattern)) state.active = false;
    } else if (to.kind === 'last') {
      if (yield* this.#isLast()) state.active = false;
    } else {
      if (to.kind === 'line' && this.#line > state.until) {
        state.active = false;
        return yield* this.#selectedAfresh(c);
      }
      if (this.#line >= state.until) state.active = false;
    }
    return true;
  }

  *#selectedAfresh(c: SedCommand): Sim<boolean> {
    return c.from !== undefined && (yield* this.#matches(c.from));
  }

  *#substitute(c: SedCommand): Sim<boolean> {
    const regex = yield* this.#regex(c.regex ?? null);
    const flags = c.flags!;
    const text = this.#pattern;
    let out = '';
    let at = 0;
    let count = 0;
    let done = false;
    let previousEnd = -1;
    for (let from = 0; from <= text.length; ) {
      const m = regex.exec(text, from);
      if (m === null) break;
      if (m.start === m.end && m.start === previousEnd) {
        // An empty match right behind the last one does not count.
        from = m.end + 1;
        continue;
      }
      if (++count % MATCHES_PER_PAUSE === 0) yield* pause();
      if (out.length > SED_SPACE_MAX) throw new Fatal(NO_MEMORY, 4);
      if (count >= (flags.nth || 1)) {
        out += text.slice(at, m.start) + expand(c.replacement!, m.groups);
        at = m.end;
        done = true;
        if (!flags.global) break;
      }
      previousEnd = m.end;
      from = m.end > m.start ? m.end : m.end + 1;
    }
    if (!done) return false;
    this.#pattern = out + text.slice(at);
    if (flags.execute) {
      this.#pattern = (yield* this.#shell(this.#pattern)).replace(/\n$/, '');
    }
    if (flags.print) yield* this.#emit(this.#pattern, this.#terminated);
    if (flags.file !== undefined) yield* this.#emit(this.#pattern, true, yield* this.#outputFile(flags.file));
    return true;
  }

  *#runCommand(command: string): Sim<void> {
    if (command === '') this.#pattern = (yield* this.#shell(this.#pattern)).replace(/\n$/, '');
    else yield* this.#plain(yield* this.#shell(command));
  }

  *#shell(command: string): Sim<string> {
    yield* this.#out.flush();
    const [read, write] = yield* pipe({ cloexec: true });
    const pid = yield* spawn({
      path: '/bin/sh',
      argv: ['sh', '-c', command],
      fds: new Map([
        [0, 0],
        [1, write],
        [2, 2],
      ]),
    });
    yield* close(write);
    const output = decodeUtf8(yield* readAll(read));
    yield* close(read);
    yield* waitpid(pid);
    return output;
  }
}

function expand(parts: readonly SedPart[], groups: readonly (string | undefined)[]): string {
  let out = '';
  let mode: 'U' | 'L' | '' = '';
  let once: 'u' | 'l' | '' = '';
  for (const part of parts) {
    if (typeof part === 'object' && 'case' in part) {
      if (part.case === 'E') mode = '';
      else if (part.case === 'U' || part.case === 'L') mode = part.case;
      else once = part.case;
      continue;
    }
    let text = typeof part === 'string' ? part : (groups[part.group] ?? '');
    if (mode === 'U') text = text.toUpperCase();
    else if (mode === 'L') text = text.toLowerCase();
    if (once !== '' && text !== '') {
      text = (once === 'u' ? text[0].toUpperCase() : text[0].toLowerCase()) + text.slice(1);
      once = '';
    }
    out += text;
  }
  return out;
}

const LIST: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** The `l` command: escapes, a $ at the end, folded at `width`. */
function listForm(text: string, width: number): string {
  const units: string[] = [];
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (LIST[c] !== undefined) units.push(LIST[c]);
    else if (code >= 32 && code < 127) units.push(c);
    else for (const b of encodeUtf8(c)) units.push(`\\${b.toString(8).padStart(3, '0')}`);
  }
  let out = '';
  let column = 0;
  for (const u of units) {
    if (width > 1 && column + u.length > width - 1) {
      out += '\\\n';
      column = 0;
    }
    out += u;
    column += u.length;
  }
  return `${out}$`;
}
