import type { Sim } from '../../kernel/sim.ts';
import { read, write } from '../../kernel/syscalls.ts';
import type { Tool } from './tool.ts';

/** Asks on standard error, after the tool's name if one is given; only an answer that begins with y or Y is a yes. Reads byte by byte, so later answers stay. */
export function* ask(t: Tool | undefined, question: string, fd = 0): Sim<boolean> {
  if (t !== undefined) yield* t.out.flush();
  yield* write(2, t === undefined ? question : `${t.name}: ${question}`);
  let answer = '';
  for (;;) {
    const byte = yield* read(fd, 1);
    if (byte.length === 0 || byte[0] === 10) break;
    answer += String.fromCharCode(byte[0]);
  }
  return /^\s*[yY]/.test(answer);
}
