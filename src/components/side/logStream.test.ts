import { expect, it } from 'vitest';
import { demultiplex } from './logStream.ts';

const frame = (stream: number, text: string) => [stream, 0, 0, 0, 0, 0, 0, text.length, ...new TextEncoder().encode(text)];

it('takes frames apart, and reads a tty as plain bytes', () => {
  expect(demultiplex(new Uint8Array([...frame(1, 'hello\n'), ...frame(2, 'a\nb\n')]), false)).toEqual([
    { stream: 'stdout', text: 'hello' },
    { stream: 'stderr', text: 'a' },
    { stream: 'stderr', text: 'b' },
  ]);
  expect(demultiplex(new TextEncoder().encode('one\r\ntwo\r\n'), true)).toEqual([
    { stream: 'stdout', text: 'one' },
    { stream: 'stdout', text: 'two' },
  ]);
});
