import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { Painter } from './painter.ts';

function screen(terminal: Terminal): { rows: string[]; x: number; y: number } {
  const b = terminal.buffer.active;
  const rows = Array.from({ length: terminal.rows }, (_, i) => b.getLine(b.viewportY + i)?.translateToString(true) ?? '');
  while (rows.length > 0 && rows[rows.length - 1] === '') rows.pop();
  return { rows, x: b.cursorX, y: b.cursorY };
}

async function shown(
  columns: number,
  rows: number,
  frames: readonly (readonly [prompt: string, text: string, point: number])[],
): Promise<{ rows: string[]; x: number; y: number }> {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const painter = new Painter(columns);
  for (const [prompt, text, point] of frames) await new Promise<void>((done) => terminal.write(painter.paint(prompt, text, point), done));
  return screen(terminal);
}

describe('Painter', () => {
  it('moves, inserts and deletes in one row', async () => {
    expect(
      await shown(20, 5, [
        ['$ ', 'ech XYZ', 7],
        ['$ ', 'ech XYZ', 3],
        ['$ ', 'echo XYZ', 4],
      ]),
    ).toEqual({ rows: ['$ echo XYZ'], x: 6, y: 0 });
    expect(
      await shown(20, 5, [
        ['$ ', 'echo abcd', 9],
        ['$ ', 'ech', 3],
      ]),
    ).toEqual({ rows: ['$ ech'], x: 5, y: 0 });
  });

  it('wraps at the edge, with the cursor on the next row when a row is full', async () => {
    expect(await shown(10, 5, [['$ ', '12345678', 8]])).toEqual({ rows: ['$ 12345678'], x: 0, y: 1 });
    expect(
      await shown(10, 5, [
        ['$ ', '12345678', 8],
        ['$ ', '123456789abcdefghijk', 20],
      ]),
    ).toEqual({ rows: ['$ 12345678', '9abcdefghi', 'jk'], x: 2, y: 2 });
    expect(
      await shown(10, 5, [
        ['$ ', '123456789abcdefghijk', 20],
        ['$ ', '12', 1],
      ]),
    ).toEqual({ rows: ['$ 12'], x: 3, y: 0 });
  });

  it('scrolls at the bottom of the screen', async () => {
    expect(
      await shown(5, 3, [
        ['$ ', '123', 3],
        ['$ ', '12345678', 8],
        ['$ ', '123456789abcdefghi', 18],
      ]),
    ).toEqual({ rows: ['9abcd', 'efghi'], x: 0, y: 2 });
  });

  it('counts wide characters as two and invisible text as none', async () => {
    expect(await shown(20, 3, [['\x01\x1b[1m\x02$\x01\x1b[0m\x02 ', '日本', 2]])).toEqual({ rows: ['$ 日本'], x: 6, y: 0 });
    expect(await shown(5, 3, [['$ ', 'a日本', 3]])).toEqual({ rows: ['$ a日', '本'], x: 2, y: 1 });
  });

  it('shows newlines of a paste as rows', async () => {
    expect(
      await shown(20, 5, [
        ['$ ', 'echo a\necho b', 13],
        ['$ ', 'echo a\necho b', 0],
      ]),
    ).toEqual({ rows: ['$ echo a', 'echo b'], x: 2, y: 0 });
  });
});
