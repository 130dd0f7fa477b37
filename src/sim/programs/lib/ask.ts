import type { Sim } from '../../kernel/sim.ts';
import { read, write } from '../../kernel/syscalls.ts';
import type { Tool } from './tool.ts';

/** Asks on standard error; only an answer that begins with y or Y is a yes. Reads byte by byte, so later answers stay. */
export function* ask(t: Tool, question: string): Sim<boolean> {
  yield* t.out.flush();
  yield* write(2, `${t.name}: ${question}`);
  let answer = '';
  for (;;) {
    const byte = yield* read(0, 1);
    if (byte.length === 0 || byte[0] === 10) break;
    answer += String.fromCharCode(byte[0]);
  }
  return /^\s*[yY]/.test(answer);
}
