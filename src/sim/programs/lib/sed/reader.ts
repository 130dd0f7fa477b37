/** A script as text, read from left to right. */
import { compileRegex, type Regex, RegexError } from '../../../lib/regex/regex.ts';
import { decodeInRegex } from './escapes.ts';
import { SedError } from './script.ts';

/** How scripts are to be understood. */
export interface ParseOptions {
  readonly extended: boolean;
  readonly sandbox: boolean;
  readonly nullData: boolean;
  readonly busybox: boolean;
}

/** A place in a script, and the pieces that commands are made of. */
export class ScriptReader {
  readonly text: string;
  readonly options: ParseOptions;
  readonly #label: string;
  /** The index of the character to be read next. */
  at = 0;

  /** `label` says where the script comes from, for complaints. */
  constructor(text: string, label: string, options: ParseOptions) {
    this.text = text;
    this.#label = label;
    this.options = options;
  }

  /** @throws {SedError} with the place in the script. */
  fail(message: string, at = this.at): never {
    if (this.#label.startsWith('file ')) throw new SedError(`${this.#label} line ${this.text.slice(0, at).split('\n').length}: ${message}`);
    throw new SedError(`${this.#label}, char ${at}: ${message}`);
  }

  /** Skips blanks. */
  blanks(): void {
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++;
  }

  /** A number, if one comes next. */
  number(): number | undefined {
    const m = /^\d+/.exec(this.text.slice(this.at, this.at + 12));
    if (!m) return undefined;
    this.at += m[0].length;
    return Number(m[0]);
  }

  /** Text up to an unescaped delimiter (`\n` and brackets kept as they are), or null. */
  delimited(delimiter: string, regex: boolean): string | null {
    let out = '';
    const bracket = false;
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at];
      if (c === '\\' && this.at + 1 < this.text.length) {
        const next = this.text[++this.at];
        if (next === delimiter && !bracket) {
          // An escaped delimiter loses its backslash; as a regex special it stays literal.
          out +=
            regex && /[.*+?^$[\](){}|]/.test(delimiter) && delimiter !== '/'
              ? this.options.extended || !/[+?(){}|]/.test(delimiter)
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
        this.at++;
        return out;
      }
      if (c === '\n' && regex) return null;
      out += c;
    }
    return null;
  }

  /** The rest of the line. */
  toLineEnd(): string {
    const end = this.text.indexOf('\n', this.at);
    const text = end < 0 ? this.text.slice(this.at) : this.text.slice(this.at, end);
    this.at = end < 0 ? this.text.length : end + 1;
    return text;
  }

  /** After a command: blanks, then ; or a new line or } or a comment. */
  end(): void {
    this.blanks();
    const c = this.text[this.at];
    if (c === undefined || c === '}' || c === '#') return;
    if (c === ';' || c === '\n') {
      this.at++;
      return;
    }
    this.at++;
    this.fail('extra characters after command');
  }

  /** A regular expression; null for an empty one, which means the last that was used. */
  compile(pattern: string, flags: string): Regex | null {
    if (pattern === '') return null;
    try {
      return compileRegex(decodeInRegex(pattern), this.options.extended ? 'extended' : 'basic', {
        ignoreCase: /I/i.test(flags),
        multiline: /M/i.test(flags),
      });
    } catch (error) {
      if (error instanceof RegexError) this.fail(error.message);
      throw error;
    }
  }
}
