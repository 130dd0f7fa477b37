import { BRACE_WORDS_MAX } from '../../kernel/limits.ts';
import { ShellError } from '../state/errors.ts';
import { Recognizer } from '../syntax/recognizer.ts';

/** A word in pieces that follow each other: text, or the choices of a group. */
type Piece = string | Group;
type Group = Sequence | { readonly kind: 'choices'; readonly words: readonly (readonly Piece[])[] };
interface Sequence {
  readonly kind: 'sequence';
  readonly from: number;
  readonly step: number;
  readonly count: number;
  readonly letters: boolean;
  readonly width: number;
}

/** Groups inside groups. */
const NESTING_MAX = 200;

/**
 * Brace expansion of a word's source text, one word after the other: there may be many. Quotes and other expansions inside are left alone.
 * Throws a ShellError if the words are more than {@link BRACE_WORDS_MAX}.
 */
export function expandBraces(text: string): Iterable<string> {
  if (!text.includes('{')) return [text];
  const pieces = piecesOf(text, 0);
  const count = countOf(pieces);
  if (count > BRACE_WORDS_MAX) throw new ShellError(`brace expansion: failed to allocate memory for ${count} elements`);
  return wordsOf(pieces, 0, '');
}

function piecesOf(text: string, depth: number): readonly Piece[] {
  if (depth > NESTING_MAX) throw new ShellError('brace expansion: nested too deep');
  const scan = new Recognizer(text);
  const pieces: Piece[] = [];
  let from = 0;
  for (let i = 0; i < text.length; ) {
    const group = text[i] === '{' ? braceGroup(scan, i, depth) : null;
    if (group) {
      pieces.push(text.slice(from, i), group.group);
      from = i = group.end;
    } else if (text[i] === '{') i++;
    else i = skip(scan, i);
  }
  pieces.push(text.slice(from));
  return pieces;
}

function countOf(pieces: readonly Piece[]): number {
  let count = 1;
  for (const piece of pieces) {
    if (typeof piece === 'string') continue;
    count *= piece.kind === 'sequence' ? piece.count : piece.words.reduce((sum, word) => sum + countOf(word), 0);
  }
  return count;
}

function* wordsOf(pieces: readonly Piece[], at: number, before: string): Generator<string> {
  let text = before;
  let i = at;
  while (i < pieces.length && typeof pieces[i] === 'string') text += pieces[i++] as string;
  const group = pieces[i] as Group | undefined;
  if (group === undefined) yield text;
  else if (group.kind === 'choices')
    for (const word of group.words) for (const item of wordsOf(word, 0, '')) yield* wordsOf(pieces, i + 1, text + item);
  else for (let n = 0; n < group.count; n++) yield* wordsOf(pieces, i + 1, text + itemOf(group, n));
}

function itemOf(s: Sequence, n: number): string {
  const value = s.from + n * s.step;
  if (s.letters) return String.fromCharCode(value) === '\\' ? '\\\\' : String.fromCharCode(value);
  return value < 0 ? `-${String(-value).padStart(s.width - 1, '0')}` : String(value).padStart(s.width, '0');
}

function skip(scan: Recognizer, i: number): number {
  const c = scan.text[i];
  if ((c === '<' || c === '>') && scan.text[i + 1] === '(') return scan.skipCommands(i + 2);
  return scan.skipUnit(i);
}

function braceGroup(scan: Recognizer, open: number, depth: number): { readonly group: Group; readonly end: number } | null {
  const { text } = scan;
  const commas: number[] = [];
  let inside = 0;
  for (let i = open; i < text.length; ) {
    const c = text[i];
    if (c === '{') {
      inside++;
      i++;
    } else if (c === '}') {
      if (--inside === 0) {
        if (commas.length === 0) {
          const group = sequence(text.slice(open + 1, i));
          return group && { group, end: i + 1 };
        }
        const bounds = [open, ...commas, i];
        const words = bounds.slice(1).map((to, k) => piecesOf(text.slice(bounds[k] + 1, to), depth + 1));
        return { group: { kind: 'choices', words }, end: i + 1 };
      }
      i++;
    } else if (c === ',' && inside === 1) {
      commas.push(i);
      i++;
    } else i = skip(scan, i);
  }
  return null;
}

function sequence(body: string): Sequence | null {
  const numbers = /^([-+]?\d+)\.\.([-+]?\d+)(?:\.\.([-+]?\d+))?$/.exec(body);
  const match = numbers ?? /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d+))?$/.exec(body);
  if (!match) return null;
  const from = numbers ? Number(match[1]) : match[1].charCodeAt(0);
  const to = numbers ? Number(match[2]) : match[2].charCodeAt(0);
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return null;
  const step = Math.abs(Number(match[3] ?? 1)) || 1;
  const padded = numbers && (/^[-+]?0\d/.test(match[1]) || /^[-+]?0\d/.test(match[2]));
  return {
    kind: 'sequence',
    from,
    step: from <= to ? step : -step,
    count: Math.floor(Math.abs(to - from) / step) + 1,
    letters: numbers === null,
    width: padded ? Math.max(match[1].length, match[2].length) : 0,
  };
}
