import { RegexError, type RegexSyntax } from './error.ts';
import { NESTING_MAX } from './limits.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '\\p{P}\\p{S}',
  print: '\\p{L}\\p{N}\\p{P}\\p{S} ',
  graph: '\\p{L}\\p{N}\\p{P}\\p{S}',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
};
const WORD = '[\\p{L}\\p{N}_]';
const NOT_WORD = '[^\\p{L}\\p{N}_]';
const AFTER_WORD = `(?<=${WORD})`;
const AFTER_OTHER = `(?<!${WORD})`;
const BEFORE_WORD = `(?=${WORD})`;
const BEFORE_OTHER = `(?!${WORD})`;
const ASSERTIONS: Readonly<Record<string, string>> = {
  '<': AFTER_OTHER + BEFORE_WORD,
  '>': AFTER_WORD + BEFORE_OTHER,
  b: `(?:${AFTER_OTHER}${BEFORE_WORD}|${AFTER_WORD}${BEFORE_OTHER})`,
  B: `(?:${AFTER_OTHER}${BEFORE_OTHER}|${AFTER_WORD}${BEFORE_WORD})`,
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
};
const AWK_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  b: '\b',
  '"': '"',
  '/': '/',
};
const REPEAT_MAX = 32767;

/** A literal as JavaScript source. */
function literal(char: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

/** Turns a POSIX BRE or ERE, with GNU's additions, into JavaScript source (for the `u` and `s` flags). */
export class PosixParser {
  readonly #text: string[];
  readonly #syntax: RegexSyntax;
  #at = 0;
  #depth = 0;
  groups = 0;
  readonly warnings: string[] = [];
  readonly #closed = new Set<number>();

  constructor(pattern: string, syntax: RegexSyntax) {
    this.#text = [...pattern];
    this.#syntax = syntax;
  }

  parse(): string {
    const source = this.#alternation();
    if (this.#at < this.#text.length) throw new RegexError(`Unmatched ) or \\)`);
    return source;
  }

  get #basic(): boolean {
    return this.#syntax === 'basic';
  }

  /** Whether an operator stands here: '(' is `\(` in a BRE. */
  #operator(char: string, at = this.#at): boolean {
    if (this.#basic) return this.#text[at] === '\\' && this.#text[at + 1] === char;
    return this.#text[at] === char;
  }

  get #operatorLength(): number {
    return this.#basic ? 2 : 1;
  }

  #alternation(): string {
    const branches = [this.#branch()];
    while (this.#at < this.#text.length && this.#operator('|')) {
      this.#at += this.#operatorLength;
      branches.push(this.#branch());
    }
    return branches.join('|');
  }

  #branch(): string {
    let out = '';
    let piece = '';
    let start = true;
    while (this.#at < this.#text.length) {
      if (this.#operator('|')) break;
      if (this.#operator(')')) {
        if (this.#depth > 0) break;
        if (!this.#basic && this.#syntax !== 'awk') {
          // An unmatched ) is an ordinary character in a GNU ERE only for grep's -E; regcomp refuses it.
          throw new RegexError('Unmatched ) or \\)');
        }
        if (this.#basic) throw new RegexError('Unmatched ) or \\)');
      }
      const quantifier = this.#quantifier(start);
      if (quantifier !== null) {
        if (piece === '') {
          if (!this.#basic && this.#syntax === 'extended' && quantifier.text.startsWith('{'))
            throw new RegexError('Invalid preceding regular expression');
          if (start && !this.#basic) this.warnings.push(`${quantifier.text} at start of expression`);
          continue;
        }
        piece = `(?:${piece})${quantifier.text}`;
        continue;
      }
      out += piece;
      piece = this.#atom(start);
      start = false;
      if (piece === '^') {
        out += piece;
        piece = '';
        start = true;
      }
    }
    return out + piece;
  }

  /** A repetition here, or null. At the start of a BRE `*` is literal. */
  #quantifier(start: boolean): { readonly text: string } | null {
    const c = this.#text[this.#at];
    if (c === '*') {
      if (start && this.#basic) return null;
      this.#at++;
      return { text: '*' };
    }
    if (this.#operator('+') || this.#operator('?')) {
      if (start && this.#basic) return null;
      this.#at += this.#operatorLength;
      return { text: this.#text[this.#at - 1] };
    }
    if (this.#operator('{')) {
      if (start && this.#basic) throw new RegexError('Invalid preceding regular expression');
      const from = this.#at + this.#operatorLength;
      let end = from;
      while (end < this.#text.length && !this.#operator('}', end)) end++;
      const body = this.#text.slice(from, end).join('');
      const m = /^(\d*)(?:(,)(\d*))?$/.exec(body);
      if (end >= this.#text.length || !m || body === '') {
        if (!this.#basic) return null; // an ordinary character in an ERE
        throw new RegexError(end >= this.#text.length ? 'Unmatched \\{' : 'Invalid content of \\{\\}');
      }
      const low = m[1] === '' ? 0 : Number(m[1]);
      const high = m[2] === undefined ? low : m[3] === '' ? undefined : Number(m[3]);
      if (high !== undefined && high < low) throw new RegexError('Invalid content of \\{\\}');
      if (low > REPEAT_MAX || (high ?? 0) > REPEAT_MAX) throw new RegexError('Regular expression too big');
      this.#at = end + this.#operatorLength;
      return { text: `{${low}${m[2] === undefined ? '' : `,${high ?? ''}`}}` };
    }
    return null;
  }

  #atom(start: boolean): string {
    if (this.#operator('(')) return this.#group();
    const c = this.#text[this.#at];
    if (c === '[') return this.#bracket();
    if (c === '\\') return this.#escape();
    this.#at++;
    if (c === '.') return '.';
    if (c === '^') return !this.#basic || start ? '^' : '\\^';
    if (c === '$') {
      const last = this.#at >= this.#text.length || this.#operator(')') || this.#operator('|');
      return !this.#basic || last ? '$' : '\\$';
    }
    return literal(c);
  }

  #group(): string {
    this.#at += this.#operatorLength;
    const number = ++this.groups;
    if (++this.#depth > NESTING_MAX) throw new RegexError('Regular expression too big');
    const body = this.#alternation();
    this.#depth--;
    if (!this.#operator(')') || this.#at >= this.#text.length) throw new RegexError('Unmatched ( or \\(');
    this.#at += this.#operatorLength;
    this.#closed.add(number);
    return `(${body})`;
  }

  #escape(): string {
    const c = this.#text[this.#at + 1];
    if (c === undefined) throw new RegexError('Trailing backslash');
    this.#at += 2;
    if (this.#syntax === 'awk') {
      const octal = /^[0-7]{1,3}/.exec(this.#text.slice(this.#at - 1, this.#at + 2).join(''));
      if (octal) {
        this.#at += octal[0].length - 1;
        return literal(String.fromCharCode(Number.parseInt(octal[0], 8) & 255));
      }
      return literal(AWK_ESCAPES[c] ?? c);
    }
    if (/[1-9]/.test(c)) {
      if (!this.#closed.has(Number(c))) throw new RegexError('Invalid back reference');
      return `(?:\\${c})`;
    }
    if (ASSERTIONS[c] !== undefined) return ASSERTIONS[c];
    if (c === 'w') return WORD;
    if (c === 'W') return NOT_WORD;
    if (c === 's' || c === 'S') return `\\${c}`;
    if (c === 'n') return '\\n';
    if (/[A-Za-z0]/.test(c)) this.warnings.push(`stray \\ before ${c}`);
    return literal(c);
  }

  #bracket(): string {
    const text = this.#text;
    let i = this.#at + 1;
    const negated = text[i] === '^';
    if (negated) i++;
    let body = '';
    let previous: string | undefined;
    for (let first = true; ; first = false) {
      if (i >= text.length) throw new RegexError('Unmatched [, [^, [:, [., or [=');
      let c = text[i];
      if (c === ']' && !first) break;
      if (c === '[' && (text[i + 1] === ':' || text[i + 1] === '.' || text[i + 1] === '=')) {
        const mark = text[i + 1];
        let end = i + 2;
        while (end < text.length && !(text[end] === mark && text[end + 1] === ']')) end++;
        if (end >= text.length) throw new RegexError('Unmatched [, [^, [:, [., or [=');
        const name = text.slice(i + 2, end).join('');
        i = end + 2;
        if (mark === ':') {
          if (CLASSES[name] === undefined) throw new RegexError('Invalid character class name');
          body += CLASSES[name];
          previous = undefined;
          continue;
        }
        c = name;
      } else if (c === '\\' && this.#syntax === 'awk' && text[i + 1] !== undefined) {
        c = AWK_ESCAPES[text[i + 1]] ?? text[i + 1];
        i += 2;
      } else i++;
      if (c === '-' && previous !== undefined && i < text.length && text[i] !== ']') {
        let to = text[i];
        i++;
        if (to === '[' && text[i] === '.') {
          const end = text.indexOf(']', i);
          to = text[i + 1];
          i = end + 1;
        } else if (to === '\\' && this.#syntax === 'awk') to = text[i++];
        if (to.codePointAt(0)! < previous.codePointAt(0)!) throw new RegexError('Invalid range end');
        body += `-${this.#inClass(to)}`;
        previous = undefined;
        continue;
      }
      body += this.#inClass(c);
      previous = c;
    }
    this.#at = i + 1;
    return `[${negated ? '^' : ''}${body}]`;
  }

  #inClass(char: string): string {
    return /[\\\]^[-]/.test(char) ? `\\${char}` : char;
  }
}
