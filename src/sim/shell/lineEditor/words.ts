import { isMeta } from '../syntax/scan.ts';

/** What stands before the cursor, as completion needs to know it. */
export interface CompletionPlace {
  /** Where the word begins in the line. */
  readonly start: number;
  /** The word with its quotes taken away. */
  readonly word: string;
  /** The quote that is open, or that the word begins with. */
  readonly quote: '' | '"' | "'";
  /** Words of the command before it, unquoted; empty if the word is a command. */
  readonly before: readonly string[];
  /** After `>` or `<`. */
  readonly redirect: boolean;
}

const PREFIXES = new Set([
  'sudo',
  'time',
  'exec',
  'command',
  'builtin',
  'nohup',
  'then',
  'do',
  'else',
  'elif',
  'if',
  'while',
  'until',
  '!',
  '{',
  'watch',
  'xargs',
  'env',
]);

/** Finds the word at the end of `line`, which is what is left of the cursor. */
export function completionPlace(line: string): CompletionPlace {
  let words: string[] = [];
  let word = '';
  let start = 0;
  let inWord = false;
  let quote: '' | '"' | "'" = '';
  let opened: '' | '"' | "'" = '';
  let redirect = false;
  const flush = (): void => {
    if (inWord && !redirect) words.push(word);
    if (inWord) redirect = false;
    word = '';
    inWord = false;
    opened = '';
  };
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quote) {
      if (c === quote) quote = '';
      else if (c === '\\' && quote === '"' && i + 1 < line.length && /["\\$`]/.test(line[i + 1])) word += line[++i];
      else word += c;
      continue;
    }
    if (c === '$' && line[i + 1] === '(') {
      flush();
      words = [];
      i++;
    } else if (isMeta(c) || c === '`') {
      flush();
      if (c === '>' || c === '<') redirect = true;
      else if (c !== ' ' && c !== '\t') {
        words = [];
        redirect = false;
      }
    } else {
      if (!inWord) {
        start = i;
        inWord = true;
        opened = '';
      }
      if (c === '"' || c === "'") {
        quote = c;
        if (word === '') opened = c;
      } else if (c === '\\') word += line[++i] ?? '';
      else word += c;
    }
  }
  if (!inWord) start = line.length;
  const before = [...words];
  while (
    before.length > 0 &&
    (/^[A-Za-z_]\w*=/.test(before[0]) || PREFIXES.has(before[0]) || (before[0].startsWith('-') && words.length > before.length))
  )
    before.shift();
  return { start, word, quote: quote || opened, before, redirect };
}

/** Writes a file name into the line so that it is one word there. */
export function quoteForLine(text: string, quote: '' | '"' | "'"): string {
  if (quote === "'") return text.replaceAll("'", "'\\''");
  if (quote === '"') return text.replace(/["\\$`]/g, '\\$&');
  return text.replace(/[\s'"\\|&;()<>!{}*?[\]^$`#]/g, '\\$&').replace(/^\\~/, '~');
}

/** The longest beginning that all have. */
export function commonPrefix(list: readonly string[]): string {
  let prefix = list[0] ?? '';
  for (const item of list) while (!item.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
