/** Accounts: useradd, usermod, userdel, groupadd, groupdel, adduser, addgroup, deluser, delgroup, passwd, chpasswd. */
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { credentials, lstatOrNull, removeTree, write } from '../../kernel/syscalls.ts';
import { LineReader } from '../lib/input.ts';
import { type ParsedOptions, parseOptions } from '../lib/options.ts';
import { type Tool, tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { freeId, makeHome, readLines, writeLines } from './files.ts';

const NAME = /^[a-z_][a-z0-9_.-]*\$?$/i;

function* root(t: Tool): Sim<boolean> {
  if ((yield* credentials()).euid === 0) return true;
  yield* write(
    2,
    t.busybox
      ? `${t.name}: permission denied (are you root?)\n`
      : `${t.name}: Permission denied.\n${t.name}: cannot lock /etc/passwd; try again later.\n`,
  );
  return false;
}

interface NewUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

function* addUser(u: NewUser): Sim<void> {
  yield* writeLines('/etc/passwd', [...(yield* readLines('/etc/passwd')), `${u.name}:x:${u.uid}:${u.gid}:${u.gecos}:${u.home}:${u.shell}`]);
  if (yield* lstatOrNull('/etc/shadow'))
    yield* writeLines('/etc/shadow', [...(yield* readLines('/etc/shadow')), `${u.name}:!:20781:0:99999:7:::`]);
}

function* addGroup(name: string, gid: number): Sim<void> {
  yield* writeLines('/etc/group', [...(yield* readLines('/etc/group')), `${name}:x:${gid}:`]);
}

function* joinGroup(user: string, group: string): Sim<void> {
  const lines = (yield* readLines('/etc/group')).map((line) => {
    const f = line.split(':');
    if (f[0] !== group || f[3].split(',').includes(user)) return line;
    return [...f.slice(0, 3), f[3] === '' ? user : `${f[3]},${user}`].join(':');
  });
  yield* writeLines('/etc/group', lines);
}

const USERADD = {
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

export function* useradd(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, USERADD);
  const name = o.operands[0];
  if (name === undefined) {
    yield* write(2, 'Usage: useradd [options] LOGIN\n       useradd -D\n       useradd -D [options]\n');
    return 2;
  }
  if (!NAME.test(name)) {
    yield* write(2, `useradd: invalid user name '${name}': use --badname to ignore\n`);
    return 3;
  }
  if (!(yield* root(t))) return 1;
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
  if (!(yield* root(t))) return 10;
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

export function* usermod(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'aG:g:c:d:l:Lms:u:UoR:e:p:',
    long: {
      append: 'a',
      groups: 'G:',
      gid: 'g:',
      comment: 'c:',
      home: 'd:',
      login: 'l:',
      lock: 'L',
      'move-home': 'm',
      shell: 's:',
      uid: 'u:',
      unlock: 'U',
    },
    usage: '[options] LOGIN',
    about: 'Changes an account.',
  });
  const name = o.operands[0];
  if (name === undefined || o.options.length === 0) {
    yield* write(2, name === undefined ? 'Usage: usermod [options] LOGIN\n' : 'usermod: no changes\n');
    return name === undefined ? 2 : 0;
  }
  if (!(yield* root(t))) return 1;
  const table = yield* readUsers();
  if (!table.user(name)) {
    yield* write(2, `usermod: user '${name}' does not exist\n`);
    return 6;
  }
  const groups = o.has('G')
    ? o
        .value('G')!
        .split(',')
        .filter((word) => word !== '')
    : [];
  for (const group of [...groups, ...(o.has('g') ? [o.value('g')!] : [])]) {
    if (!table.group(group) && !table.groupById(Number(group))) {
      yield* write(2, `usermod: group '${group}' does not exist\n`);
      return 6;
    }
  }
  if (o.has('G') && !o.has('a')) yield* leaveGroups(name, (group) => !groups.includes(group));
  for (const group of groups) yield* joinGroup(name, group);
  const gid = o.value('g');
  const lines = (yield* readLines('/etc/passwd')).map((line) => {
    const f = line.split(':');
    if (f[0] !== name) return line;
    return [
      o.value('l') ?? f[0],
      f[1],
      o.value('u') ?? f[2],
      gid === undefined ? f[3] : String(table.group(gid)?.gid ?? gid),
      o.value('c') ?? f[4],
      o.value('d') ?? f[5],
      o.value('s') ?? f[6],
    ].join(':');
  });
  yield* writeLines('/etc/passwd', lines);
  return 0;
}

function* leaveGroups(user: string, which: (group: string) => boolean): Sim<void> {
  const lines = (yield* readLines('/etc/group')).map((line) => {
    const f = line.split(':');
    if (!which(f[0])) return line;
    return [
      ...f.slice(0, 3),
      f[3]
        .split(',')
        .filter((m) => m !== '' && m !== user)
        .join(','),
    ].join(':');
  });
  yield* writeLines('/etc/group', lines);
}

/** Takes an account out of all files; `withHome` removes its directory too. */
function* dropUser(name: string, withHome: boolean): Sim<void> {
  const home = (yield* readUsers()).user(name)?.home;
  for (const path of ['/etc/passwd', '/etc/shadow'])
    if (yield* lstatOrNull(path))
      yield* writeLines(
        path,
        (yield* readLines(path)).filter((line) => !line.startsWith(`${name}:`)),
      );
  yield* leaveGroups(name, () => true);
  const own = (yield* readUsers()).group(name);
  if (own && own.members.length === 0) yield* dropGroup(name);
  if (withHome && home !== undefined && home !== '/' && (yield* lstatOrNull(home))) yield* removeTree(home);
}

function* dropGroup(name: string): Sim<void> {
  yield* writeLines(
    '/etc/group',
    (yield* readLines('/etc/group')).filter((line) => !line.startsWith(`${name}:`)),
  );
}

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
  if (!(yield* root(t))) return 1;
  if (!(yield* readUsers()).user(name)) {
    yield* write(2, `userdel: user '${name}' does not exist\n`);
    return 6;
  }
  if (o.has('r')) yield* write(2, `userdel: ${name} mail spool (/var/mail/${name}) not found\n`);
  yield* dropUser(name, o.has('r'));
  return 0;
}

export function* groupdel(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, { short: 'f', usage: '[options] GROUP', about: 'Removes a group.' });
  const name = o.operands[0];
  if (name === undefined) {
    yield* write(2, 'Usage: groupdel [options] GROUP\n');
    return 2;
  }
  if (!(yield* root(t))) return 10;
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

const ADDUSER = {
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

/** adduser of Debian (talks of what it does) and of BusyBox (keeps still). */
export function* adduser(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, ADDUSER);
  const [name, group] = o.operands;
  if (name === undefined) {
    if (t.busybox) yield* write(2, 'adduser: no user name\n');
    else yield* write(2, 'fatal: Only one or two names allowed.\n');
    return 1;
  }
  if (!(yield* root(t))) return 1;
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

export function* addgroup(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'g:S',
    long: { gid: 'g:', system: 'S', quiet: 'q' },
    usage: '[-g GID] [-S] [USER] GROUP',
    about: 'Makes a group, or puts a user into one.',
  });
  if (!(yield* root(t))) return 1;
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

const removing = (what: 'user' | 'group') =>
  function* (t: Tool): Sim<number> {
    const o = yield* parseOptions(t, {
      short: '',
      long: { 'remove-home': 'h', quiet: 'q', system: 's' },
      usage: what === 'user' ? '[--remove-home] USER' : 'GROUP',
      about: `Removes a ${what}.`,
    });
    if (!(yield* root(t))) return 1;
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

/** A password is marked as set; there is nothing to log in to with it. */
function* setPassword(name: string): Sim<void> {
  const lines = (yield* readLines('/etc/shadow')).map((line) => {
    const f = line.split(':');
    return f[0] === name ? [f[0], '$y$j9T$simulated$', ...f.slice(2)].join(':') : line;
  });
  yield* writeLines('/etc/shadow', lines);
}

export function* passwd(t: Tool): Sim<number> {
  const o: ParsedOptions = yield* parseOptions(t, {
    short: 'adeluSqw:x:n:i:',
    long: { delete: 'd', lock: 'l', unlock: 'u', status: 'S' },
    usage: '[options] [LOGIN]',
    about: 'Changes a password.',
  });
  const table = yield* readUsers();
  const { uid, euid } = yield* credentials();
  const name = o.operands[0] ?? table.userName(uid);
  if (!table.user(name)) {
    yield* write(2, t.busybox ? `passwd: unknown user ${name}\n` : `passwd: user '${name}' does not exist\n`);
    return 1;
  }
  if (euid !== 0 && table.user(name)?.uid !== uid) {
    yield* write(2, `passwd: You may not view or modify password information for ${name}.\n`);
    return 1;
  }
  if (o.has('S')) {
    yield* t.print(`${name} L 2026-11-24 0 99999 7 -1\n`);
    return 0;
  }
  if (o.has('d') || o.has('l') || o.has('u') || o.has('e')) {
    yield* t.print('passwd: password changed.\n');
    return 0;
  }
  const reader = new LineReader(0);
  yield* write(2, 'New password: ');
  const first = yield* reader.next();
  yield* write(2, '\nRetype new password: ');
  const second = yield* reader.next();
  yield* write(2, '\n');
  if (!first || first !== second) {
    yield* write(
      2,
      `${first === null ? '' : 'Sorry, passwords do not match.\n'}passwd: Authentication token manipulation error\npasswd: password unchanged\n`,
    );
    return 10;
  }
  yield* setPassword(name);
  yield* write(2, 'passwd: password updated successfully\n');
  return 0;
}

/** NAME:PASSWORD lines from standard input. */
export function* chpasswd(t: Tool): Sim<number> {
  yield* parseOptions(t, {
    short: 'c:ems:',
    long: { encrypted: 'e' },
    usage: '[options]',
    about: 'Sets passwords from NAME:PASSWORD lines.',
  });
  const table = yield* readUsers();
  const reader = new LineReader(0);
  for (let line = yield* reader.next(), n = 1; line !== null; line = yield* reader.next(), n++) {
    const name = line.split(':')[0];
    if (!table.user(name)) {
      yield* write(2, `chpasswd: (line ${n}, user ${name}) password not changed\n`);
      return 1;
    }
    yield* setPassword(name);
  }
  return 0;
}

export const programs: readonly Program[] = [
  tool('useradd', useradd, { shortName: true, usageStatus: 2 }),
  tool('usermod', usermod, { shortName: true, usageStatus: 2 }),
  tool('userdel', userdel, { shortName: true, usageStatus: 2 }),
  tool('groupadd', groupadd, { shortName: true, usageStatus: 2 }),
  tool('groupdel', groupdel, { shortName: true, usageStatus: 2 }),
  tool('adduser', adduser, { shortName: true }),
  tool('addgroup', addgroup, { shortName: true }),
  tool('deluser', removing('user'), { shortName: true }),
  tool('delgroup', removing('group'), { shortName: true }),
  tool('passwd', passwd, { shortName: true }),
  tool('chpasswd', chpasswd, { shortName: true }),
];
