import { t } from '../../state/strings/index.ts';

const dim = '\x1b[90m';
const bold = '\x1b[0;1m';
const off = '\x1b[0m';

/** The first lines of a fresh terminal, broken between words as CSS breaks those of the stand-in (early.ts). */
export function welcome(columns: number): string {
  const lines: readonly (readonly (readonly [text: string, style: string])[])[] = [
    [[t('welcome.1'), dim]],
    [
      [t('welcome.2a'), dim],
      [t('welcome.2b'), bold],
      [t('welcome.2c'), dim],
    ],
  ];
  return `${lines.map((runs) => wrap(runs, columns)).join('\r\n')}${off}\r\n\r\n`;
}

function wrap(runs: readonly (readonly [text: string, style: string])[], columns: number): string {
  const whole = runs.map(([text]) => text).join('');
  const breaks = breakPoints(whole, columns);
  let out = '';
  let at = 0;
  for (const [text, style] of runs) {
    out += `${off}${style}`;
    for (const char of text) {
      if (breaks.has(at)) out += '\r\n';
      // A space at a break is not shown.
      if (!(char === ' ' && breaks.has(at + 1))) out += char;
      at++;
    }
  }
  return out;
}

/** Offsets of the characters that begin a new row. */
export function breakPoints(text: string, columns: number): Set<number> {
  const points = new Set<number>();
  let row = 0;
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    if (index + word.length - row <= columns || index === row) continue;
    points.add(index);
    row = index;
  }
  return points;
}
