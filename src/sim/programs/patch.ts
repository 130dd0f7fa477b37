/** patch: applies the differences that diff wrote, as GNU patch 2.7 does. */
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { chdir, close, mkdirAll, open, read, readAll, readText, rmdir, statOrNull, unlink, writeFile } from '../kernel/syscalls.ts';
import { Utf8Decoder } from '../lib/utf8.ts';
import { Fatal } from './lib/failure.ts';
import { type ParsedOptions, parseOptions } from './lib/options.ts';
import { type FilePatch, type Hunk, newLines, oldLines, PatchError, reversed } from './lib/patch/hunk.ts';
import { contextOf, locate, type Progress } from './lib/patch/locate.ts';
import { parsePatch } from './lib/patch/parse.ts';
import { rejects } from './lib/patch/reject.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'p:RNi:o:d:fbsF:Er:z:tucneB:V:',
  long: {
    strip: 'p:',
    reverse: 'R',
    forward: 'N',
    input: 'i:',
    output: 'o:',
    directory: 'd:',
    'dry-run': 'dry',
    force: 'f',
    backup: 'b',
    silent: 's',
    quiet: 's',
    fuzz: 'F:',
    'remove-empty-files': 'E',
    'reject-file': 'r:',
    suffix: 'z:',
    batch: 't',
    unified: 'u',
    context: 'c',
    normal: 'n',
    verbose: 'verbose',
    binary: 'binary',
  },
  usage: '[OPTION]... [ORIGFILE [PATCHFILE]]',
  about: 'Applies the differences of PATCHFILE, or of standard input, to files.',
  version: 'GNU patch) 2.7.6',
};

function* patch(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const folder = o.value('d');
  if (folder !== undefined) yield* chdir(folder);
  try {
    return yield* new Patching(t, o).run();
  } catch (error) {
    if (error instanceof PatchError) throw new Fatal(`**** ${error.message}`, 2);
    throw error;
  }
}

class Patching {
  readonly #t: Tool;
  readonly #o: ParsedOptions;
  /** Hunks that did not fit were met. */
  #failed = false;
  #reverse: boolean;

  constructor(t: Tool, o: ParsedOptions) {
    this.#t = t;
    this.#o = o;
    this.#reverse = o.has('R');
  }

  *run(): Sim<number> {
    for (const part of parsePatch(yield* this.#input())) yield* this.#file(part);
    return this.#failed ? 1 : 0;
  }

  *#input(): Sim<string> {
    const file = this.#o.value('i') ?? this.#o.operands[1];
    if (file === undefined || file === '-') {
      const decoder = new Utf8Decoder();
      return decoder.decode(yield* readAll(0)) + decoder.flush();
    }
    try {
      return yield* readText(file);
    } catch (error) {
      if (error instanceof Errno) throw new PatchError(`Can't open patch file ${file} : ${error.message}`);
      throw error;
    }
  }

  *#say(text: string): Sim<void> {
    if (!this.#o.has('s')) yield* this.#t.print(text);
  }

  /** Asks on the terminal; nobody there is no answer. */
  *#ask(question: string): Sim<string> {
    yield* this.#t.print(question);
    yield* this.#t.out.flush();
    let fd: number;
    try {
      fd = yield* open('/dev/tty', 'r');
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* this.#t.print('\n');
      return '';
    }
    try {
      const answer = new Utf8Decoder().decode(yield* read(fd, 1024));
      if (answer === '') yield* this.#t.print('\n');
      return answer.trim();
    } finally {
      yield* close(fd);
    }
  }

  *#file(given: FilePatch): Sim<void> {
    this.#reverse = this.#o.has('R');
    const part: FilePatch = this.#reverse
      ? { ...given, creates: given.deletes, deletes: given.creates, hunks: given.hunks.map(reversed) }
      : given;
    const name = yield* this.#target(part);
    if (name === undefined) return;
    const stat = yield* statOrNull(name);
    const output = this.#o.value('o');
    const target = output ?? (part.renames ? this.#stripped((this.#reverse ? given.oldName : given.newName) ?? name) : name);
    const doing = this.#o.has('dry') ? 'checking' : 'patching';
    const from = part.renames ? ` (renamed from ${name})` : output === undefined ? '' : ` (read from ${name})`;
    let decision: 'apply' | 'skip' | 'reverse' = 'apply';
    const exists = stat !== null && stat.size > 0;
    if (part.creates && exists) decision = yield* this.#wrongWay(`The next patch would create the file ${name},\nwhich already exists!`);
    else if (part.deletes && stat === null)
      decision = yield* this.#wrongWay(`The next patch would delete the file ${name},\nwhich does not exist!`);
    if (decision === 'skip') {
      yield* this.#ignored(part.hunks.length);
      return;
    }
    const ready =
      decision === 'reverse' ? { ...part, hunks: part.hunks.map(reversed), creates: part.deletes, deletes: part.creates } : part;
    yield* this.#say(`${doing} file ${target}${from}\n`);
    if (ready.fault) throw ready.fault;
    const text = stat === null ? '' : yield* readText(name);
    yield* this.#apply(ready, name, target, text, stat?.mode);
  }

  *#ignored(count: number): Sim<void> {
    this.#failed = true;
    yield* this.#say(`${count} out of ${count} hunk${count === 1 ? '' : 's'} ignored\n`);
  }

  /** A patch that seems to be applied, or to be the wrong way round: what to do. */
  *#wrongWay(message: string): Sim<'apply' | 'skip' | 'reverse'> {
    const o = this.#o;
    if (o.has('N')) {
      yield* this.#t.print(`${message}  Skipping patch.\n`);
      return 'skip';
    }
    if (o.has('f')) {
      yield* this.#say(`${message}  Applying it anyway.\n`);
      return 'apply';
    }
    if (o.has('t')) {
      yield* this.#say(`${message}  ${this.#reverse ? 'Ignoring' : 'Assuming'} -R.\n`);
      return 'reverse';
    }
    if ((yield* this.#ask(`${message}  ${this.#reverse ? 'Ignore' : 'Assume'} -R? [n] `)).startsWith('y')) return 'reverse';
    if ((yield* this.#ask('Apply anyway? [n] ')).startsWith('y')) return 'apply';
    yield* this.#t.print('Skipping patch.\n');
    return 'skip';
  }

  // ---- which file ----

  #stripped(name: string): string {
    const given = this.#o.value('p');
    if (given === undefined) return name.slice(name.lastIndexOf('/') + 1);
    let rest = name;
    for (let i = 0; i < Number(given); i++) {
      const at = rest.indexOf('/');
      if (at < 0) return '';
      rest = rest.slice(at).replace(/^\/+/, '');
    }
    return rest;
  }

  *#target(part: FilePatch): Sim<string | undefined> {
    const [operand] = this.#o.operands;
    if (operand !== undefined) return operand;
    const names = [part.oldName, part.newName, part.index].map((name) =>
      name === undefined || name === '/dev/null' ? '' : this.#stripped(name),
    );
    const existing: string[] = [];
    for (const name of names) if (name !== '' && (yield* statOrNull(name))) existing.push(name);
    if (existing.length > 0) return best(existing);
    const offered = names.filter((name) => name !== '');
    if (part.creates && offered.length > 0) return this.#reverse ? names[0] || offered[0] : names[1] || offered[0];
    if (part.deletes && offered.length > 0) return names[1] || offered[0];
    return yield* this.#askForFile(part);
  }

  *#askForFile(part: FilePatch): Sim<string | undefined> {
    const hint = this.#o.value('p') === undefined ? 'should have used the' : 'used the wrong';
    yield* this.#t.print(`can't find file to patch at input line ${part.at}\nPerhaps you ${hint} -p or --strip option?\n`);
    const rule = '--------------------------\n';
    if (part.lead.length > 0)
      yield* this.#t.print(`The text leading up to this was:\n${rule}${part.lead.map((l) => `|${l}\n`).join('')}${rule}`);
    if (this.#o.has('f') || this.#o.has('t')) yield* this.#t.print('No file to patch.  Skipping patch.\n');
    else {
      const answer = yield* this.#ask('File to patch: ');
      if (answer !== '' && (yield* statOrNull(answer))) return answer;
      if (!(yield* this.#ask('Skip this patch? [y] ')).startsWith('n')) yield* this.#t.print('Skipping patch.\n');
    }
    yield* this.#ignored(part.hunks.length);
    return undefined;
  }

  // ---- applying ----

  *#apply(part: FilePatch, name: string, target: string, text: string, mode: number | undefined): Sim<void> {
    const lines = text === '' ? [] : text.split(/(?<=\n)/);
    const progress: Progress = { offset: 0, frozen: 0 };
    const out: string[] = [];
    const refused: Hunk[] = [];
    let grown = 0;
    let mismatch = false;
    let anyway = this.#o.has('f');
    let skipping = false;
    let hunks = part.hunks;
    for (let i = 0; i < hunks.length; i++) {
      const most = Math.min(Number(this.#o.value('F') ?? 2), Math.max(contextOf(hunks[i]).prefix, contextOf(hunks[i]).suffix));
      let where: number | undefined;
      let fuzz = 0;
      for (; !skipping && fuzz <= most; fuzz++) {
        where = locate(hunks[i], lines, progress, fuzz);
        if (where !== undefined || i > 0 || anyway) {
          if (where !== undefined) break;
          continue;
        }
        if (locate(reversed(hunks[i]), lines, { ...progress }, fuzz) === undefined) continue;
        const decision = yield* this.#wrongWay(`${this.#reverse ? 'Unreversed' : 'Reversed (or previously applied)'} patch detected!`);
        if (decision === 'reverse') {
          hunks = hunks.map(reversed);
          where = locate(hunks[i], lines, progress, fuzz);
          break;
        }
        skipping = decision === 'skip';
        anyway = true;
        fuzz--;
      }
      const hunk = hunks[i];
      if (where === undefined) {
        mismatch = true;
        refused.push(hunk);
        if (!skipping) yield* this.#say(`Hunk #${i + 1} FAILED at ${hunk.oldFirst + progress.offset + grown}.\n`);
        continue;
      }
      if (fuzz > 0 || progress.offset !== 0) {
        mismatch = true;
        const far = Math.abs(progress.offset) === 1 ? '1 line' : `${progress.offset} lines`;
        const offset = progress.offset === 0 ? '' : ` (offset ${progress.offset === -1 ? '-1 lines' : far})`;
        yield* this.#say(`Hunk #${i + 1} succeeded at ${where + grown}${fuzz > 0 ? ` with fuzz ${fuzz}` : ''}${offset}.\n`);
      }
      out.push(...lines.slice(progress.frozen, where - 1));
      let at = where - 1;
      for (const line of hunk.lines) {
        // The file's own context stays, where the patch has another.
        if (line.sign === ' ') out.push(lines[at++]);
        else if (line.sign === '-') at++;
        else out.push(line.text);
      }
      progress.frozen = at;
      grown += newLines(hunk).length - oldLines(hunk).length;
    }
    out.push(...lines.slice(progress.frozen));
    if (refused.length < hunks.length || hunks.length === 0) yield* this.#write(part, name, target, out.join(''), text, mode, mismatch);
    if (refused.length > 0) yield* this.#reject(part, target, refused, hunks.length, skipping);
  }

  *#write(
    part: FilePatch,
    name: string,
    target: string,
    result: string,
    old: string,
    mode: number | undefined,
    mismatch: boolean,
  ): Sim<void> {
    if (this.#o.has('dry')) return;
    if (mode !== undefined && name === target && (this.#o.has('b') || this.#o.has('z') || mismatch))
      yield* this.#replace(`${name}${this.#o.value('z') ?? '.orig'}`, old, mode);
    if (result === '' && (part.deletes || this.#o.has('E'))) {
      if (mode !== undefined) yield* this.#delete(name);
      return;
    }
    if (part.deletes) {
      this.#failed = true;
      yield* this.#say(`Not deleting file ${name} as content differs from patch\n`);
    }
    const slash = target.lastIndexOf('/');
    if (slash > 0) yield* mkdirAll(target.slice(0, slash));
    yield* this.#replace(target, result, part.mode ?? mode);
    if (part.renames && name !== target && mode !== undefined) yield* unlink(name);
  }

  /** The folders that it leaves empty go too. */
  *#delete(name: string): Sim<void> {
    yield* unlink(name);
    try {
      for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) yield* rmdir(name.slice(0, at));
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }

  *#replace(path: string, text: string, mode: number | undefined): Sim<void> {
    if (yield* statOrNull(path)) yield* unlink(path);
    yield* writeFile(path, text, mode === undefined ? undefined : mode & 0o777);
  }

  *#reject(part: FilePatch, target: string, refused: readonly Hunk[], count: number, skipped: boolean): Sim<void> {
    this.#failed = true;
    const given = this.#o.value('r');
    const file = given ?? `${target}.rej`;
    const saving = !this.#o.has('dry') && file !== '-';
    if (saving) yield* this.#replace(file, rejects(part, refused, target), undefined);
    yield* this.#say(
      `${refused.length} out of ${count} hunk${count === 1 ? '' : 's'} ${skipped ? 'ignored' : 'FAILED'}${saving ? ` -- saving rejects to file ${file}` : ''}\n`,
    );
  }
}

/** GNU's choice among names that exist: the least folders, then the shortest last part, then the shortest. */
function best(names: readonly string[]): string {
  const rank = (name: string) => [name.split('/').length, name.length - name.lastIndexOf('/'), name.length];
  return [...names].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  })[0];
}

export const program = tool('patch', patch, { failStatus: 2 });
