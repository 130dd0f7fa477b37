/** Motions as they are typed: some want a second key, a pattern, or what the last one was. */

import type { Sim } from '../../kernel/sim.ts';
import { Pattern } from '../../lib/regex/pattern.ts';
import type { Key } from '../editor/keys.ts';
import { type Motion, motion } from './motions.ts';
import { searchFor, searchNext } from './search.ts';
import type { Session } from './session.ts';
import { wordStart } from './words.ts';

/** Follows a motion; false if the key is none. */
export function* move(vi: Session, key: Key, count: number): Sim<boolean> {
  const target = yield* keyMotion(vi, key, count);
  if (target === undefined) return false;
  if (target === null) return true;
  const vertical = ['j', 'k', 'Up', 'Down', 'Ctrl-N', 'Ctrl-P', 'Ctrl-J'].includes(key.name);
  vi.buffer.moveTo(target.row, vertical ? vi.wantedColumn : target.column);
  if (!vertical) vi.wantedColumn = key.name === '$' || key.name === 'End' ? Number.MAX_SAFE_INTEGER : vi.buffer.column;
  return true;
}

/** The motion of a key and what follows it; null if it leads nowhere, undefined if the key is no motion. */
export function* keyMotion(vi: Session, key: Key, count: number): Sim<Motion | null | undefined> {
  const b = vi.buffer;
  switch (key.name) {
    case 'g': {
      const second = yield* vi.next();
      return second?.name === 'g' ? motion('gg', b, count) : null;
    }
    case 'f':
    case 't':
    case 'F':
    case 'T': {
      const char = yield* vi.next();
      if (!char) return null;
      vi.find = { key: key.name, char: char.name };
      return motion(key.name, b, count, char.name) ?? null;
    }
    case ';':
      return vi.find ? (motion(vi.find.key, b, count, vi.find.char) ?? null) : null;
    case '/':
    case '?':
      return yield* searchFor(vi, key.name === '?');
    case 'n':
    case 'N':
      return searchNext(vi, key.name === 'N');
    case '*': {
      const word = /^[\w]+/.exec(b.line.slice(wordStart(b.line, b.column)))?.[0];
      if (!word) return null;
      vi.search = { pattern: new Pattern(`\\b${word}\\b`), backwards: false };
      return searchNext(vi, false);
    }
    case 'Ctrl-F':
    case 'PageDown':
      return { ...motion('j', b, vi.height - 2)!, linewise: true };
    case 'Ctrl-B':
    case 'PageUp':
      return { ...motion('k', b, vi.height - 2)!, linewise: true };
    case 'Ctrl-D':
      return motion('j', b, vi.height >> 1);
    case 'Ctrl-U':
      return motion('k', b, vi.height >> 1);
    case 'H':
      return motion('G', b, vi.top + 1);
    case 'L':
      return motion('G', b, Math.min(b.lines.length, vi.top + vi.height));
    default:
      return motion(key.name, b, count) ?? (key.name === '%' ? null : undefined);
  }
}
