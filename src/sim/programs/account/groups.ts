/** groupadd and groupdel [OPTIONS] GROUP */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { addGroup, dropGroup, mayChange } from './accounts.ts';
import { freeId } from './files.ts';

/** Makes a group. */
export function* groupadd(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'fg:K:oprR:U:',
    long: { force: 'f', gid: 'g:', 'non-unique': 'o', system: 'r', users: 'U:' },
    usage: '[options] GROUP',
    about: 'Makes a group.',
  });
  const name = o.operands[0];
  if (name === undefined) {
    yield* write(2, 'Usage: groupadd [options] GROUP\n');
    return 2;
  }
  if (!(yield* mayChange(t))) return 10;
  const table = yield* readUsers();
  if (table.group(name)) {
    if (o.has('f')) return 0;
    yield* write(2, `groupadd: group '${name}' already exists\n`);
    return 9;
  }
  const used = new Set(table.groups.map((g) => g.gid));
  const wanted = o.value('g') === undefined ? undefined : Number(o.value('g'));
  if (wanted !== undefined && used.has(wanted) && !o.has('o')) {
    yield* write(2, `groupadd: GID '${wanted}' already exists\n`);
    return 4;
  }
  yield* addGroup(name, wanted ?? freeId(used, o.has('r')));
  return 0;
}

/** Removes a group that is nobody's primary one. */
export function* groupdel(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, { short: 'f', usage: '[options] GROUP', about: 'Removes a group.' });
  const name = o.operands[0];
  if (name === undefined) {
    yield* write(2, 'Usage: groupdel [options] GROUP\n');
    return 2;
  }
  if (!(yield* mayChange(t))) return 10;
  const table = yield* readUsers();
  const group = table.group(name);
  if (!group) {
    yield* write(2, `groupdel: group '${name}' does not exist\n`);
    return 6;
  }
  const owner = table.users.find((u) => u.gid === group.gid);
  if (owner) {
    yield* write(2, `groupdel: cannot remove the primary group of user '${owner.name}'\n`);
    return 8;
  }
  yield* dropGroup(name);
  return 0;
}
