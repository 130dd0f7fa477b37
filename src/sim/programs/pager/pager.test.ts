/** less and more on a terminal of 8 rows and 30 columns, as xterm.js shows them. */
import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { testMachine } from '../../kernel/testing.ts';
import { PtySlave } from '../../kernel/tty/slave.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { program as seq } from '../seq.ts';
import { programs } from './index.ts';

const FILES = {
  '/home/student/ten': Array.from({ length: 10 }, (_, i) => `line ${i + 1}\n`).join(''),
  '/home/student/short': 'one\ntwo\n',
  '/home/student/wide': `${'x'.repeat(35)}\nnext\n`,
};

function start(...argv: string[]) {
  const terminal = new Terminal({ cols: 30, rows: 8, allowProposedApi: true });
  const machine = testMachine({ programs: [...programs, seq], files: FILES });
  const pty = machine.kernel.createPty({ rows: 8, columns: 30 });
  const bytes: Uint8Array[] = [];
  pty.onOutput = (data: Uint8Array) => void bytes.push(data);
  let status: number | undefined;
  const process = machine.kernel.spawnInit({
    path: `/usr/bin/${argv[0]}`,
    argv,
    cwd: '/home/student',
    env: new Map([['TERM', 'xterm-256color']]),
    files: [new PtySlave(pty), new PtySlave(pty), new PtySlave(pty)],
    newSession: true,
    controllingTty: 0,
  });
  process.onExit = () => {
    status = 0;
  };
  const screen = async (keys = ''): Promise<string[]> => {
    if (keys) pty.type(encodeUtf8(keys));
    const { scheduler } = machine;
    const end = scheduler.now + 300_000;
    while (scheduler.now < end && scheduler.runUntil(end, 1_000_000) === 'busy');
    for (const chunk of bytes.splice(0)) await new Promise<void>((done) => terminal.write(chunk, done));
    const b = terminal.buffer.active;
    const rows = Array.from({ length: 8 }, (_, i) => (b.getLine(b.viewportY + i)?.translateToString(true) ?? '').trimEnd());
    while (rows.at(-1) === '') rows.pop();
    return rows;
  };
  return { screen, ended: () => status !== undefined };
}

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);

describe('less', () => {
  it('shows a window, its name first, then goes by lines and windows', async () => {
    const { screen, ended } = start('less', 'ten');
    expect(await screen()).toEqual([...lines(1, 7), 'ten']);
    expect(await screen('j')).toEqual([...lines(2, 8), ':']);
    expect(await screen(' ')).toEqual([...lines(4, 10), '(END)']);
    expect(await screen('b')).toEqual([...lines(1, 7), ':']);
    expect(await screen('3G')).toEqual([...lines(3, 9), ':']);
    expect(await screen('G')).toEqual([...lines(4, 10), '(END)']);
    expect(await screen('g')).toEqual([...lines(1, 7), ':']);
    await screen('q');
    expect(ended()).toBe(true);
  });

  it('fills a short file up with tildes', async () => {
    expect(await start('less', 'short').screen()).toEqual(['one', 'two', '~', '~', '~', '~', '~', 'short (END)']);
  });

  it('searches forward and back, and says when there is nothing', async () => {
    const { screen } = start('less', 'ten');
    await screen();
    expect(await screen('/e 3\r')).toEqual([...lines(3, 9), ':']);
    expect(await screen('/1\r')).toEqual([...lines(10, 10), '~', '~', '~', '~', '~', '~', '(END)']);
    expect(await screen('N')).toEqual([...lines(1, 7), ':']);
    expect((await screen('/nosuch\r')).at(-1)).toBe('Pattern not found  (press RET');
  });

  it('wraps long lines, or chops them with -S; -N numbers', async () => {
    expect((await start('less', 'wide').screen()).slice(0, 3)).toEqual(['x'.repeat(30), 'xxxxx', 'next']);
    expect((await start('less', '-S', 'wide').screen()).slice(0, 2)).toEqual(['x'.repeat(30), 'next']);
    expect((await start('less', '-N', 'short').screen()).slice(0, 2)).toEqual(['      1 one', '      2 two']);
  });

  it('-F prints what fits and ends', async () => {
    const { screen, ended } = start('less', '-F', 'short');
    expect(await screen()).toEqual(['one', 'two']);
    expect(ended()).toBe(true);
  });
});

describe('more', () => {
  it('stops after a window and ends with the file', async () => {
    const { screen, ended } = start('more', 'ten');
    expect(await screen()).toEqual([...lines(1, 7), '--More--(69%)']);
    expect(await screen(' ')).toEqual(lines(4, 10));
    expect(ended()).toBe(true);
  });
});
