/** Finds the user of a process in the container's own /etc/passwd and /etc/group. */
import type { Sim } from '../../kernel/sim.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { SpecUser } from '../../oci/runtimeSpec.ts';
import { invalid } from '../errors.ts';
import type { ContainerRecord } from '../records.ts';
import { readContainerFile } from './files.ts';
import type { ContainerServices } from './services.ts';

interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}
interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** `user`, `uid`, `user:group`, `uid:gid` or ''. Throws invalid `unable to find user x: no matching entries in passwd file`. */
export function* resolveUser(d: ContainerServices, c: ContainerRecord, user: string, addGroups: readonly string[]): Sim<SpecUser> {
  const passwd = parsePasswd(yield* textOf(d, c, '/etc/passwd'));
  const groups = parseGroup(yield* textOf(d, c, '/etc/group'));
  return lookUpUser(user, addGroups, passwd, groups);
}

export function lookUpUser(
  user: string,
  addGroups: readonly string[],
  passwd: readonly PasswdEntry[],
  groups: readonly GroupEntry[],
): SpecUser {
  const [userPart, groupPart = ''] = user.split(':', 2);
  const numeric = /^\d+$/.test(userPart);
  const entry = passwd.find((e) => (userPart === '' ? e.uid === 0 : e.name === userPart || (numeric && e.uid === Number(userPart))));
  if (!entry && userPart !== '' && !numeric) throw invalid(`unable to find user ${userPart}: no matching entries in passwd file`);
  const uid = entry?.uid ?? (numeric ? Number(userPart) : 0);
  if (uid > 0x7fff_ffff) throw invalid('uids and gids must be in range 0-2147483647');
  let gid = entry?.gid ?? 0;
  if (groupPart !== '') gid = findGroup(groupPart, groups);
  const supplementary = groupPart === '' && entry ? groups.filter((g) => g.members.includes(entry.name)).map((g) => g.gid) : [];
  const extra = addGroups.map((name) => findGroup(name, groups));
  return { uid, gid, additionalGids: [...new Set([...supplementary, ...extra])] };
}

function findGroup(name: string, groups: readonly GroupEntry[]): number {
  const found = groups.find((g) => g.name === name);
  if (found) return found.gid;
  if (/^\d+$/.test(name)) return Number(name);
  throw invalid(`unable to find group ${name}: no matching entries in group file`);
}

export function parsePasswd(text: string): PasswdEntry[] {
  return fields(text, 4).map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

export function parseGroup(text: string): GroupEntry[] {
  return fields(text, 3).map(([name, , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter((m) => m !== ''),
  }));
}

function fields(text: string, atLeast: number): string[][] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((parts) => parts.length >= atLeast && !parts[0].startsWith('#'));
}

function* textOf(d: ContainerServices, c: ContainerRecord, path: string): Sim<string> {
  const bytes = yield* readContainerFile(d, c, path);
  return bytes ? decodeUtf8(bytes) : '';
}
