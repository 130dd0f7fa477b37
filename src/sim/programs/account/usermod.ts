/** usermod [OPTIONS] LOGIN */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { joinGroup, leaveGroups, mayChange } from './accounts.ts';
import { readLines, writeLines } from './files.ts';

/** Changes an account: its groups, its line of /etc/passwd. */
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
  if (!(yield* mayChange(t))) return 1;
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
