/** userdel [OPTIONS] LOGIN */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { dropUser, mayChange } from './accounts.ts';

/** Removes an account, with -r its home too. */
export function* userdel(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'frZ',
    long: { force: 'f', remove: 'r' },
    usage: '[options] LOGIN',
    about: 'Removes an account.',
  });
  const name = o.operands[0];
  if (name === undefined) {
    yield* write(2, 'Usage: userdel [options] LOGIN\n');
    return 2;
  }
  if (!(yield* mayChange(t))) return 1;
  if (!(yield* readUsers()).user(name)) {
    yield* write(2, `userdel: user '${name}' does not exist\n`);
    return 6;
  }
  if (o.has('r')) yield* write(2, `userdel: ${name} mail spool (/var/mail/${name}) not found\n`);
  yield* dropUser(name, o.has('r'));
  return 0;
}
