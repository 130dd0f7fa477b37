import { decodeAnsiC } from './ansiC.ts';
import { Recognizer } from './recognizer.ts';
import { isNameChar, isNameStart } from './scan.ts';

/** A piece of a word, compiled once from its source. `quoted` pieces are neither split nor globbed. */
export type Part =
  | { readonly type: 'text'; readonly value: string; readonly quoted: boolean }
  | { readonly type: 'parameter'; readonly expansion: ParameterExpansion; readonly quoted: boolean }
  | { readonly type: 'command'; readonly source: string; readonly quoted: boolean }
  | { readonly type: 'arithmetic'; readonly source: string; readonly quoted: boolean }
  | { readonly type: 'process'; readonly direction: '<' | '>'; readonly source: string; readonly quoted: false };

export interface ParameterExpansion {
  /** As written, for "bad substitution". */
  readonly text: string;
  readonly name: string;
  readonly subscript?: string;
  /** `${#x}` */
  readonly length: boolean;
  /** `${!x}` */
  readonly indirect: boolean;
  /** '' for a plain one; 'bad' when it cannot be understood; 'names' for `${!x*}`; 'keys' for `${!x[@]}`. */
  readonly operator: string;
  /** Source of what follows the operator. */
  readonly operand: string;
}

const cache = new Map<string, readonly Part[]>();
const CACHE_MAX = 5000;

/** Where the text stands decides what its characters mean: a plain word, the inside of double quotes, a here-document, or what follows an operator of `${}` in double quotes. */
export type WordContext = 'word' | 'double' | 'heredoc' | 'operand';

/** Compiles the source of a word. Answers are cached: loops come here again and again. */
export function compileWord(text: string, context: WordContext = 'word'): readonly Part[] {
  const key = context === 'word' ? text : `${context}\0${text}`;
  let parts = cache.get(key);
  if (!parts) {
    if (cache.size > CACHE_MAX) cache.clear();
    parts = new Compiler(text).compile(context);
    cache.set(key, parts);
  }
  return parts;
}

class Compiler {
  readonly #text: string;
  readonly #scan: Recognizer;
  readonly #parts: Part[] = [];
  #literal = '';
  #quotedLiteral: string | null = null;

  constructor(text: string) {
    this.#text = text;
    this.#scan = new Recognizer(text);
  }

  compile(context: WordContext): readonly Part[] {
    if (context === 'word') this.#word();
    else
      this.#double(
        0,
        this.#text.length,
        context === 'heredoc' ? '$`\\' : context === 'operand' ? '$`"\\}' : '$`"\\',
        context === 'operand',
      );
    this.#flush();
    return this.#parts;
  }

  #add(value: string, quoted: boolean): void {
    if (quoted) {
      if (this.#literal) this.#flush();
      this.#quotedLiteral = (this.#quotedLiteral ?? '') + value;
    } else {
      if (this.#quotedLiteral !== null) this.#flush();
      this.#literal += value;
    }
  }

  #flush(): void {
    if (this.#literal) this.#parts.push({ type: 'text', value: this.#literal, quoted: false });
    if (this.#quotedLiteral !== null) this.#parts.push({ type: 'text', value: this.#quotedLiteral, quoted: true });
    this.#literal = '';
    this.#quotedLiteral = null;
  }

  #push(part: Part): void {
    this.#flush();
    this.#parts.push(part);
  }

  #word(): void {
    const text = this.#text;
    for (let i = 0; i < text.length; ) {
      const c = text[i];
      if (c === '\\') {
        if (text[i + 1] !== '\n') this.#add(i + 1 < text.length ? text[i + 1] : '\\', true);
        i += 2;
      } else if (c === "'") {
        const end = this.#scan.skipSingle(i);
        this.#add(text.slice(i + 1, end - 1), true);
        i = end;
      } else if (c === '"') {
        const end = this.#scan.skipDouble(i);
        this.#add('', true);
        this.#double(i + 1, end - 1, '$`"\\');
        i = end;
      } else if (c === '`') i = this.#backtick(i, false, false);
      else if (c === '$' && text[i + 1] === "'") {
        const end = this.#scan.skipAnsi(i + 1);
        this.#add(decodeAnsiC(text.slice(i + 2, end - 1)), true);
        i = end;
      } else if (c === '$' && text[i + 1] === '"') i++;
      else if (c === '$') i = this.#dollar(i, false);
      else if ((c === '<' || c === '>') && text[i + 1] === '(') {
        const end = this.#scan.skipCommands(i + 2);
        this.#push({ type: 'process', direction: c, source: text.slice(i + 2, end - 1), quoted: false });
        i = end;
      } else {
        this.#add(c, false);
        i++;
      }
    }
  }

  #double(from: number, to: number, escapable: string, dropQuotes = false): void {
    const text = this.#text;
    for (let i = from; i < to; ) {
      const c = text[i];
      if (c === '\\' && i + 1 < to) {
        const next = text[i + 1];
        if (next !== '\n') this.#add(escapable.includes(next) ? next : c + next, true);
        i += 2;
      } else if (c === '`') i = this.#backtick(i, true, escapable.includes('"'));
      else if (c === '$') i = this.#dollar(i, true);
      else if (c === '"' && dropQuotes) i++;
      else {
        this.#add(c, true);
        i++;
      }
    }
  }

  #backtick(i: number, quoted: boolean, inDouble: boolean): number {
    const end = this.#scan.skipBacktick(i);
    const body = this.#text.slice(i + 1, end - 1).replace(inDouble ? /\\([\\`$"])/g : /\\([\\`$])/g, '$1');
    this.#push({ type: 'command', source: body, quoted });
    return end;
  }

  #dollar(i: number, quoted: boolean): number {
    const text = this.#text;
    const next = text[i + 1];
    if (next === '(') {
      const end = this.#scan.skipDollar(i);
      if (text[i + 2] === '(' && this.#scan.arithmeticEnd(i + 3) === end)
        this.#push({ type: 'arithmetic', source: text.slice(i + 3, end - 2), quoted });
      else this.#push({ type: 'command', source: text.slice(i + 2, end - 1), quoted });
      return end;
    }
    if (next === '[') {
      const end = this.#scan.skipDollar(i);
      this.#push({ type: 'arithmetic', source: text.slice(i + 2, end - 1), quoted });
      return end;
    }
    if (next === '{') {
      const end = this.#scan.skipBrace(i + 1);
      this.#push({ type: 'parameter', expansion: parseBraced(text.slice(i, end)), quoted });
      return end;
    }
    if (isNameStart(next) || (next !== undefined && /[0-9@*#?$!-]/.test(next))) {
      const end = this.#scan.skipDollar(i);
      const name = text.slice(i + 1, end);
      this.#push({
        type: 'parameter',
        expansion: { text: text.slice(i, end), name, length: false, indirect: false, operator: '', operand: '' },
        quoted,
      });
      return end;
    }
    this.#add('$', quoted);
    return i + 1;
  }
}

const OPERATORS = [':-', ':=', ':?', ':+', '##', '%%', '//', '/#', '/%', '^^', ',,', '-', '=', '?', '+', '#', '%', '/', '^', ',', '@', ':'];

/** `text` is a whole `${...}`. */
function parseBraced(text: string): ParameterExpansion {
  const body = text.slice(2, -1);
  const bad: ParameterExpansion = { text, name: '', length: false, indirect: false, operator: 'bad', operand: '' };
  let i = 0;
  let length = false;
  let indirect = false;
  if (body[0] === '#' && body.length > 1 && !/^#(:?[-=?+]|[#%/])./.test(body)) {
    length = true;
    i = 1;
  } else if (body[0] === '!' && body.length > 1 && /[A-Za-z0-9_@*#?!$-]/.test(body[1])) {
    indirect = true;
    i = 1;
  }
  const start = i;
  if (isNameStart(body[i])) {
    while (isNameChar(body[i])) i++;
  } else if (/[0-9]/.test(body[i] ?? '')) {
    while (/[0-9]/.test(body[i] ?? '')) i++;
  } else if (/[@*#?$!-]/.test(body[i] ?? '')) i++;
  else return bad;
  const name = body.slice(start, i);
  let subscript: string | undefined;
  if (body[i] === '[' && isNameStart(name)) {
    const end = new Recognizer(body).skipBalanced(i, '[', ']');
    subscript = body.slice(i + 1, end - 1);
    i = end;
  }
  const rest = body.slice(i);
  if (length) return rest === '' ? { text, name, subscript, length, indirect, operator: '', operand: '' } : bad;
  if (indirect && subscript === undefined && (rest === '*' || rest === '@'))
    return { text, name, length, indirect: false, operator: 'names', operand: rest };
  if (indirect && rest === '' && (subscript === '@' || subscript === '*'))
    return { text, name, subscript, length, indirect: false, operator: 'keys', operand: '' };
  if (rest === '') return { text, name, subscript, length, indirect, operator: '', operand: '' };
  const operator = OPERATORS.find((o) => rest.startsWith(o));
  if (operator === undefined || (operator === '@' && !/^@[UuLQEPAKak]$/.test(rest))) return bad;
  return { text, name, subscript, length, indirect, operator, operand: rest.slice(operator.length) };
}
