/** Tokens of Go's text/template. */
export class TemplateError extends Error {
  /** What had been written when it arose. */
  written = '';

  constructor(message: string) {
    super(message);
    this.name = 'TemplateError';
  }
}

export type Token =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | {
      readonly kind: 'open' | 'close' | 'lparen' | 'rparen' | 'pipe' | 'assign' | 'declare' | 'comma' | 'space' | 'dot' | 'other';
      readonly text: string;
      readonly at: number;
    }
  /** What cannot be read; it counts when the parser gets there, as Go's lexer runs beside its parser. */
  | { readonly kind: 'error'; readonly text: string; readonly at: number }
  | { readonly kind: 'field' | 'variable' | 'identifier' | 'keyword'; readonly text: string; readonly at: number }
  | { readonly kind: 'string' | 'rawString' | 'char' | 'number' | 'bool' | 'nil'; readonly text: string; readonly at: number };

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);
/** What a number may look like; whether it is one is the parser's to say. */
const NUMBER = /^[+-]?(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)/;
const WORD = /^[\p{L}\p{N}_]+/u;

/** All tokens; the last one is an 'error' with the text that follows 'template: NAME:' if the source cannot be read to its end. */
export function lexTemplate(source: string): readonly Token[] {
  const tokens: Token[] = [];
  try {
    lexInto(source, tokens);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    tokens.push({ kind: 'error', text: error.message, at: source.length });
  }
  return tokens;
}

function lexInto(source: string, tokens: Token[]): void {
  let at = 0;
  let trimNext = false;
  const fail = (message: string, where = at): never => {
    throw new TemplateError(`${1 + (source.slice(0, where).match(/\n/g)?.length ?? 0)}: ${message}`);
  };
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    let text = open < 0 ? source.slice(at) : source.slice(at, open);
    if (trimNext) text = text.replace(/^[ \t\r\n]+/, '');
    trimNext = false;
    const trimLeft = open >= 0 && /^\{\{-[ \t\r\n]/.test(source.slice(open, open + 4));
    if (trimLeft) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') tokens.push({ kind: 'text', text, at });
    if (open < 0) return;
    at = open + 2 + (trimLeft ? 2 : 0);
    if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at);
      if (end < 0) fail('unclosed comment');
      at = end + 2;
      const closing = /^(?:[ \t\r\n]-)?\}\}/.exec(source.slice(at));
      if (!closing) fail('comment ends before closing delimiter');
      trimNext = closing![0].length > 2;
      at += closing![0].length;
      continue;
    }
    tokens.push({ kind: 'open', text: '{{', at: open });
    at = lexAction(source, at, tokens, fail);
    trimNext = tokens.at(-1)!.text === ' -}}';
  }
}

function lexAction(source: string, start: number, tokens: Token[], fail: (message: string, at?: number) => never): number {
  let at = start;
  let depth = 0;
  const add = (kind: Exclude<Token['kind'], 'text' | 'error'>, text: string): void => {
    tokens.push({ kind, text, at } as Token);
    at += text.length;
  };
  for (;;) {
    const rest = source.slice(at);
    const trim = /^[ \t\r\n]-\}\}/.exec(rest);
    if (trim || rest.startsWith('}}')) {
      if (depth > 0) fail('unclosed left paren', at);
      tokens.push({ kind: 'close', text: trim ? ' -}}' : '}}', at });
      return at + (trim ? trim[0].length : 2);
    }
    if (rest === '') fail('unclosed action', at);
    const c = rest[0];
    /** A word must end where something else can begin. */
    const terminated = (word: string): string => {
      const next = [...rest.slice(word.length)][0] ?? '';
      if (next !== '' && !/[ \t\r\n.,|:()]/.test(next) && !rest.startsWith('}}', word.length))
        fail(`bad character U+${next.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${next}'`, at);
      return word;
    };
    const blank = /^[ \t\r\n]+/.exec(rest);
    if (blank) {
      // A trim marker takes the last blank with it.
      const keep = /[ \t\r\n]-\}\}/.exec(rest.slice(blank[0].length - 1, blank[0].length + 3)) ? blank[0].length - 1 : blank[0].length;
      add('space', blank[0].slice(0, Math.max(1, keep)));
      continue;
    }
    if (c === '|') add('pipe', c);
    else if (rest.startsWith(':=')) add('declare', ':=');
    else if (c === ':') fail('expected :=', at);
    else if (c === '=') add('assign', c);
    else if (c === ',') add('comma', c);
    else if (c === '(') {
      depth++;
      add('lparen', c);
    } else if (c === ')') {
      depth--;
      if (depth < 0) fail('unexpected right paren', at);
      add('rparen', c);
    } else if (c === '"') {
      const m = /^"(?:[^"\\\n]|\\.)*"/.exec(rest);
      if (!m) fail('unterminated quoted string', at);
      add('string', m![0]);
    } else if (c === '`') {
      const m = /^`[^`]*`/.exec(rest);
      if (!m) fail('unterminated raw quoted string', at);
      add('rawString', m![0]);
    } else if (c === "'") {
      const m = /^'(?:[^'\\\n]|\\.)+'/.exec(rest);
      if (!m) fail('unterminated character constant', at);
      add('char', m![0]);
    } else if (c === '$') add('variable', terminated(`$${WORD.exec(rest.slice(1))?.[0] ?? ''}`));
    else if (/^[+-]?\d/.test(rest) || /^[+-]?\.\d/.test(rest)) {
      const [number] = NUMBER.exec(rest)!;
      const next = rest.slice(number.length);
      if (/^[\p{L}\p{N}_]/u.test(next)) fail(`bad number syntax: ${JSON.stringify(number + [...next][0])}`, at);
      add('number', number);
    } else if (c === '.') {
      const word = WORD.exec(rest.slice(1));
      if (word) add('field', terminated(`.${word[0]}`));
      else add('dot', c);
    } else if (WORD.test(rest)) {
      const word = WORD.exec(rest)![0];
      terminated(word);
      if (KEYWORDS.has(word)) add('keyword', word);
      else if (word === 'true' || word === 'false') add('bool', word);
      else if (word === 'nil') add('nil', word);
      else add('identifier', word);
    } else if (/^[!-~]/.test(c)) add('other', c);
    else fail(`unrecognized character in action: U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${c}'`, at);
  }
}
