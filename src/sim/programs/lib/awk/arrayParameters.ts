/** What the parameters of functions are: awk does not declare arrays. */
import type { AwkExpr, AwkFunction } from './syntax.ts';
import { StrNum } from './values.ts';

/** Which parameters are used as arrays, through calls as well. */
export function findArrayParameters(functions: ReadonlyMap<string, AwkFunction>): ReadonlyMap<string, readonly boolean[]> {
  const kinds = new Map<string, boolean[]>();
  for (const f of functions.values())
    kinds.set(
      f.name,
      f.params.map(() => false),
    );
  for (let changed = true; changed; ) {
    changed = false;
    for (const f of functions.values()) {
      const mark = (slot: number): void => {
        if (slot >= 0 && !kinds.get(f.name)![slot]) {
          kinds.get(f.name)![slot] = true;
          changed = true;
        }
      };
      const walk = (node: unknown): void => {
        if (Array.isArray(node)) {
          for (const n of node) walk(n);
          return;
        }
        if (node === null || typeof node !== 'object' || node instanceof StrNum) return;
        const n = node as Record<string, unknown> & { op?: string };
        if (n.op === 'index' || n.op === 'in' || n.op === 'delete') mark(n.slot as number);
        if (n.op === 'forin') mark(n.arraySlot as number);
        if (n.op === 'builtin' && n.name === 'split') {
          const second = (n.args as AwkExpr[])[1];
          if (second?.op === 'var') mark(second.slot);
        }
        if (n.op === 'call') {
          for (const [i, a] of (n.args as AwkExpr[]).entries()) if (a.op === 'var' && kinds.get(n.name as string)?.[i]) mark(a.slot);
        }
        for (const [key, v] of Object.entries(n)) if (key !== 'regex') walk(v);
      };
      walk(f.body);
    }
  }
  return kinds;
}
