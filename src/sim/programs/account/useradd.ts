/** useradd [OPTIONS] LOGIN */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { addGroup, addUser, joinGroup, mayChange } from './accounts.ts';
import { freeId, makeHome } from './files.ts';

const NAME = /^[a-z_][a-z0-9_.-]*\$?$/i;

const SPEC = {
  short: 'b:c:d:De:f:g:G:k:lmMNop:rR:s:u:U',
  long: {
    'base-dir': 'b:',
    comment: 'c:',
    'home-dir': 'd:',
    gid: 'g:',
    groups: 'G:',
    skel: 'k:',
    'create-home': 'm',
    'no-create-home': 'M',
    'no-user-group': 'N',
    'non-unique': 'o',
    password: 'p:',
    system: 'r',
    shell: 's:',
    uid: 'u:',
    'user-group': 'U',
    'no-log-init': 'l',
  },
  usage: '[options] LOGIN',
  about: 'Makes an account.',
};

/** Makes an account, and by default a group of the same name. */
export function* useradd(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const name = o.operands[0];
  if (name === undefined) {
    yield* write(2, 'Usage: useradd [options] LOGIN\n       useradd -D\n       useradd -D [options]\n');
    return 2;
  }
  if (!NAME.test(name)) {
    yield* write(2, `useradd: invalid user name '${name}': use --badname to ignore\n`);
    return 3;
  }
  if (!(yield* mayChange(t))) return 1;
  const table = yield* readUsers();
  if (table.user(name)) {
    yield* write(2, `useradd: user '${name}' already exists\n`);
    return 9;
  }
  const wanted = o.value('u') === undefined ? undefined : Number(o.value('u'));
  const used = new Set(table.users.map((u) => u.uid));
  if (wanted !== undefined && !Number.isInteger(wanted)) {
    yield* write(2, `useradd: invalid user ID '${o.value('u')}'\n`);
    return 3;
  }
  if (wanted !== undefined && used.has(wanted) && !o.has('o')) {
    yield* write(2, `useradd: UID ${wanted} is not unique\n`);
    return 4;
  }
  for (const group of (o.value('G') ?? '').split(',').filter((word) => word !== '')) {
    if (!table.group(group)) {
      yield* write(2, `useradd: group '${group}' does not exist\n`);
      return 6;
    }
  }
  const uid = wanted ?? freeId(used, o.has('r'));
  const given = o.value('g');
  let gid: number;
  if (given !== undefined) {
    const group = table.group(given) ?? (/^\d+$/.test(given) ? table.groupById(Number(given)) : undefined);
    if (!group) {
      yield* write(2, `useradd: group '${given}' does not exist\n`);
      return 6;
    }
    gid = group.gid;
  } else if (o.has('N')) gid = 100;
  else {
    if (table.group(name)) {
      yield* write(2, `useradd: group ${name} exists - if you want to add this user to that group, use -g.\n`);
      return 9;
    }
    gid = freeId(new Set(table.groups.map((g) => g.gid)), o.has('r'), uid);
    yield* addGroup(name, gid);
  }
  const home = o.value('d') ?? `${o.value('b') ?? '/home'}/${name}`;
  yield* addUser({ name, uid, gid, gecos: o.value('c') ?? '', home, shell: o.value('s') ?? '/bin/sh' });
  for (const group of (o.value('G') ?? '').split(',').filter((word) => word !== '')) yield* joinGroup(name, group);
  if (o.has('m') && !o.has('M') && !(yield* makeHome(home, uid, gid)))
    yield* write(
      2,
      `useradd: warning: the home directory ${home} already exists.\nuseradd: Not copying any file from skel directory into it.\n`,
    );
  return 0;
}
