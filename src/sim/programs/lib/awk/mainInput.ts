/** The input of the rules: files and assignments in ARGV, or standard input. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, open } from '../../../kernel/syscalls.ts';
import type { Tool } from '../tool.ts';
import { AwkReader } from './reader.ts';
import { toNumber, toText } from './values.ts';
import type { AwkVariables } from './variables.ts';

/** Reads record by record and counts them in NR and FNR. */
export class MainInput {
  readonly #t: Tool;
  readonly #vars: AwkVariables;
  #reader: AwkReader | null = null;
  #fd = -1;
  #argument = 1;
  #usedFile = false;

  constructor(t: Tool, vars: AwkVariables) {
    this.#t = t;
    this.#vars = vars;
  }

  /** The next record of the files in ARGV, or of standard input. */
  *next(): Sim<string | null> {
    for (;;) {
      if (this.#reader === null && !(yield* this.#openNext())) return null;
      let line: string | null;
      try {
        line = yield* this.#reader!.next(this.#vars.text('RS'));
      } catch (error) {
        if (!isErrno(error)) throw error;
        line = null;
      }
      if (line !== null) {
        this.#vars.globals.set('NR', toNumber(this.#vars.globals.get('NR')) + 1);
        this.#vars.globals.set('FNR', toNumber(this.#vars.globals.get('FNR')) + 1);
        return line;
      }
      yield* this.close();
    }
  }

  /** Leaves the file that is being read. */
  *close(): Sim<void> {
    if (this.#fd > 0) yield* close(this.#fd);
    this.#reader = null;
    this.#fd = -1;
  }

  *#openNext(): Sim<boolean> {
    const argv = this.#vars.array('ARGV');
    const argc = toNumber(this.#vars.globals.get('ARGC'));
    while (this.#argument < argc) {
      const key = String(this.#argument++);
      const text = argv.has(key) ? toText(argv.get(key, true), this.#vars.convfmt) : '';
      if (text === '') continue;
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
      if (assignment) {
        this.#vars.assignText(assignment[1], unescapeOperand(assignment[2]));
        continue;
      }
      this.#usedFile = true;
      try {
        this.#fd = text === '-' || text === '/dev/stdin' ? 0 : yield* open(text, { read: true, cloexec: true });
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* this.#t.error(`cannot open ${text} (${error.message})`, 2);
        continue;
      }
      this.#reader = new AwkReader(this.#fd);
      this.#vars.globals.set('FILENAME', text);
      this.#vars.globals.set('FNR', 0);
      return true;
    }
    if (this.#usedFile) return false;
    this.#usedFile = true;
    this.#fd = 0;
    this.#reader = new AwkReader(0);
    return true;
  }
}

function unescapeOperand(text: string): string {
  return text.replace(/\\([ntr\\"/])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c);
}
