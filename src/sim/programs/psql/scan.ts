/** Where psql stops reading: at the end of a statement, at a backslash command, or at the end of its input. */

/** What a prompt tells of the text before it: '=' nothing waits, '-' a statement goes on, else what is still open. */
export type Open = '=' | '-' | "'" | '"' | '$' | '(' | '*';

export interface Stop {
  readonly kind: 'statement' | 'backslash' | 'end';
  /** Where the semicolon or the backslash stands. */
  readonly at: number;
  readonly open: Open;
  /** Where `\;` stands: a semicolon for the server that ends nothing here. */
  readonly escaped: readonly number[];
}

/** The first stop in `text`, by the rules of psqlscan.l: quotes, dollar quotes, comments and parentheses hide what is in them. */
export function scan(text: string): Stop {
  const escaped: number[] = [];
  let depth = 0;
  let blank = true;
  const stop = (kind: Stop['kind'], at: number, open: Open = depth > 0 ? '(' : blank ? '=' : '-'): Stop => ({ kind, at, open, escaped });
  for (let i = 0; i < text.length; i++) {
    const rest = text.slice(i, i + 64);
    const opening = /^(?:'|"|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|\/\*|--)/.exec(rest)?.[0];
    // A dollar within a name is a part of it.
    if (opening !== undefined && !(opening[0] === '$' && /[\w$\u0080-\uffff]/.test(text[i - 1] ?? ' '))) {
      const end = text.indexOf(CLOSING[opening] ?? opening, i + opening.length);
      if (opening !== '--') blank = false;
      if (end === -1) return stop('end', text.length, opening === '--' ? undefined : opening === '/*' ? '*' : (opening[0] as Open));
      i = end + (CLOSING[opening] ?? opening).length - 1;
      continue;
    }
    const c = text[i];
    if (c === '\\' && text[i + 1] === ';') escaped.push(i++);
    else if (c === '\\') return stop('backslash', i);
    else if (c === ';' && depth === 0) return stop('statement', i);
    else if (c === '(') depth++;
    else if (c === ')') depth = Math.max(0, depth - 1);
    if (!/\s/.test(c)) blank = false;
  }
  return stop('end', text.length);
}

const CLOSING: Readonly<Record<string, string>> = { '/*': '*/', '--': '\n' };

/** A statement as the server gets it: `\;` is a semicolon there. */
export function withoutEscapes(statement: string, { escaped }: Stop): string {
  let text = '';
  let from = 0;
  for (const at of escaped) {
    text += statement.slice(from, at);
    from = at + 1;
  }
  return text + statement.slice(from);
}

export interface Backslash {
  readonly name: string;
  readonly argument: string;
  /** What stands after the command in the line: another command, or more of the statement after `\\`. */
  readonly rest: string;
}

/** The backslash command that `text` begins with; it takes the line, up to another backslash. */
export function backslashCommand(text: string): Backslash {
  const line = text.split('\n')[0];
  const name = /^\\([^\s\\]*)/.exec(line)?.[1] ?? '';
  let end = name.length + 1;
  for (let quote = ''; end < line.length; end++) {
    const c = line[end];
    if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === "'" || c === '"') quote = c;
    else if (c === '\\') break;
  }
  const argument = line.slice(name.length + 1, end).trim();
  const rest = line.startsWith('\\\\', end) ? line.slice(end + 2) : line.slice(end);
  return { name, argument: argument.replace(/;$/, ''), rest: rest + text.slice(line.length) };
}
