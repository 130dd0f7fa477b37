/** A script carried out: for each line a cycle through its commands. */

import { isErrno } from '../../../kernel/errno.ts';
import { SED_SPACE_MAX } from '../../../kernel/limits.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import { close, compute, pipe, readAll, spawn, waitpid } from '../../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { Fatal } from '../failure.ts';
import { LineReader, openInput } from '../input.ts';
import type { Tool } from '../tool.ts';
import { editInPlace } from './inPlace.ts';
import { SedInput } from './input.ts';
import { listForm } from './list.ts';
import type { SedOptions } from './options.ts';
import { SedOutput } from './output.ts';
import { expand } from './replacement.ts';
import type { SedCommand, SedScript } from './script.ts';
import { Selection } from './selection.ts';

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
  readonly #options: SedOptions;
  readonly #input: SedInput;
  readonly #output: SedOutput;
  readonly #selection: Selection;
  /** The files of R. */
  readonly #readers = new Map<string, LineReader | null>();
  /** The pattern space, and whether its line had an end. */
  #pattern = '';
  #terminated = true;
  #hold = '';
  /** An s has replaced something since the last t. */
  #replaced = false;
  /** The exit status, once q or Q came. */
  #quit: number | undefined;
  #steps = 0;

  constructor(t: Tool, script: SedScript, options: SedOptions) {
    this.#t = t;
    this.#commands = script.commands;
    this.#options = options;
    this.#input = new SedInput(t, options.end);
    this.#output = new SedOutput(t, options);
    this.#selection = new Selection(this.#input);
  }

  /** Runs the script over files; gives the exit status. */
  *files(names: readonly string[]): Sim<number> {
    for (const c of this.#commands) {
      const file = c.name === 'w' || c.name === 'W' ? c.text : c.flags?.file;
      if (file !== undefined) yield* this.#output.file(file);
    }
    if (this.#options.inPlace !== undefined) {
      for (const name of names) {
        yield* editInPlace(this.#t, name, this.#options.inPlace, this.#input, this.#output, () => this.#edit());
        if (this.#quit !== undefined) break;
      }
    } else if (this.#options.separate) {
      for (const name of names) {
        this.#input.queue = [name];
        this.#input.line = 0;
        yield* this.#cycles();
        if (this.#quit !== undefined) break;
      }
    } else {
      this.#input.queue = [...names];
      yield* this.#cycles();
    }
    yield* this.#output.flushFiles();
    return this.#quit !== undefined && this.#quit !== 0 ? this.#quit : this.#input.status;
  }

  /** One file in place: after q its rest stays as it is. */
  *#edit(): Sim<void> {
    yield* this.#cycles();
    if (this.#quit !== undefined) yield* this.#dumpRest();
  }

  *#dumpRest(): Sim<void> {
    while (yield* this.#nextLine()) yield* this.#output.emit(this.#pattern, this.#terminated);
  }

  *#cycles(): Sim<void> {
    let keep = false;
    for (;;) {
      if (!keep && !(yield* this.#nextLine())) return;
      keep = false;
      const how = yield* this.#execute();
      if (how === 'restart') keep = true;
      else if (how !== 'delete' && how !== 'silent' && !this.#options.quiet) yield* this.#output.emit(this.#pattern, this.#terminated);
      yield* this.#output.flushAppended();
      if (how === 'quit' || how === 'silent') return;
    }
  }

  *#nextLine(): Sim<boolean> {
    const line = yield* this.#input.next();
    if (line === null) return false;
    this.#pattern = line.text;
    this.#terminated = line.terminated;
    return true;
  }

  *#execute(): Sim<'end' | 'delete' | 'restart' | 'quit' | 'silent'> {
    const cs = this.#commands;
    for (let pc = 0; pc < cs.length; pc++) {
      if (++this.#steps % STEPS_PER_PAUSE === 0) yield* pause();
      if (this.#pattern.length > LONG_SPACE) yield* compute(this.#pattern.length / CHARACTERS_PER_MICROSECOND);
      if (this.#pattern.length + this.#hold.length > SED_SPACE_MAX) throw new Fatal(NO_MEMORY, 4);
      const c = cs[pc];
      if ((yield* this.#selection.selected(c, this.#pattern)) === c.negate) {
        if (c.name === '{') pc = c.target! - 1;
        continue;
      }
      switch (c.name) {
        case '{':
        case ':':
          break;
        case '=':
          yield* this.#output.plain(`${this.#input.line}\n`);
          break;
        case 'a':
          this.#output.appended.push({ text: c.text });
          break;
        case 'i':
          yield* this.#output.plain(c.text);
          break;
        case 'c':
          if (c.to === undefined || c.negate || !this.#selection.goesOn(c)) yield* this.#output.plain(c.text);
          return 'delete';
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
          yield* this.#output.plain(`${this.#input.fileName}\n`);
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
          yield* this.#output.plain(`${listForm(this.#pattern, c.number ?? this.#options.lineLength)}\n`);
          break;
        case 'n':
          if (yield* this.#input.isLast()) return this.#options.quiet ? 'silent' : 'quit';
          if (!this.#options.quiet) yield* this.#output.emit(this.#pattern, this.#terminated);
          yield* this.#output.flushAppended();
          yield* this.#nextLine();
          break;
        case 'N': {
          if (yield* this.#input.isLast()) return 'quit';
          yield* this.#output.flushAppended();
          const before = this.#pattern;
          yield* this.#nextLine();
          this.#pattern = `${before}\n${this.#pattern}`;
          break;
        }
        case 'p':
          yield* this.#output.emit(this.#pattern, this.#terminated);
          break;
        case 'P': {
          const at = this.#pattern.indexOf('\n');
          yield* this.#output.emit(at < 0 ? this.#pattern : this.#pattern.slice(0, at), at >= 0 || this.#terminated);
          break;
        }
        case 'q':
        case 'Q':
          this.#quit = c.number ?? 0;
          return c.name === 'q' ? 'quit' : 'silent';
        case 'r':
          this.#output.appended.push({ file: c.text });
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
          yield* this.#output.emit(this.#pattern, true, yield* this.#output.file(c.text));
          break;
        case 'W':
          yield* this.#output.emit(this.#pattern.split('\n', 1)[0], true, yield* this.#output.file(c.text));
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

  *#readLine(file: string): Sim<void> {
    let reader = this.#readers.get(file);
    if (reader === undefined) {
      try {
        reader = new LineReader(yield* openInput(file === '/dev/stdin' ? '-' : file), this.#options.end);
      } catch (error) {
        if (!isErrno(error)) throw error;
        reader = null;
      }
      this.#readers.set(file, reader);
    }
    const line = reader === null ? null : yield* reader.next();
    if (line !== null) this.#output.appended.push({ line: line + this.#options.end });
  }

  *#substitute(c: SedCommand): Sim<boolean> {
    const regex = this.#selection.regex(c.regex ?? null);
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
    if (flags.print) yield* this.#output.emit(this.#pattern, this.#terminated);
    if (flags.file !== undefined) yield* this.#output.emit(this.#pattern, true, yield* this.#output.file(flags.file));
    return true;
  }

  *#runCommand(command: string): Sim<void> {
    if (command === '') this.#pattern = (yield* this.#shell(this.#pattern)).replace(/\n$/, '');
    else yield* this.#output.plain(yield* this.#shell(command));
  }

  *#shell(command: string): Sim<string> {
    yield* this.#output.out.flush();
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
