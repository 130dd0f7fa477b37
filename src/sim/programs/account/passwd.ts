/** The account files: passwd(5) and group(5). */
import type { Sim } from '../../kernel/sim.ts';
import { readText, statOrNull } from '../../kernel/syscalls.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

function* fields(path: string): Sim<readonly string[][]> {
  if (!(yield* statOrNull(path))) return [];
  const text = yield* readText(path);
  return text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split(':')]));
}

export function* readUsers(): Sim<readonly User[]> {
  return (yield* fields('/etc/passwd')).map(([name, , uid, gid, , home, shell]) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    home,
    shell,
  }));
}

export function* readGroups(): Sim<readonly Group[]> {
  return (yield* fields('/etc/group')).map(([name, , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter((m) => m !== ''),
  }));
}

/** By name, or by number when no such name exists. */
export function* findUser(nameOrUid: string): Sim<User | undefined> {
  const users = yield* readUsers();
  return users.find((u) => u.name === nameOrUid) ?? (/^\d+$/.test(nameOrUid) ? users.find((u) => u.uid === Number(nameOrUid)) : undefined);
}

/** The groups a login gives: the primary one first, then those that list the user. */
export function* loginGroups(user: User): Sim<readonly number[]> {
  const groups = yield* readGroups();
  return [user.gid, ...groups.filter((g) => g.members.includes(user.name) && g.gid !== user.gid).map((g) => g.gid)];
}
