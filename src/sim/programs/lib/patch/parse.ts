/** Reading patches: unified, context and normal diffs, with git's extended headers. */
import { type FilePatch, type Hunk, type HunkLine, PatchError } from './hunk.ts';

const RANGE = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const NORMAL = /^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$/;
const NO_NEWLINE = /^\\ /;

/** Everything that a text holds; what is no patch between is passed over. Throws PatchError. */
export function parsePatch(text: string): readonly FilePatch[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const reader = new PatchReader(lines);
  const patches: FilePatch[] = [];
  for (let next = reader.next(); next; next = reader.next()) patches.push(next);
  if (patches.length === 0 && text !== '') throw new PatchError('Only garbage was found in the patch input.');
  return patches;
}

class PatchReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  next(): FilePatch | undefined {
    const begin = this.#at;
    const git = new Map<string, string>();
    let index: string | undefined;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at];
      const [a = '', b = '', c = ''] = this.#lines.slice(this.#at, this.#at + 3);
      const header = /^(diff --git|new file mode|deleted file mode|old mode|new mode|rename from|rename to) (.*)$/.exec(line);
      if (header) {
        if (header[1] === 'diff --git' && git.has('diff --git')) return this.#make('unified', begin, git, index, undefined, undefined, []);
        git.set(header[1], header[2]);
      } else if (line.startsWith('Index: ')) index = line.slice(7).trim();
      else if (a.startsWith('--- ') && b.startsWith('+++ ') && RANGE.test(c)) return this.#headed('unified', begin, git, index, a, b);
      else if (a.startsWith('*** ') && b.startsWith('--- ') && c.startsWith('***************'))
        return this.#headed('context', begin, git, index, a, b);
      else if (RANGE.test(line)) return this.#make('unified', begin, git, index, undefined, undefined, this.#unified());
      else if (NORMAL.test(line) && /^[<>] /.test(b)) return this.#make('normal', begin, git, index, undefined, undefined, this.#normal());
    }
    return git.has('rename to') || git.has('new file mode') || git.has('deleted file mode')
      ? this.#make('unified', begin, git, index, undefined, undefined, [])
      : undefined;
  }

  #headed(
    format: 'unified' | 'context',
    begin: number,
    git: Map<string, string>,
    index: string | undefined,
    a: string,
    b: string,
  ): FilePatch {
    this.#at += 2;
    const at = this.#at;
    let hunks: readonly Hunk[] = [];
    let fault: PatchError | undefined;
    try {
      hunks = format === 'unified' ? this.#unified() : this.#context();
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
      fault = error;
      this.#at = this.#lines.length;
    }
    return { ...this.#make(format, begin, git, index, a, b, hunks, at), ...(fault ? { fault } : {}) };
  }

  #make(
    format: FilePatch['format'],
    begin: number,
    git: ReadonlyMap<string, string>,
    index: string | undefined,
    a: string | undefined,
    b: string | undefined,
    hunks: readonly Hunk[],
    at = this.#at,
  ): FilePatch {
    const pair = /^(\S+) (\S+)$/.exec(git.get('diff --git') ?? '');
    const oldName = a === undefined ? (git.get('rename from') ?? pair?.[1]) : nameOf(a.slice(4));
    const newName = b === undefined ? (git.get('rename to') ?? pair?.[2]) : nameOf(b.slice(4));
    const gone = (header: string | undefined, name: string | undefined) =>
      name === '/dev/null' || /\t(1970-01-01 00:00:00|1969-12-31|Thu Jan {2}1 00:00:00 1970)/.test(header ?? '');
    const mode = git.get('new file mode');
    return {
      format,
      oldName,
      newName,
      index,
      creates: git.has('new file mode') || gone(a, oldName),
      deletes: git.has('deleted file mode') || gone(b, newName),
      renames: git.has('rename to'),
      mode: mode === undefined ? undefined : Number.parseInt(mode.slice(-3), 8),
      headers: a === undefined || b === undefined ? [] : [a, b],
      lead: this.#lines.slice(begin, at),
      at: at + 1,
      hunks,
    };
  }

  /** A line of a hunk with its newline, unless the next line says that it has none. */
  #line(text: string): string {
    if (!NO_NEWLINE.test(this.#lines[this.#at] ?? '')) return `${text}\n`;
    this.#at++;
    return text;
  }

  #unified(): readonly Hunk[] {
    const hunks: Hunk[] = [];
    for (;;) {
      const range = RANGE.exec(this.#lines[this.#at] ?? '');
      if (!range) return hunks;
      this.#at++;
      let [before, after] = [Number(range[2] ?? 1), Number(range[4] ?? 1)];
      const [oldFirst, newFirst] = [Number(range[1]) + (before === 0 ? 1 : 0), Number(range[3]) + (after === 0 ? 1 : 0)];
      const lines: HunkLine[] = [];
      while (before > 0 || after > 0) {
        const line = this.#lines[this.#at++];
        if (line === undefined) throw new PatchError('unexpected end of file in patch');
        const sign = line === '' ? ' ' : line[0];
        if (sign !== ' ' && sign !== '-' && sign !== '+') throw new PatchError(`malformed patch at line ${this.#at}: ${line}\n`);
        if (sign !== '+') before--;
        if (sign !== '-') after--;
        lines.push({ sign, text: this.#line(line.slice(1)) });
      }
      hunks.push({ oldFirst, newFirst, lines });
    }
  }

  #context(): readonly Hunk[] {
    const hunks: Hunk[] = [];
    while (this.#lines[this.#at]?.startsWith('***************')) {
      this.#at++;
      const before = this.#side(/^\*\*\* (\d+)(?:,(\d+))? \*\*\*\*/);
      const after = this.#side(/^--- (\d+)(?:,(\d+))? ----/);
      hunks.push({ oldFirst: before.first, newFirst: after.first, lines: merged(before.lines, after.lines) });
    }
    return hunks;
  }

  #side(range: RegExp): { first: number; lines: readonly HunkLine[] } {
    const found = range.exec(this.#lines[this.#at] ?? '');
    if (!found) throw new PatchError(`malformed patch at line ${this.#at + 1}: ${this.#lines[this.#at] ?? ''}\n`);
    this.#at++;
    const lines: HunkLine[] = [];
    for (let line = this.#lines[this.#at]; line !== undefined && /^[ !+-] |^[ !+-]$/.test(line); line = this.#lines[this.#at]) {
      this.#at++;
      const sign = line[0] === ' ' ? ' ' : range.source.includes('----') ? '+' : '-';
      lines.push({ sign, text: this.#line(line.slice(2)) });
    }
    const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
    return { first: last === 0 && first === 0 ? 1 : first, lines };
  }

  #normal(): readonly Hunk[] {
    const hunks: Hunk[] = [];
    for (let range = NORMAL.exec(this.#lines[this.#at] ?? ''); range; range = NORMAL.exec(this.#lines[this.#at] ?? '')) {
      this.#at++;
      const verb = range[3];
      const lines: HunkLine[] = [];
      const take = (mark: '<' | '>', sign: '-' | '+') => {
        while (this.#lines[this.#at]?.startsWith(mark)) lines.push({ sign, text: this.#line(this.#lines[this.#at++].slice(2)) });
      };
      take('<', '-');
      if (this.#lines[this.#at] === '---') this.#at++;
      take('>', '+');
      hunks.push({
        oldFirst: Number(range[1]) + (verb === 'a' ? 1 : 0),
        newFirst: Number(range[4]) + (verb === 'd' ? 1 : 0),
        lines,
      });
    }
    return hunks;
  }
}

/** The two sides of a context hunk as one; a side without changes may have been left out. */
function merged(before: readonly HunkLine[], after: readonly HunkLine[]): readonly HunkLine[] {
  if (before.length === 0) return after;
  if (after.length === 0) return before;
  const out: HunkLine[] = [];
  let [i, k] = [0, 0];
  while (i < before.length || k < after.length) {
    if (before[i]?.sign === '-') out.push(before[i++]);
    else if (after[k]?.sign === '+') out.push(after[k++]);
    else {
      out.push(before[i] ?? after[k]);
      i++;
      k++;
    }
  }
  return out;
}

/** The name before a tab or a date. */
function nameOf(header: string): string {
  const tab = header.indexOf('\t');
  return (tab >= 0 ? header.slice(0, tab) : header.replace(/\s+\d{4}-\d\d-\d\d.*$|\s+\w{3} \w{3} [ \d]\d .*$/, ''))
    .trim()
    .replace(/^"(.*)"$/, '$1');
}
