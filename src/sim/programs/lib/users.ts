import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readText } from '../../kernel/syscalls.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** /etc/passwd and /etc/group of the file system that the caller sees. Read once per run. */
export class UserTable {
  readonly users: readonly User[];
  readonly groups: readonly Group[];

  constructor(passwd: string, group: string) {
    this.users = passwd
      .split('\n')
      .map((l) => l.split(':'))
      .filter((f) => f.length >= 7)
      .map((f) => ({ name: f[0], uid: Number(f[2]), gid: Number(f[3]), gecos: f[4], home: f[5], shell: f[6] }));
    this.groups = group
      .split('\n')
      .map((l) => l.split(':'))
      .filter((f) => f.length >= 4)
      .map((f) => ({ name: f[0], gid: Number(f[2]), members: f[3] === '' ? [] : f[3].split(',') }));
  }

  user(name: string): User | undefined {
    return this.users.find((u) => u.name === name);
  }
  userById(uid: number): User | undefined {
    return this.users.find((u) => u.uid === uid);
  }
  group(name: string): Group | undefined {
    return this.groups.find((g) => g.name === name);
  }
  groupById(gid: number): Group | undefined {
    return this.groups.find((g) => g.gid === gid);
  }
  userName(uid: number): string {
    return this.userById(uid)?.name ?? String(uid);
  }
  groupName(gid: number): string {
    return this.groupById(gid)?.name ?? String(gid);
  }
  /** All groups of a user: the primary one first, then by order in the file. */
  groupsOf(user: User): number[] {
    const ids = [user.gid];
    for (const g of this.groups) if (g.members.includes(user.name) && !ids.includes(g.gid)) ids.push(g.gid);
    return ids;
  }
}

function* textOrEmpty(path: string): Sim<string> {
  try {
    return yield* readText(path);
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

export function* readUsers(): Sim<UserTable> {
  return new UserTable(yield* textOrEmpty('/etc/passwd'), yield* textOrEmpty('/etc/group'));
}

/** By name, or by number when no such name exists. */
export function* findUser(nameOrUid: string): Sim<User | undefined> {
  const table = yield* readUsers();
  return table.user(nameOrUid) ?? (/^\d+$/.test(nameOrUid) ? table.userById(Number(nameOrUid)) : undefined);
}
