/** How lists show ids, commands, sizes and times. */

import { textWidth } from '../../../lib/charWidth.ts';
import { own } from '../../../lib/dictionary.ts';
import { humanDuration } from '../../../lib/goDuration.ts';
import { humanSize } from '../../../lib/goSize.ts';

/** Twelve digits, without the algorithm. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** Cut to so many columns, the last one being '…'. */
export function ellipsis(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    const width = textWidth(char);
    if (used + width > columns - 1) break;
    out += char;
    used += width;
  }
  return `${out}…`;
}

export function ago(seconds: number): string {
  return `${humanDuration(seconds)} ago`;
}

/** Three digits: '4.43MB'. */
export function size3(bytes: number): string {
  return humanSize(bytes, 3);
}

/** 'a=b,c=d' */
export function labelList(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([k, v]) => `${k}=${v}`)
    .join(',');
}

/** The method behind {{.Label "key"}}. */
export function labelMethod(labels: Readonly<Record<string, string>> | null | undefined): (name: unknown) => string {
  return (name) => own(labels ?? {}, String(name)) ?? '';
}
