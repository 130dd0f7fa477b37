/** dos2unix, unix2dos: the ends of lines. */

import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { readAll, readText, write, writeFile } from '../kernel/syscalls.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const converter = (toDos: boolean) =>
  function* (t: Tool): Sim<void> {
    const o = yield* parseOptions(t, {
      short: 'udfknqo',
      usage: '[options] [file ...]',
      about: 'Changes the ends of lines.',
      version: '7.4.3)',
    });
    const dos = o.has('d') ? true : o.has('u') ? false : toDos;
    const convert = (text: string) => {
      const plain = text.replaceAll('\r\n', '\n');
      return dos ? plain.replaceAll('\n', '\r\n') : plain;
    };
    if (o.operands.length === 0) {
      yield* write(1, convert(decodeUtf8(yield* readAll(0))));
      return;
    }
    for (const file of o.operands) {
      try {
        yield* writeFile(file, convert(yield* readText(file)));
        if (!t.busybox && !o.has('q')) yield* write(2, `${t.name}: converting file ${file} to ${dos ? 'DOS' : 'Unix'} format...\n`);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* t.fileError(file, error);
      }
    }
  };

export const programs: readonly Program[] = [
  tool('dos2unix', converter(false), { shortName: true, saysOpen: true }),
  tool('unix2dos', converter(true), { shortName: true, saysOpen: true }),
];
