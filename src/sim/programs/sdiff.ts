import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { diff } from './diff.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

/** Side by side, as sdiff without -o. */
function* sdiff(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'abBdEiI:lo:stw:WZ',
    long: {
      width: 'w:',
      output: 'o:',
      'ignore-all-space': 'W',
      'suppress-common-lines': 's',
      'left-column': 'l',
      'ignore-case': 'i',
      text: 'a',
    },
    usage: '[OPTION]... FILE1 FILE2',
    about: 'Shows two files side by side.',
    version: 'GNU diffutils) 3.12',
  });
  const args = [
    '-y',
    ...(o.value('w') === undefined ? [] : ['-W', o.value('w')!]),
    ...(o.has('s') ? ['--suppress-common-lines'] : []),
    ...(o.has('l') ? ['--left-column'] : []),
    ...(o.has('i') ? ['-i'] : []),
    ...['b', 'B', 'E', 'Z', 't'].filter((key) => o.has(key)).map((key) => `-${key}`),
    ...(o.has('W') ? ['-w'] : []),
    '--',
    ...o.operands,
  ];
  const inner = Object.create(t) as Tool;
  Object.defineProperty(inner, 'args', { value: args });
  return yield* diff(inner);
}

/** sdiff [OPTION]... FILE1 FILE2 */
export const program: Program = tool('sdiff', sdiff, { failStatus: 2 });
