/** Scripts parsed: commands, blocks and labels. */
import { readAddress } from './address.ts';
import { commandText, substitution, transliteration } from './arguments.ts';
import { type ParseOptions, ScriptReader } from './reader.ts';
import { type SedAddress, type SedCommand, SedError, type SedScript } from './script.ts';

/** Parses the scripts of a command line as one; throws SedError. */
export function parseScript(sources: readonly { readonly text: string; readonly label: string }[], options: ParseOptions): SedScript {
  const commands: SedCommand[] = [];
  const blocks: number[] = [];
  let quiet = false;
  for (const [i, source] of sources.entries()) {
    // A text command that ends an -e continues with the next one: `-e 'a\' -e 'text'`.
    if (i === 0 && /^#n(\n|$)/.test(source.text)) quiet = true;
    new Parser(new ScriptReader(source.text, source.label, options), commands, blocks).run();
  }
  if (blocks.length > 0) throw new SedError(`-e expression #1, char 0: unmatched \`{'`);
  const labels = new Map<string, number>();
  for (const [i, c] of commands.entries()) if (c.name === ':') labels.set(c.text, i);
  for (const c of commands) {
    if ((c.name === 'b' || c.name === 't' || c.name === 'T') && c.text !== '') {
      const at = labels.get(c.text);
      if (at === undefined)
        throw new SedError(options.busybox ? `can't find label for jump to '${c.text}'` : `can't find label for jump to \`${c.text}'`);
      c.target = at;
    }
  }
  return { commands, quiet };
}

class Parser {
  readonly #reader: ScriptReader;
  readonly #commands: SedCommand[];
  /** The `{` that are open. */
  readonly #blocks: number[];

  constructor(reader: ScriptReader, commands: SedCommand[], blocks: number[]) {
    this.#reader = reader;
    this.#commands = commands;
    this.#blocks = blocks;
  }

  /** Reads the commands to the end of the text. */
  run(): void {
    const s: ScriptReader = this.#reader;
    for (;;) {
      while (s.at < s.text.length && /[\s;]/.test(s.text[s.at])) s.at++;
      if (s.at >= s.text.length) return;
      this.#command();
    }
  }

  #command(): void {
    const s: ScriptReader = this.#reader;
    const from = readAddress(s, false);
    let to: SedAddress | undefined;
    if (from !== undefined) {
      s.blanks();
      if (s.text[s.at] === ',') {
        s.at++;
        s.blanks();
        to = readAddress(s, true);
        if (to === undefined) s.fail("unexpected `,'");
      }
      if (from.kind === 'zero' && to?.kind !== 'regex') s.fail('invalid usage of line address 0', s.at + 1);
    }
    s.blanks();
    let negate = false;
    while (s.text[s.at] === '!') {
      if (negate) s.fail("multiple `!'s", s.at + 1);
      negate = true;
      s.at++;
      s.blanks();
    }
    const name = s.text[s.at++];
    if (name === undefined) s.fail('missing command', s.text.length);
    const base = { from, to, negate, name, text: '', number: undefined as number | undefined, target: undefined as number | undefined };
    const add = (extra: Partial<SedCommand> = {}): void => void this.#commands.push({ ...base, ...extra });
    switch (name) {
      case '#':
        if (from !== undefined) s.fail("comments don't accept any addresses");
        while (s.at < s.text.length && s.text[s.at] !== '\n') s.at++;
        return;
      case '{':
        this.#blocks.push(this.#commands.length);
        add();
        return;
      case '}': {
        if (from !== undefined) s.fail("} doesn't want any addresses");
        const open = this.#blocks.pop();
        if (open === undefined) s.fail("unexpected `}'");
        this.#commands[open].target = this.#commands.length;
        s.end();
        return;
      }
      case ':': {
        if (from !== undefined) s.fail(": doesn't want any addresses");
        s.blanks();
        const m = /^[^\s;]*/.exec(s.text.slice(s.at))![0];
        if (m === '') s.fail('":" lacks a label');
        s.at += m.length;
        add({ text: m });
        s.end();
        return;
      }
      case 'b':
      case 't':
      case 'T': {
        s.blanks();
        const m = /^[^\s;}]*/.exec(s.text.slice(s.at))![0];
        s.at += m.length;
        add({ text: m });
        s.end();
        return;
      }
      case '=':
      case 'd':
      case 'D':
      case 'g':
      case 'G':
      case 'h':
      case 'H':
      case 'n':
      case 'N':
      case 'p':
      case 'P':
      case 'x':
      case 'z':
      case 'F':
        add();
        s.end();
        return;
      case 'q':
      case 'Q':
      case 'l':
      case 'L':
        s.blanks();
        add({ number: s.number() });
        s.end();
        return;
      case 'a':
      case 'i':
      case 'c':
        add({ text: commandText(s) });
        return;
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        s.blanks();
        const file = s.toLineEnd();
        if (file === '') s.fail('missing filename in r/R/w/W commands');
        if (s.options.sandbox) s.fail('e/r/w commands disabled in sandbox mode');
        add({ text: file });
        return;
      }
      case 'e':
        s.blanks();
        add({ text: s.toLineEnd() });
        return;
      case 's':
        add(substitution(s));
        return;
      case 'y':
        add(transliteration(s));
        return;
      default:
        if (s.options.busybox) throw new SedError(`unsupported command ${name}`);
        s.fail(`unknown command: \`${name}'`);
    }
  }
}
