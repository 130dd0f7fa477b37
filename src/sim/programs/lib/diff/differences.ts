/** What counts as a difference. */
import type { Sim } from '../../../kernel/sim.ts';
import { compileRegex } from '../../../lib/regex/regex.ts';
import type { DiffSide } from './format.ts';
import { compareLines, type Hunk } from './myers.ts';
import type { DiffPlan } from './options.ts';

/** Where two files differ. Their lines become numbers: equal ones, under what is to be ignored, have the same. */
export function* differences(a: DiffSide, b: DiffSide, plan: DiffPlan): Sim<readonly Hunk[]> {
  const ids = new Map<string, number>();
  const canonical = (line: string): string => {
    let out = line;
    if (plan.stripCr) out = out.replace(/\r$/, '');
    if (plan.ignoreAllSpace) out = out.replace(/[ \t\v\f\r]+/g, '');
    else if (plan.ignoreSpaceChange) out = out.replace(/[ \t\v\f\r]+/g, ' ').replace(/ $/, '');
    else if (plan.ignoreTrailingSpace) out = out.replace(/[ \t\v\f\r]+$/, '');
    return plan.ignoreCase ? out.toLowerCase() : out;
  };
  const loose = plan.ignoreAllSpace || plan.ignoreSpaceChange || plan.ignoreTrailingSpace;
  const number = (side: DiffSide): number[] =>
    side.lines.map((line, i) => {
      const key = canonical(line) + (!side.terminated && i === side.lines.length - 1 && !loose ? '\n' : '');
      let id = ids.get(key);
      if (id === undefined) {
        id = ids.size;
        ids.set(key, id);
      }
      return id;
    });
  const hunks = yield* compareLines(number(a), number(b));
  if (!plan.ignoreBlankLines && plan.ignoreMatching.length === 0) return hunks;
  const patterns = plan.ignoreMatching.map((p) => compileRegex(p, 'basic'));
  const ignorable = (line: string): boolean =>
    (plan.ignoreBlankLines && (loose ? canonical(line).trim() : canonical(line)) === '') || patterns.some((p) => p.test(line));
  return hunks.filter((h) => ![...a.lines.slice(h.a0, h.a1), ...b.lines.slice(h.b0, h.b1)].every(ignorable));
}
