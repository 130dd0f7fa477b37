import type { Sim } from '../../kernel/sim.ts';
import { read } from '../../kernel/syscalls.ts';
import { textWidth } from '../../lib/charWidth.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { Expander } from '../expand/expand.ts';
import type { Shell } from '../state/shell.ts';
import { complain } from './message.ts';

/** Shows the menu of `select` (if asked for) and the PS3 prompt, and reads a line; null at end of input. */
export function* selectMenu(sh: Shell, items: readonly string[], show: boolean, expander: Expander): Sim<string | null> {
  if (show) yield* complain(menu(items, Number(sh.vars.get('COLUMNS') ?? 80) || 80));
  yield* complain(yield* expander.prompt(sh, sh.vars.get('PS3') ?? '#? '));
  let line = '';
  for (;;) {
    const byte = yield* read(0, 1);
    if (byte.length === 0) {
      yield* complain('\n');
      return null;
    }
    const c = decodeUtf8(byte);
    if (c === '\n') return line;
    line += c;
  }
}

function menu(items: readonly string[], columns: number): string {
  const digits = String(items.length).length;
  const width = digits + 2 + Math.max(...items.map((item) => textWidth(item))) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(items.length / Math.min(across, items.length));
  if (rows === 1 || items.length / across <= 1) return items.map((item, i) => `${String(i + 1).padStart(digits)}) ${item}\n`).join('');
  let out = '';
  for (let r = 0; r < rows; r++) {
    const cells: string[] = [];
    for (let i = r; i < items.length; i += rows) cells.push(`${String(i + 1).padStart(digits)}) ${items[i]}`);
    out += `${cells.map((cell, i) => (i < cells.length - 1 ? cell.padEnd(width) : cell)).join('')}\n`;
  }
  return out;
}
