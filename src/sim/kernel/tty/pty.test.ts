import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Sim } from '../sim.ts';
import { read, sigaction, tcsetattr, write } from '../syscalls.ts';
import { testMachine } from '../testing.ts';
import { PtySlave } from './slave.ts';

/** What the screen shows, and what the program read, after these keys. */
function type(keys: string): { screen: string; line: string } {
  const m = testMachine();
  let line = '';
  const { stdout } = m.run(
    function* (): Sim<number> {
      line = String.fromCharCode(...(yield* read(0)));
      return 0;
    },
    { tty: true, stdin: keys },
  );
  return { screen: stdout, line };
}

/** A program on a terminal, with keys pressed while it runs. */
function typeLater(keys: string, main: () => Sim<number>): { screen: string } {
  const m = testMachine();
  const pty = m.kernel.createPty();
  let screen = '';
  pty.onOutput = (data) => {
    screen += String.fromCharCode(...data);
  };
  const files = [new PtySlave(pty), new PtySlave(pty), new PtySlave(pty)];
  m.kernel.spawnInit({ main, argv: ['program'], files, newSession: true, controllingTty: 0 });
  m.scheduler.after(1000, () => pty.type(encodeUtf8(keys)));
  m.scheduler.runUntil(10_000);
  return { screen };
}

describe('the line discipline', () => {
  it('echoes what is typed and turns CR into NL', () => {
    expect(type('ls\r')).toEqual({ screen: 'ls\r\n', line: 'ls\n' });
  });

  it('erases control characters with two columns, tabs with as many as they took, UTF-8 as a whole', () => {
    expect(type('a\x01\x7f\r')).toEqual({ screen: 'a^A\b \b\b \b\r\n', line: 'a\n' });
    expect(type('ab\t\x7f\r')).toEqual({ screen: 'ab\t\b\b\b\b\b\b\r\n', line: 'ab\n' });
    expect(type('xé\x7f\r').line).toBe('x\n');
  });

  it('erases words and lines', () => {
    expect(type('cd /usr/bin\x17x\r').line).toBe('cd /usr/x\n');
    expect(type('one two\x15three\r').line).toBe('three\n');
  });

  it('takes the next character as it is after ^V', () => {
    expect(type('\x16\x03\r')).toEqual({ screen: '^\b^C\r\n', line: '\x03\n' });
  });

  it('gives what there is at ^D, and end of file for nothing', () => {
    expect(type('ab\x04')).toEqual({ screen: 'ab', line: 'ab' });
    expect(type('\x04')).toEqual({ screen: '', line: '' });
  });

  it('signals the foreground group and drops the line', () => {
    const { screen } = typeLater('abc\x03def\r', function* () {
      yield* sigaction('SIGINT', function* () {
        yield* write(1, '[int]');
      });
      yield* write(1, yield* read(0));
      return 0;
    });
    expect(screen).toBe('abc^Cdef\r\n[int]def\r\n');
  });

  it('passes everything through in raw mode', () => {
    const { screen } = typeLater('\x03\x04\r\x7f', function* () {
      yield* tcsetattr(0, { icanon: false, echo: false, isig: false, icrnl: false, ixon: false });
      yield* write(1, [...(yield* read(0))].join());
      return 0;
    });
    expect(screen).toBe('3,4,13,127');
  });

  it('holds output between ^S and ^Q', () => {
    const m = testMachine();
    const pty = m.kernel.createPty();
    pty.type(encodeUtf8('\x13'));
    pty.type(encodeUtf8('x'));
    const screen: string[] = [];
    pty.onOutput = (data) => screen.push(String.fromCharCode(...data));
    m.kernel.spawnInit({
      argv: ['writer'],
      *main() {
        yield* pty.write(encodeUtf8('late'));
        return 0;
      },
    });
    m.scheduler.runUntil(m.scheduler.now + 1000);
    expect(screen.join('')).toBe('');
    pty.type(encodeUtf8('\x11'));
    m.scheduler.runUntil(m.scheduler.now + 1000);
    expect(screen.join('')).toBe('late');
  });
});
