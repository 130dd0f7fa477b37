/** Three texts, of which two were made from the one in the middle. */
import type { Hunk } from './myers.ts';

/** What diff3 prints: the lines of each text wherever one of them differs. */
export function threeWay(texts: readonly string[][], mine: readonly Hunk[], yours: readonly Hunk[]): string {
  let out = '';
  let i = 0;
  let j = 0;
  let shiftMine = 0;
  let shiftYours = 0;
  while (i < mine.length || j < yours.length) {
    const from = Math.min(mine[i]?.a0 ?? Number.POSITIVE_INFINITY, yours[j]?.a0 ?? Number.POSITIVE_INFINITY);
    let to = from;
    let mineDelta = 0;
    let yoursDelta = 0;
    const had = [false, false];
    for (let grew = true; grew; ) {
      grew = false;
      if (i < mine.length && mine[i].a0 <= to) {
        to = Math.max(to, mine[i].a1);
        mineDelta += mine[i].b1 - mine[i].b0 - (mine[i].a1 - mine[i].a0);
        had[0] = grew = true;
        i++;
      } else if (j < yours.length && yours[j].a0 <= to) {
        to = Math.max(to, yours[j].a1);
        yoursDelta += yours[j].b1 - yours[j].b0 - (yours[j].a1 - yours[j].a0);
        had[1] = grew = true;
        j++;
      }
    }
    const spans = [
      [from + shiftMine, to + shiftMine + mineDelta],
      [from, to],
      [from + shiftYours, to + shiftYours + yoursDelta],
    ];
    const text = spans.map(([a, b], n) => texts[n].slice(a, b).join('\n'));
    const odd = text[0] === text[1] ? '3' : text[1] === text[2] ? '1' : text[0] === text[2] ? '2' : '';
    out += `====${odd}\n`;
    const order = [0, 1, 2];
    for (const n of order) {
      const [a, b] = spans[n];
      const same = odd !== '' && n + 1 !== Number(odd) && order.some((m) => m > n && m + 1 !== Number(odd));
      out += `${n + 1}:${a === b ? `${a}a` : b - a === 1 ? `${b}c` : `${a + 1},${b}c`}\n`;
      if (!same) for (let k = a; k < b; k++) out += `  ${texts[n][k]}\n`;
    }
    shiftMine += mineDelta;
    shiftYours += yoursDelta;
  }
  return out;
}
