import { describe, expect, it } from 'vitest';
import { pipe, sleep, thread, write } from '../../kernel/syscalls.ts';
import { testMachine } from '../../kernel/testing.ts';
import { KeyReader } from './keys.ts';

/** The names of keys whose bytes come piece by piece, `gap` microseconds apart. */
function keysOf(pieces: readonly string[], { altKeys, gap = 10_000 }: { readonly altKeys: boolean; readonly gap?: number }): string[] {
  const names: string[] = [];
  testMachine().run(function* () {
    const [from, to] = yield* pipe();
    yield* thread(function* () {
      for (const piece of pieces) {
        yield* write(to, piece);
        yield* sleep(gap);
      }
      yield* write(to, '$');
    }, 'typist');
    const reader = new KeyReader(from, { altKeys });
    for (let key = yield* reader.next(); key && key.name !== '$'; key = yield* reader.next()) names.push(key.name);
    return 0;
  });
  return names;
}

describe('ESC and what comes right after it', () => {
  it.each([
    [['\x1b', ':'], ['Esc', ':'], ['Alt-:']],
    [['\x1b:w'], ['Esc', ':', 'w'], ['Alt-:', 'w']],
    [['\x1b', 'O', 'x'], ['Esc', 'O', 'x'], ['Unknown']],
    [['\x1b', '[A'], ['Up'], ['Up']],
    [['\x1bOB'], ['Down'], ['Down']],
    [['\x1b[1;5C'], ['Ctrl-Right'], ['Ctrl-Right']],
  ])('%j are two keys to vi', (pieces, vi, others) => {
    expect(keysOf(pieces, { altKeys: false })).toEqual(vi);
    expect(keysOf(pieces, { altKeys: true })).toEqual(others);
  });

  it('are two keys to everybody when they come slowly', () => {
    for (const altKeys of [true, false]) {
      expect(keysOf(['\x1b', 'O', 'x'], { altKeys, gap: 80_000 })).toEqual(['Esc', 'O', 'x']);
      expect(keysOf(['\x1b', '[', 'A'], { altKeys, gap: 80_000 })).toEqual(['Esc', '[', 'A']);
    }
  });
});
