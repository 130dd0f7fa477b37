import { pause, type Sim } from '../../../kernel/sim.ts';

/** A changed stretch: lines [a0, a1) of the old file became [b0, b1) of the new one. */
export interface Hunk {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

const EDITS_MAX = 20_000;

/** Shortest edit script after Myers (1986), with common heads and tails cut off first. Equal numbers are equal lines. */
export function* compareLines(a: readonly number[], b: readonly number[]): Sim<Hunk[]> {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const changedA = new Uint8Array(a.length);
  const changedB = new Uint8Array(b.length);
  yield* mark(a, b, start, endA, start, endB, changedA, changedB);
  shift(a, changedA, changedB);
  shift(b, changedB, changedA);
  return hunks(changedA, changedB);
}

function* mark(
  a: readonly number[],
  b: readonly number[],
  a0: number,
  a1: number,
  b0: number,
  b1: number,
  changedA: Uint8Array,
  changedB: Uint8Array,
): Sim<void> {
  const n = a1 - a0;
  const m = b1 - b0;
  const max = Math.min(n + m, EDITS_MAX);
  const trace: Int32Array[] = [];
  const offset = max + 1;
  const v = new Int32Array(2 * max + 3);
  let found = n === 0 && m === 0 ? 0 : -1;
  for (let d = 0; d <= max && found < 0; d++) {
    if (d % 64 === 63) yield* pause();
    trace.push(v.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && v[offset + k - 1] < v[offset + k + 1]) ? v[offset + k + 1] : v[offset + k - 1] + 1;
      let y = x - k;
      while (x < n && y < m && a[a0 + x] === b[b0 + y]) {
        x++;
        y++;
      }
      v[offset + k] = x;
      if (x >= n && y >= m) {
        found = d;
        break;
      }
    }
  }
  if (found < 0) {
    changedA.fill(1, a0, a1);
    changedB.fill(1, b0, b1);
    return;
  }
  let x = n;
  let y = m;
  for (let d = found; d > 0; d--) {
    const row = trace[d];
    const at = (k: number): number => row[k + d + 1];
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = at(fromK);
    const fromY = fromX - fromK;
    if (down) changedB[b0 + fromY] = 1;
    else changedA[a0 + fromX] = 1;
    x = fromX;
    y = fromY;
  }
}

/** Slides each change down as far as it goes, and joins it with the next one, as GNU diff does. */
function shift(lines: readonly number[], changed: Uint8Array, other: Uint8Array): void {
  let i = 0;
  let j = 0;
  const end = lines.length;
  for (;;) {
    while (i < end && !changed[i]) {
      while (other[j]) j++;
      j++;
      i++;
    }
    while (other[j]) j++;
    if (i >= end) return;
    let start = i;
    let corresponding: number;
    while (i < end && changed[i]) i++;
    let runLength: number;
    do {
      runLength = i - start;
      // Back, while the line before equals the last one of the run.
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = 1;
        changed[--i] = 0;
        while (start > 0 && changed[start - 1]) start--;
        j--;
        while (j > 0 && other[j - 1]) j--;
      }
      corresponding = j > 0 && other[j - 1] ? i : end;
      // Forward, while the first line of the run equals the one behind it.
      while (i < end && lines[start] === lines[i]) {
        changed[start++] = 0;
        changed[i++] = 1;
        while (i < end && changed[i]) i++;
        j++;
        while (other[j]) {
          corresponding = i;
          j++;
        }
      }
    } while (runLength !== i - start);
    while (corresponding < i) {
      changed[--start] = 1;
      changed[--i] = 0;
      j--;
      while (j > 0 && other[j - 1]) j--;
    }
  }
}

function hunks(changedA: Uint8Array, changedB: Uint8Array): Hunk[] {
  const out: Hunk[] = [];
  let i = 0;
  let j = 0;
  while (i < changedA.length || j < changedB.length) {
    if (changedA[i] || changedB[j]) {
      const a0 = i;
      const b0 = j;
      while (changedA[i]) i++;
      while (changedB[j]) j++;
      out.push({ a0, a1: i, b0, b1: j });
    } else {
      i++;
      j++;
    }
  }
  return out;
}
