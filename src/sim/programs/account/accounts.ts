/** Changes of /etc/passwd, /etc/shadow and /etc/group, and who may make them. */
import type { Sim } from '../../kernel/sim.ts';
import { credentials, lstatOrNull, removeTree, write } from '../../kernel/syscalls.ts';
import { hashPassword } from '../lib/password.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { readLines, writeLines } from './files.ts';

/** False, with a complaint, for anybody but root. */
export function* mayChange(t: Tool): Sim<boolean> {
  if ((yield* credentials()).euid === 0) return true;
  yield* write(
    2,
    t.busybox
      ? `${t.name}: permission denied (are you root?)\n`
      : `${t.name}: Permission denied.\n${t.name}: cannot lock /etc/passwd; try again later.\n`,
  );
  return false;
}

/** A line of /etc/passwd. */
export interface NewUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

/** Adds an account, locked. */
export function* addUser(u: NewUser): Sim<void> {
  yield* writeLines('/etc/passwd', [...(yield* readLines('/etc/passwd')), `${u.name}:x:${u.uid}:${u.gid}:${u.gecos}:${u.home}:${u.shell}`]);
  if (yield* lstatOrNull('/etc/shadow'))
    yield* writeLines('/etc/shadow', [...(yield* readLines('/etc/shadow')), `${u.name}:!:20781:0:99999:7:::`]);
}

/** Adds a group without members. */
export function* addGroup(name: string, gid: number): Sim<void> {
  yield* writeLines('/etc/group', [...(yield* readLines('/etc/group')), `${name}:x:${gid}:`]);
}

/** Makes a user a member of a group. */
export function* joinGroup(user: string, group: string): Sim<void> {
  const lines = (yield* readLines('/etc/group')).map((line) => {
    const f = line.split(':');
    if (f[0] !== group || f[3].split(',').includes(user)) return line;
    return [...f.slice(0, 3), f[3] === '' ? user : `${f[3]},${user}`].join(':');
  });
  yield* writeLines('/etc/group', lines);
}

/** Takes a user out of the groups that are chosen. */
export function* leaveGroups(user: string, which: (group: string) => boolean): Sim<void> {
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
export function* dropUser(name: string, withHome: boolean): Sim<void> {
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

/** Takes a group away. */
export function* dropGroup(name: string): Sim<void> {
  yield* writeLines(
    '/etc/group',
    (yield* readLines('/etc/group')).filter((line) => !line.startsWith(`${name}:`)),
  );
}

/** Writes the hash of an account's new password into /etc/shadow. */
export function* setPassword(name: string, password: string): Sim<void> {
  const hash = yield* hashPassword(password);
  const lines = (yield* readLines('/etc/shadow')).map((line) => {
    const f = line.split(':');
    return f[0] === name ? [f[0], hash, ...f.slice(2)].join(':') : line;
  });
  yield* writeLines('/etc/shadow', lines);
}
