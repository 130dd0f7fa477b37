import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { testMachine } from '../kernel/testing.ts';
import { PtySlave } from '../kernel/tty/slave.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { createShellPrograms } from './program.ts';
import { loadPrograms } from './testing.ts';

/** Screens of a real bash, kept outside of this repository. */
const TRUTH = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../shared/truth/tty');
const FLOOR = 95;

interface Recording {
  readonly name: string;
  readonly cols: number;
  readonly rows: number;
  readonly steps: readonly {
    readonly keys: string;
    readonly wait?: number;
    readonly screen: readonly string[];
    readonly cursor: { readonly x: number; readonly y: number };
  }[];
}

/** A shell on a terminal of its own, its screen as xterm.js shows it. */
class Screen {
  readonly #terminal: Terminal;
  readonly #machine;
  readonly #pty;
  #bytes: Uint8Array[] = [];

  constructor(programs: Awaited<ReturnType<typeof loadPrograms>>, rows: number, columns: number) {
    this.#terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    this.#machine = testMachine({
      programs: [...programs, ...createShellPrograms()],
      files: {
        '/home/student/docs/readme.txt': 'alpha\n',
        '/home/student/downloads/': '',
        '/home/student/lines.txt': 'one\ntwo\nthree\n',
        '/home/student/with space.txt': 'x\n',
        '/home/student/ask.sh': '#!/bin/sh\nread -p "Name: " n\necho "Hi $n"\n',
      },
    });
    const { kernel } = this.#machine;
    kernel.onCrash = (_p, error) => {
      throw error;
    };
    this.#pty = kernel.createPty();
    this.#pty.onOutput = (data: Uint8Array) => void this.#bytes.push(data);
    kernel.spawnInit({
      path: '/usr/bin/bash',
      argv: ['bash', '--noprofile', '--norc', '-i'],
      cwd: '/home/student',
      env: new Map(
        Object.entries({ PATH: '/usr/bin', HOME: '/root', USER: 'root', TERM: 'xterm-256color', PS1: '$ ', LANG: 'C.UTF-8', HISTFILE: '' }),
      ),
      files: [new PtySlave(this.#pty), new PtySlave(this.#pty), new PtySlave(this.#pty)],
      newSession: true,
      controllingTty: 0,
    });
  }

  async press(keys: string, seconds = 0.25): Promise<void> {
    if (keys) this.#pty.type(encodeUtf8(keys));
    const { scheduler } = this.#machine;
    const end = scheduler.now + seconds * 1_000_000;
    while (scheduler.now < end && scheduler.runUntil(end, 1_000_000) === 'busy');
    for (const chunk of this.#bytes.splice(0)) await new Promise<void>((done) => this.#terminal.write(chunk, done));
  }

  get rows(): string[] {
    const b = this.#terminal.buffer.active;
    const rows = Array.from({ length: this.#terminal.rows }, (_, i) =>
      (b.getLine(b.viewportY + i)?.translateToString(true) ?? '').trimEnd().replace(/^(\[\d+\]) \d+$/, '$1 <PID>'),
    );
    while (rows.length > 0 && rows[rows.length - 1] === '') rows.pop();
    return rows;
  }

  get cursor(): { x: number; y: number } {
    return { x: this.#terminal.buffer.active.cursorX, y: this.#terminal.buffer.active.cursorY };
  }
}

describe('the shell on a terminal', () => {
  it.skipIf(!fs.existsSync(TRUTH))(
    `shows what bash shows in at least ${FLOOR} % of the steps (skipped without ../shared/truth/tty)`,
    async () => {
      const programs = await loadPrograms();
      let good = 0;
      let all = 0;
      const report: string[] = [];
      for (const file of fs
        .readdirSync(TRUTH)
        .filter((f) => f.endsWith('.json') && (!process.env.TRUTH_ONLY || f.includes(process.env.TRUTH_ONLY)))) {
        const truth = JSON.parse(fs.readFileSync(path.join(TRUTH, file), 'utf8')) as Recording;
        const screen = new Screen(programs, truth.rows, truth.cols);
        await screen.press('', 1);
        for (const step of truth.steps) {
          await screen.press(step.keys, step.wait ?? 0.25);
          const want = step.screen.map((row) => row.trimEnd().replace(/^(\[\d+\]) \d+$/, '$1 <PID>'));
          while (want.length > 0 && want[want.length - 1] === '') want.pop();
          all++;
          if (JSON.stringify([want, step.cursor]) === JSON.stringify([screen.rows, screen.cursor])) good++;
          else
            report.push(
              `${truth.name} ${JSON.stringify(step.keys)}\n  want ${JSON.stringify(step.cursor)}\n${want.map((r) => `    |${r}`).join('\n')}\n  got ${JSON.stringify(screen.cursor)}\n${screen.rows.map((r) => `    |${r}`).join('\n')}`,
            );
        }
      }
      expect((100 * good) / all, `${good}/${all}\n${report.join('\n')}`).toBeGreaterThanOrEqual(FLOOR);
    },
    60_000,
  );
});
