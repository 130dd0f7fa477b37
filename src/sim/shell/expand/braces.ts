import { Recognizer } from '../syntax/recognizer.ts';

const EXPANSION_MAX = 1_000_000;

/** Brace expansion of a word's source text. Quotes and other expansions inside are left alone. */
export function expandBraces(text: string): string[] {
  if (!text.includes('{')) return [text];
  const scan = new Recognizer(text);
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === '{') {
      const group = braceGroup(scan, i);
      if (group) {
        const before = text.slice(0, i);
        const out: string[] = [];
        const tails = expandBraces(text.slice(group.end));
        for (const item of group.items) for (const tail of tails) out.push(before + item + tail);
        return out;
      }
      i++;
    } else i = skip(scan, i);
  }
  return [text];
}

function skip(scan: Recognizer, i: number): number {
  const c = scan.text[i];
  if ((c === '<' || c === '>') && scan.text[i + 1] === '(') return scan.skipCommands(i + 2);
  return scan.skipUnit(i);
}

function braceGroup(scan: Recognizer, open: number): { items: string[]; end: number } | null {
  const { text } = scan;
  const commas: number[] = [];
  let depth = 0;
  for (let i = open; i < text.length; ) {
    const c = text[i];
    if (c === '{') {
      depth++;
      i++;
    } else if (c === '}') {
      if (--depth === 0) {
        const body = text.slice(open + 1, i);
        if (commas.length === 0) {
          const items = sequence(body);
          return items && { items, end: i + 1 };
        }
        const bounds = [open, ...commas, i];
        const items = bounds.slice(1).flatMap((to, k) => expandBraces(text.slice(bounds[k] + 1, to)));
        return { items, end: i + 1 };
      }
      i++;
    } else if (c === ',' && depth === 1) {
      commas.push(i);
      i++;
    } else i = skip(scan, i);
  }
  return null;
}

function sequence(body: string): string[] | null {
  const numbers = /^([-+]?\d+)\.\.([-+]?\d+)(?:\.\.([-+]?\d+))?$/.exec(body);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d+))?$/.exec(body);
  const match = numbers ?? letters;
  if (!match) return null;
  const from = numbers ? Number(match[1]) : match[1].charCodeAt(0);
  const to = numbers ? Number(match[2]) : match[2].charCodeAt(0);
  const step = Math.abs(Number(match[3] ?? 1)) || 1;
  if (Math.abs(to - from) / step > EXPANSION_MAX) return null;
  const padded = numbers && (/^[-+]?0\d/.test(match[1]) || /^[-+]?0\d/.test(match[2]));
  const width = padded ? Math.max(match[1].length, match[2].length) : 0;
  const out: string[] = [];
  for (let n = from; from <= to ? n <= to : n >= to; n += from <= to ? step : -step) {
    if (!numbers) out.push(String.fromCharCode(n) === '\\' ? '\\\\' : String.fromCharCode(n));
    else out.push(n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0'));
  }
  return out;
}
