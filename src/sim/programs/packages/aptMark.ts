import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import type { Tool } from '../lib/tool.ts';
import { installed } from './database.ts';

/** apt-mark(8): what was installed by hand (all that is, here), and marks that are taken and change nothing. */
export function* aptMark(t: Tool): Sim<number> {
  const [command, ...names] = t.args.filter((arg) => !arg.startsWith('-'));
  const there = yield* installed();
  switch (command) {
    case 'showmanual':
      for (const p of there) if (names.length === 0 || names.includes(p.name)) yield* t.print(`${p.name}\n`);
      return 0;
    case 'showauto':
    case 'showhold':
      return 0;
    case 'manual':
    case 'auto':
    case 'hold':
    case 'unhold':
      for (const name of names) {
        if (!there.some((p) => p.name === name)) {
          yield* t.out.flush();
          yield* write(2, `E: Unable to locate package ${name}\n`);
          return 100;
        }
        const words = {
          manual: 'set to manually installed',
          auto: 'set to automatically installed',
          hold: 'set on hold',
          unhold: 'Canceled hold on',
        };
        yield* t.print(command === 'unhold' ? `${words.unhold} ${name}.\n` : `${name} ${words[command]}.\n`);
      }
      return 0;
  }
  yield* write(2, command === undefined ? 'E: Invalid operation\n' : `E: Invalid operation ${command}\n`);
  return 100;
}
