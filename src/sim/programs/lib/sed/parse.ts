import { compileRegex, type Regex, RegexError } from '../../../lib/regex/regex.ts';
import { byteText, joinBytes } from '../escapes.ts';

/** A bad script, with its place: `-e expression #1, char 5: ...`. */
export class SedError extends Error {}

export type SedAddress =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'regex'; readonly regex: Regex | null }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number }
  | { readonly kind: 'zero' };

/** A piece of an s replacement: text, a group, or a change of case. */
export type SedPart = string | { readonly group: number } | { readonly case: 'U' | 'L' | 'u' | 'l' | 'E' };

export interface SedCommand {
  readonly from: SedAddress | undefined;
  readonly to: SedAddress | undefined;
  readonly negate: boolean;
  readonly name: string;
  /** a i c text; r R w W file; label of b t T :. */
  readonly text: string;
  /** q Q exit code, l L length. */
  readonly number: number | undefined;
  readonly regex?: Regex | null;
  readonly replacement?: readonly SedPart[];
  readonly flags?: {
    readonly global: boolean;
    readonly print: number;
    readonly nth: number;
    readonly file: string | undefined;
    readonly execute: boolean;
  };
  readonly map?: ReadonlyMap<string, string>;
  /** `{`: index behind its `}`; b t T: where to go (undefined: the end). */
  target: number | undefined;
}

export interface SedScript {
  readonly commands: readonly SedCommand[];
  /** The first line is `#n`. */
  readonly quiet: boolean;
}

export interface ParseOptions {
  readonly extended: boolean;
  readonly sandbox: boolean;
  readonly nullData: boolean;
  readonly busybox: boolean;
}

const CHARS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

export function parseScript(sources: readonly { readonly text: string; readonly label: string }[], options: ParseOptions): SedScript {
  const commands: SedCommand[] = [];
  const blocks: number[] = [];
  let quiet = false;
  for (const [i, source] of sources.entries()) {
    // A text command that ends an -e continues with the next one: `-e 'a\' -e 'text'`.
    if (i === 0 && /^#n(\n|$)/.test(source.text)) quiet = true;
    new Parser(source.text, source.label, options, commands, blocks).run();
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
  readonly #s: string;
  readonly #label: string;
  readonly #o: ParseOptions;
  readonly #out: SedCommand[];
  readonly #blocks: number[];
  #i = 0;

  constructor(text: string, label: string, options: ParseOptions, out: SedCommand[], blocks: number[]) {
    this.#s = text;
    this.#label = label;
    this.#o = options;
    this.#out = out;
    this.#blocks = blocks;
  }

  #fail(message: string, at = this.#i): never {
    if (this.#label.startsWith('file ')) throw new SedError(`${this.#label} line ${this.#s.slice(0, at).split('\n').length}: ${message}`);
    throw new SedError(`${this.#label}, char ${at}: ${message}`);
  }

  run(): void {
    for (;;) {
      while (this.#i < this.#s.length && /[\s;]/.test(this.#s[this.#i])) this.#i++;
      if (this.#i >= this.#s.length) return;
      this.#command();
    }
  }

  #blanks(): void {
    while (/[ \t]/.test(this.#s[this.#i] ?? '')) this.#i++;
  }

  #number(): number | undefined {
    const m = /^\d+/.exec(this.#s.slice(this.#i, this.#i + 12));
    if (!m) return undefined;
    this.#i += m[0].length;
    return Number(m[0]);
  }

  #compile(pattern: string, flags: string): Regex | null {
    if (pattern === '') return null;
    try {
      return compileRegex(decodeInRegex(pattern), this.#o.extended ? 'extended' : 'basic', {
        ignoreCase: /I/i.test(flags),
        multiline: /M/i.test(flags),
      });
    } catch (error) {
      if (error instanceof RegexError) this.#fail(error.message);
      throw error;
    }
  }

  #address(second: boolean): SedAddress | undefined {
    const c = this.#s[this.#i];
    if (c === '/' || c === '\\') {
      if (c === '\\') this.#i++;
      const delimiter = this.#s[this.#i++];
      const pattern = this.#delimited(delimiter, true);
      if (pattern === null) this.#fail('unterminated address regex', this.#s.length);
      let flags = '';
      while (/[IM]/.test(this.#s[this.#i] ?? '')) flags += this.#s[this.#i++];
      return { kind: 'regex', regex: this.#compile(pattern, flags) };
    }
    if (c === '$') {
      this.#i++;
      return { kind: 'last' };
    }
    if (second && (c === '+' || c === '~')) {
      this.#i++;
      const n = this.#number();
      if (n === undefined) this.#fail(`expected number`);
      return c === '+' ? { kind: 'plus', count: n } : { kind: 'multiple', of: n };
    }
    const n = this.#number();
    if (n === undefined) return undefined;
    if (this.#s[this.#i] === '~' && !second) {
      this.#i++;
      return { kind: 'step', first: n, step: this.#number() ?? 0 };
    }
    if (n === 0 && !second) return { kind: 'zero' };
    return { kind: 'line', line: n };
  }

  /** Text up to an unescaped delimiter (`\n` and brackets kept as they are), or null. */
  #delimited(delimiter: string, regex: boolean): string | null {
    let out = '';
    const bracket = false;
    for (; this.#i < this.#s.length; this.#i++) {
      const c = this.#s[this.#i];
      if (c === '\\' && this.#i + 1 < this.#s.length) {
        const next = this.#s[++this.#i];
        if (next === delimiter && !bracket) {
          // An escaped delimiter loses its backslash; as a regex special it stays literal.
          out +=
            regex && /[.*+?^$[\](){}|]/.test(delimiter) && delimiter !== '/'
              ? this.#o.extended || !/[+?(){}|]/.test(delimiter)
                ? `\\${next}`
                : next
              : !regex && delimiter === '&'
                ? '\\&'
                : next;
        } else if (next === '\n' && regex) out += '\n';
        else out += `\\${next}`;
        continue;
      }
      if (c === delimiter && !bracket) {
        this.#i++;
        return out;
      }
      if (c === '\n' && regex) return null;
      out += c;
    }
    return null;
  }

  #command(): void {
    const from = this.#address(false);
    let to: SedAddress | undefined;
    if (from !== undefined) {
      this.#blanks();
      if (this.#s[this.#i] === ',') {
        this.#i++;
        this.#blanks();
        to = this.#address(true);
        if (to === undefined) this.#fail("unexpected `,'");
      }
      if (from.kind === 'zero' && to?.kind !== 'regex') this.#fail('invalid usage of line address 0', this.#i + 1);
    }
    this.#blanks();
    let negate = false;
    while (this.#s[this.#i] === '!') {
      if (negate) this.#fail("multiple `!'s", this.#i + 1);
      negate = true;
      this.#i++;
      this.#blanks();
    }
    const name = this.#s[this.#i++];
    if (name === undefined) this.#fail('missing command', this.#s.length);
    const base = { from, to, negate, name, text: '', number: undefined as number | undefined, target: undefined as number | undefined };
    const add = (extra: Partial<SedCommand> = {}): void => void this.#out.push({ ...base, ...extra });
    switch (name) {
      case '#':
        if (from !== undefined) this.#fail("comments don't accept any addresses");
        while (this.#i < this.#s.length && this.#s[this.#i] !== '\n') this.#i++;
        return;
      case '{':
        this.#blocks.push(this.#out.length);
        add();
        return;
      case '}': {
        if (from !== undefined) this.#fail("} doesn't want any addresses");
        const open = this.#blocks.pop();
        if (open === undefined) this.#fail("unexpected `}'");
        this.#out[open].target = this.#out.length;
        this.#end();
        return;
      }
      case ':': {
        if (from !== undefined) this.#fail(": doesn't want any addresses");
        this.#blanks();
        const m = /^[^\s;]*/.exec(this.#s.slice(this.#i))![0];
        if (m === '') this.#fail('":" lacks a label');
        this.#i += m.length;
        add({ text: m });
        this.#end();
        return;
      }
      case 'b':
      case 't':
      case 'T': {
        this.#blanks();
        const m = /^[^\s;}]*/.exec(this.#s.slice(this.#i))![0];
        this.#i += m.length;
        add({ text: m });
        this.#end();
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
        this.#end();
        return;
      case 'q':
      case 'Q':
      case 'l':
      case 'L':
        this.#blanks();
        add({ number: this.#number() });
        this.#end();
        return;
      case 'a':
      case 'i':
      case 'c':
        add({ text: this.#text() });
        return;
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        this.#blanks();
        const file = this.#toLineEnd();
        if (file === '') this.#fail('missing filename in r/R/w/W commands');
        if (this.#o.sandbox) this.#fail('e/r/w commands disabled in sandbox mode');
        add({ text: file });
        return;
      }
      case 'e':
        this.#blanks();
        add({ text: this.#toLineEnd() });
        return;
      case 's':
        this.#substitute(add);
        return;
      case 'y':
        this.#transliterate(add);
        return;
      default:
        if (this.#o.busybox) throw new SedError(`unsupported command ${name}`);
        this.#fail(`unknown command: \`${name}'`);
    }
  }

  #toLineEnd(): string {
    const end = this.#s.indexOf('\n', this.#i);
    const text = end < 0 ? this.#s.slice(this.#i) : this.#s.slice(this.#i, end);
    this.#i = end < 0 ? this.#s.length : end + 1;
    return text;
  }

  /** After a command: blanks, then ; or a new line or } or a comment. */
  #end(): void {
    this.#blanks();
    const c = this.#s[this.#i];
    if (c === undefined || c === '}' || c === '#') return;
    if (c === ';' || c === '\n') {
      this.#i++;
      return;
    }
    this.#i++;
    this.#fail('extra characters after command');
  }

  /** The text of a, i, c: one-liner `a text` or classic `a\` newline text. */
  #text(): string {
    this.#blanks();
    if (this.#i >= this.#s.length) this.#fail("expected \\ after `a', `c' or `i'", this.#s.length);
    if (this.#s[this.#i] === '\\') {
      const m = /^\\[ \t]*\n/.exec(this.#s.slice(this.#i));
      if (m) this.#i += m[0].length;
      else {
        this.#i++;
        if (this.#i >= this.#s.length) this.#fail("expected \\ after `a', `c' or `i'", this.#s.length);
      }
    }
    let out = '';
    for (; this.#i < this.#s.length; this.#i++) {
      const c = this.#s[this.#i];
      if (c === '\n') {
        this.#i++;
        break;
      }
      if (c === '\\' && this.#i + 1 < this.#s.length) {
        const next = this.#s[++this.#i];
        out += out !== '' && CHARS[next] !== undefined && next !== 'n' ? CHARS[next] : next === 't' ? (out === '' ? 't' : '\t') : next;
        continue;
      }
      if (c === '\\') break;
      out += c;
    }
    return `${out}\n`;
  }

  #substitute(add: (extra: Partial<SedCommand>) => void): void {
    const delimiter = this.#s[this.#i++];
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') this.#fail("unterminated `s' command", this.#s.length);
    const pattern = this.#delimited(delimiter, true);
    const replacement = pattern === null ? null : this.#delimited(delimiter, false);
    if (pattern === null || replacement === null) this.#fail("unterminated `s' command", this.#s.length);
    let global = false;
    let print = 0;
    let nth = 0;
    let file: string | undefined;
    let regexFlags = '';
    let execute = false;
    for (;;) {
      const c = this.#s[this.#i];
      if (c === 'g') {
        if (global) this.#fail("multiple `g' options to `s' command", this.#i + 1);
        global = true;
      } else if (c === 'p') {
        if (print) this.#fail("multiple `p' options to `s' command", this.#i + 1);
        print++;
      } else if (c === 'i' || c === 'I' || c === 'm' || c === 'M') regexFlags += c;
      else if (c === 'e') execute = true;
      else if (c !== undefined && /\d/.test(c)) {
        if (nth) this.#fail("multiple number options to `s' command", this.#i + 1);
        nth = this.#number()!;
        if (nth === 0) this.#fail("number option to `s' command may not be zero");
        continue;
      } else if (c === 'w') {
        this.#i++;
        this.#blanks();
        file = this.#toLineEnd();
        break;
      } else if (c === undefined || c === ';' || c === '\n' || c === '}' || c === '#' || c === ' ' || c === '\t' || c === '\r') {
        if (c === undefined || c === '}' || c === '#') break;
        if (c === ';' || c === '\n') {
          this.#i++;
          break;
        }
        this.#i++;
        continue;
      } else {
        if (this.#o.busybox) throw new SedError(`unknown option to s command`);
        this.#fail("unknown option to `s'", this.#i + 1);
      }
      this.#i++;
    }
    const regex = this.#compile(pattern, regexFlags);
    const parts = replacementParts(replacement);
    const highest = Math.max(0, ...parts.map((p) => (typeof p === 'object' && 'group' in p ? p.group : 0)));
    if (regex !== null && highest > regex.groupCount) this.#fail(`invalid reference \\${highest} on \`s' command's RHS`);
    add({ regex, replacement: parts, flags: { global, print, nth, file, execute } });
  }

  #transliterate(add: (extra: Partial<SedCommand>) => void): void {
    const delimiter = this.#s[this.#i++];
    const left = delimiter === undefined ? null : this.#delimited(delimiter, false);
    const right = left === null ? null : this.#delimited(delimiter, false);
    if (left === null || right === null) this.#fail("unterminated `y' command", this.#s.length);
    const a = [...unescapeY(left)];
    const b = [...unescapeY(right)];
    if (a.length !== b.length) this.#fail("strings for `y' command are different lengths");
    const map = new Map<string, string>();
    for (const [i, c] of a.entries()) if (!map.has(c)) map.set(c, b[i]);
    add({ map });
    this.#end();
  }
}

/** \t, \n, \xHH, \oNNN, \dNNN, \cX inside a pattern; what the regex itself knows stays. */
function decodeInRegex(pattern: string): string {
  return joinBytes(
    pattern.replace(
      /\\(?:([afrtv])|x([0-9a-fA-F]{2})|o([0-7]{3})|d(\d{3})|c(.)|([\s\S]))/g,
      (whole, simple, hex, octal, decimal, control) => {
        if (simple) return CHARS[simple];
        const code = hex
          ? Number.parseInt(hex, 16)
          : octal
            ? Number.parseInt(octal, 8)
            : decimal
              ? Number(decimal)
              : control
                ? control.toUpperCase().charCodeAt(0) ^ 64
                : -1;
        if (code < 0) return whole;
        const char = byteText(code & 255);
        return /[.*[\]^$\\+?(){}|/]/.test(char) ? `\\${char}` : char;
      },
    ),
  );
}

function unescapeY(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, c: string) => CHARS[c] ?? c);
}

function replacementParts(text: string): SedPart[] {
  const parts: SedPart[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') parts.push(joinBytes(literal));
    literal = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '&') {
      flush();
      parts.push({ group: 0 });
      continue;
    }
    if (c !== '\\' || i + 1 >= text.length) {
      literal += c;
      continue;
    }
    const next = text[++i];
    if (/\d/.test(next)) {
      flush();
      parts.push({ group: Number(next) });
    } else if (/[ULulE]/.test(next)) {
      flush();
      parts.push({ case: next as 'U' });
    } else if (CHARS[next] !== undefined) literal += CHARS[next];
    else {
      const m = /^(?:x([0-9a-fA-F]{1,2})|o([0-7]{1,3})|d(\d{1,3})|c(.))/.exec(text.slice(i, i + 4));
      if (m) {
        literal += byteText(
          (m[1]
            ? Number.parseInt(m[1], 16)
            : m[2]
              ? Number.parseInt(m[2], 8)
              : m[3]
                ? Number(m[3])
                : m[4].toUpperCase().charCodeAt(0) ^ 64) & 255,
        );
        i += m[0].length - 1;
      } else literal += next;
    }
  }
  flush();
  return parts;
}
