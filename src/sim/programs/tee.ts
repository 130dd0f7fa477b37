import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { open, read, sigaction, write } from '../kernel/syscalls.ts';
import { CHUNK } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { fileName } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'aip',
  long: { append: 'a', 'ignore-interrupts': 'i', 'output-error': 'output-error::' },
  usage: '[OPTION]... [FILE]...',
  about: 'Copies standard input to each file and to standard output.',
};

/** Copies its input to several places at once. */
export function* tee(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.has('i')) yield* sigaction('SIGINT', 'ignore');
  const targets: { fd: number; name: string }[] = [{ fd: 1, name: 'standard output' }];
  for (const name of o.operands) {
    try {
      targets.push({ fd: yield* open(name, o.has('a') ? 'a' : 'w'), name });
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(t.busybox ? `${name}: ${error.message}` : `${fileName(name)}: ${error.message}`);
    }
  }
  for (let chunk = yield* read(0, CHUNK); chunk.length > 0; chunk = yield* read(0, CHUNK)) {
    for (const target of [...targets]) {
      try {
        yield* write(target.fd, chunk);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* t.error(`${fileName(target.name)}: ${error.message}`);
        targets.splice(targets.indexOf(target), 1);
      }
    }
    if (targets.length === 0) return;
  }
}

export const program = tool('tee', tee);
