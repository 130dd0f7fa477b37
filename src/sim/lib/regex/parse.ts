import type { Assertion, GroupRange, Node } from './ast.ts';
import { charSet } from './charSet.ts';
import { RegexError } from './error.ts';
import { NESTING_MAX } from './limits.ts';

export interface ParsedPattern {
  readonly tree: Node;
  readonly groupCount: number;
  /** Names of groups, by number. */
  readonly names: readonly (string | undefined)[];
}

/** Parses a pattern in JavaScript's syntax that the host has accepted, so that nothing in it can be wrong. */
export function parsePattern(source: string, flags: string): ParsedPattern {
  return new Parser(source, flags).parse();
}

/** Perl's `$` and `\\Z` in JavaScript's syntax: before the newline that ends the text, or at its end. */
const LAST_LINE_END = '(?=\\n?(?![\\s\\S]))';

class Parser {
  readonly #text: string;
  readonly #unicode: boolean;
  readonly #multiline: boolean;
  readonly #setFlags: string;
  readonly #names: (string | undefined)[];
  #at = 0;
  #groups = 0;
  #depth = 0;

  constructor(source: string, flags: string) {
    this.#text = source;
    this.#unicode = flags.includes('u');
    this.#multiline = flags.includes('m');
    this.#setFlags = `${flags.includes('i') ? 'i' : ''}${flags.includes('s') ? 's' : ''}${this.#unicode ? 'u' : ''}`;
    this.#names = groupNames(source);
  }

  parse(): ParsedPattern {
    const tree = this.#choice();
    return { tree, groupCount: this.#groups, names: this.#names };
  }

  #choice(): Node {
    if (++this.#depth > NESTING_MAX) throw new RegexError('Regular expression too big');
    const branches = [this.#sequence()];
    while (this.#text[this.#at] === '|') {
      this.#at++;
      branches.push(this.#sequence());
    }
    this.#depth--;
    return branches.length === 1 ? branches[0] : { kind: 'choice', branches };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')') {
      const from = this.#groups + 1;
      const atom = this.#atom();
      parts.push(this.#repeated(atom, { from, to: this.#groups + 1 }));
    }
    return parts.length === 1 ? parts[0] : { kind: 'sequence', parts };
  }

  #repeated(body: Node, groups: GroupRange): Node {
    let least: number;
    let most = Number.POSITIVE_INFINITY;
    const c = this.#text[this.#at];
    if (c === '*' || c === '+') {
      least = c === '*' ? 0 : 1;
      this.#at++;
    } else if (c === '?') {
      [least, most] = [0, 1];
      this.#at++;
    } else {
      const m = c === '{' ? COUNT.exec(this.#text.slice(this.#at, this.#at + 40)) : null;
      if (m === null) return body;
      least = Number(m[1]);
      most = m[2] === undefined ? least : m[3] === '' ? Number.POSITIVE_INFINITY : Number(m[3]);
      this.#at += m[0].length;
    }
    const lazy = this.#text[this.#at] === '?';
    if (lazy) this.#at++;
    return { kind: 'repeat', body, least, most, lazy, groups };
  }

  #set(source: string): Node {
    return { kind: 'set', set: charSet(source, this.#setFlags) };
  }

  #atom(): Node {
    const c = this.#text[this.#at];
    if (c === '(') return this.#parenthesis();
    if (c === '[') return this.#bracket();
    if (c === '\\') return this.#escape();
    if (c === '^' || c === '$') {
      this.#at++;
      const line = this.#multiline;
      return { kind: 'assertion', at: c === '^' ? (line ? 'lineStart' : 'textStart') : line ? 'lineEnd' : 'textEnd' };
    }
    if (c === '.') {
      this.#at++;
      return this.#set('.');
    }
    const char = this.#unicode ? String.fromCodePoint(this.#text.codePointAt(this.#at)!) : c;
    this.#at += char.length;
    return this.#set(/[{}\]]/.test(char) ? `\\${char}` : char);
  }

  #parenthesis(): Node {
    if (this.#text.startsWith(LAST_LINE_END, this.#at)) {
      this.#at += LAST_LINE_END.length;
      return { kind: 'assertion', at: 'lastLineEnd' };
    }
    const head = /^\((?:\?(?:(:)|(<?[=!])|<([^>]*)>))?/.exec(this.#text.slice(this.#at, this.#at + 100))!;
    this.#at += head[0].length;
    if (head[2] !== undefined) {
      const from = this.#groups + 1;
      const body = this.#choice();
      this.#at++;
      const groups = { from, to: this.#groups + 1 };
      return { kind: 'look', behind: head[2].startsWith('<'), negated: head[2].endsWith('!'), body, groups };
    }
    const index = head[1] === undefined ? ++this.#groups : 0;
    const body = this.#choice();
    this.#at++;
    return index === 0 ? body : { kind: 'group', index, body };
  }

  #bracket(): Node {
    let i = this.#at + 1;
    while (this.#text[i] !== ']') i += this.#text[i] === '\\' ? 2 : 1;
    const source = this.#text.slice(this.#at, i + 1);
    this.#at = i + 1;
    return this.#set(source);
  }

  #escape(): Node {
    const rest = this.#text.slice(this.#at);
    const c = rest[1];
    const assertion: Assertion | undefined = c === 'b' ? 'wordBorder' : c === 'B' ? 'noWordBorder' : undefined;
    if (assertion) {
      this.#at += 2;
      return { kind: 'assertion', at: assertion };
    }
    const named = /^\\k<([^>]*)>/.exec(rest);
    if (named && this.#names.some((n) => n !== undefined)) {
      this.#at += named[0].length;
      return { kind: 'backReference', index: this.#names.indexOf(named[1]) };
    }
    const number = /^\\([1-9]\d*)/.exec(rest);
    if (number && (this.#unicode || Number(number[1]) < this.#names.length)) {
      this.#at += number[0].length;
      return { kind: 'backReference', index: Number(number[1]) };
    }
    const whole = (this.#unicode ? UNICODE_ESCAPE : LEGACY_ESCAPE).exec(rest)![0];
    this.#at += whole.length;
    return this.#set(whole);
  }
}

const COUNT = /^\{(\d+)(,(\d*))?\}/;
const UNICODE_ESCAPE =
  /^\\(?:c[A-Za-z]|x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[pP]\{[^}]*\}|[\s\S])/;
const LEGACY_ESCAPE = /^\\(?:c[A-Za-z]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-3][0-7]{0,2}|[4-7][0-7]?|c(?![A-Za-z])|[\s\S])/;

/** Names of the groups by their number; [0] is the whole match. */
function groupNames(source: string): (string | undefined)[] {
  const names: (string | undefined)[] = [undefined];
  for (const m of source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]/g, '  ').matchAll(/\((?:\?<([^=!>][^>]*)>|(?!\?))/g)) names.push(m[1]);
  return names;
}
