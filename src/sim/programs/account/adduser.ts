/** adduser, addgroup, deluser, delgroup: Debian's, which talk of what they do, and BusyBox's, which keep still. */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { addGroup, addUser, dropGroup, dropUser, joinGroup, leaveGroups, mayChange } from './accounts.ts';
import { freeId, makeHome } from './files.ts';

const SPEC = {
  short: 'h:g:s:G:SDHu:k:',
  long: {
    home: 'h:',
    gecos: 'g:',
    comment: 'g:',
    shell: 's:',
    ingroup: 'G:',
    system: 'S',
    'disabled-password': 'D',
    'disabled-login': 'D',
    'no-create-home': 'H',
    uid: 'u:',
    group: 'group',
    gid: 'gid:',
    quiet: 'quiet',
  },
  usage: '[OPTIONS] USER [GROUP]',
  about: 'Makes an account, or puts a user into a group.',
};

/** Makes an account, or puts a user into a group. */
export function* adduser(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const [name, group] = o.operands;
  if (name === undefined) {
    if (t.busybox) yield* write(2, 'adduser: no user name\n');
    else yield* write(2, 'fatal: Only one or two names allowed.\n');
    return 1;
  }
  if (!(yield* mayChange(t))) return 1;
  const table = yield* readUsers();
  if (group !== undefined) {
    if (!table.group(group)) {
      yield* write(2, t.busybox ? `adduser: unknown group ${group}\n` : `fatal: The group \`${group}' does not exist.\n`);
      return 1;
    }
    if (!t.busybox) yield* t.print(`Adding user \`${name}' to group \`${group}' ...\nDone.\n`);
    yield* joinGroup(name, group);
    return 0;
  }
  if (table.user(name)) {
    yield* write(2, t.busybox ? `adduser: user '${name}' in use\n` : `fatal: The user \`${name}' already exists.\n`);
    return 1;
  }
  const uid = o.value('u') === undefined ? freeId(new Set(table.users.map((u) => u.uid)), o.has('S')) : Number(o.value('u'));
  const given = o.value('G') === undefined ? undefined : table.group(o.value('G')!);
  if (o.value('G') !== undefined && !given) {
    yield* write(2, t.busybox ? `adduser: unknown group ${o.value('G')}\n` : `fatal: The group \`${o.value('G')}' does not exist.\n`);
    return 1;
  }
  const system = o.has('S');
  const gid = given?.gid ?? (system && !o.has('group') ? 65534 : freeId(new Set(table.groups.map((g) => g.gid)), system, uid));
  const home = o.value('h') ?? (system && !t.busybox ? '/nonexistent' : `/home/${name}`);
  const shell = o.value('s') ?? (system ? (t.busybox ? '/bin/false' : '/usr/sbin/nologin') : t.busybox ? '/bin/sh' : '/bin/bash');
  const talk = !t.busybox && !o.has('quiet');
  if (talk) yield* t.print(`Adding ${system ? 'system ' : ''}user \`${name}' ${system ? `(UID ${uid}) ` : ''}...\n`);
  if (!given && !(system && !o.has('group'))) {
    if (talk) yield* t.print(`Adding new group \`${name}' (${gid}) ...\n`);
    yield* addGroup(name, gid);
  }
  if (talk && !system) yield* t.print(`Adding new user \`${name}' (${uid}) with group \`${given?.name ?? name} (${gid})' ...\n`);
  yield* addUser({ name, uid, gid, gecos: o.value('g') ?? (t.busybox ? 'Linux User,,,' : ',,,'), home, shell });
  if (!o.has('H') && home !== '/nonexistent') {
    if (talk) yield* t.print(`Creating home directory \`${home}' ...\n${system ? '' : "Copying files from `/etc/skel' ...\n"}`);
    yield* makeHome(home, uid, gid, t.busybox ? 0o2755 : 0o755);
  }
  return 0;
}

/** Makes a group, or puts a user into one. */
export function* addgroup(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'g:S',
    long: { gid: 'g:', system: 'S', quiet: 'q' },
    usage: '[-g GID] [-S] [USER] GROUP',
    about: 'Makes a group, or puts a user into one.',
  });
  if (!(yield* mayChange(t))) return 1;
  const table = yield* readUsers();
  const [first, second] = o.operands;
  if (first === undefined) {
    yield* write(2, t.busybox ? 'addgroup: no group name\n' : 'fatal: Only one or two names allowed.\n');
    return 1;
  }
  if (second !== undefined) {
    if (!table.group(second)) {
      yield* write(2, t.busybox ? `addgroup: unknown group ${second}\n` : `fatal: The group \`${second}' does not exist.\n`);
      return 1;
    }
    yield* joinGroup(first, second);
    return 0;
  }
  if (table.group(first)) {
    yield* write(2, t.busybox ? `addgroup: group '${first}' in use\n` : `fatal: The group \`${first}' already exists.\n`);
    return 1;
  }
  const gid = o.value('g') === undefined ? freeId(new Set(table.groups.map((g) => g.gid)), o.has('S')) : Number(o.value('g'));
  if (!t.busybox) yield* t.print(`Adding group \`${first}' (GID ${gid}) ...\nDone.\n`);
  yield* addGroup(first, gid);
  return 0;
}

/** deluser and delgroup. */
export const removing = (what: 'user' | 'group') =>
  function* (t: Tool): Sim<number> {
    const o = yield* parseOptions(t, {
      short: '',
      long: { 'remove-home': 'h', quiet: 'q', system: 's' },
      usage: what === 'user' ? '[--remove-home] USER' : 'GROUP',
      about: `Removes a ${what}.`,
    });
    if (!(yield* mayChange(t))) return 1;
    const [name, group] = o.operands;
    const table = yield* readUsers();
    if (name === undefined || (what === 'user' ? !table.user(name) : !table.group(name))) {
      yield* write(2, t.busybox ? `${t.name}: unknown ${what} ${name}\n` : `fatal: The ${what} \`${name}' does not exist.\n`);
      return t.busybox ? 1 : 2;
    }
    if (what === 'group') yield* dropGroup(name);
    else if (group !== undefined) yield* leaveGroups(name, (g) => g === group);
    else yield* dropUser(name, o.has('h'));
    return 0;
  };
