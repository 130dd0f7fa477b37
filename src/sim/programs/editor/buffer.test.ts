import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pattern } from '../../lib/regex/pattern.ts';
import { TextBuffer } from './buffer.ts';

describe('TextBuffer', () => {
  it('keeps a file as it was, with or without a last newline', () => {
    for (const text of ['', 'a\n', 'a', 'a\n\nb\n']) expect(new TextBuffer(text).toText()).toBe(text);
  });

  it('inserts several lines and removes them again', () => {
    const buffer = new TextBuffer('onethree\n');
    buffer.moveTo(0, 3);
    buffer.insert('\ntwo\n');
    expect(buffer.toText()).toBe('one\ntwo\nthree\n');
    expect([buffer.row, buffer.column]).toEqual([2, 0]);
    expect(buffer.remove({ row: 0, column: 3 }, { row: 2, column: 0 })).toBe('\ntwo\n');
    expect(buffer.toText()).toBe('onethree\n');
  });

  it('finds onwards and backwards, round the end', () => {
    const buffer = new TextBuffer('x a\nb x\n');
    expect(buffer.find(new Pattern('x'))).toEqual({ row: 1, column: 2, wrapped: false });
    buffer.moveTo(1, 2);
    expect(buffer.find(new Pattern('x'))).toEqual({ row: 0, column: 0, wrapped: true });
    expect(buffer.find(new Pattern('x'), true)).toEqual({ row: 0, column: 0, wrapped: false });
    expect(buffer.find(new Pattern('nope'))).toBeUndefined();
  });

  it('undoes and redoes any edits', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom('a', '\n', 'xy\nz')), { maxLength: 8 }),
        (text, edits) => {
          const buffer = new TextBuffer(text);
          const states = [buffer.toText()];
          for (const [row, column, insert] of edits) {
            buffer.moveTo(row, column);
            buffer.checkpoint();
            buffer.insert(insert);
            states.push(buffer.toText());
          }
          for (let i = edits.length - 1; i >= 0; i--) {
            expect(buffer.undo()).toBe(true);
            expect(buffer.toText()).toBe(states[i]);
          }
          expect(buffer.undo()).toBe(false);
          for (let i = 1; i < states.length; i++) {
            expect(buffer.redo()).toBe(true);
            expect(buffer.toText()).toBe(states[i]);
          }
        },
      ),
    );
  });
});
