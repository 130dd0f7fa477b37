/** Accounts: useradd, usermod, userdel, groupadd, groupdel, adduser, addgroup, deluser, delgroup, passwd, chpasswd. */
import type { Program } from '../../kernel/program.ts';
import { tool } from '../lib/tool.ts';
import { addgroup, adduser, removing } from './adduser.ts';
import { groupadd, groupdel } from './groups.ts';
import { chpasswd, passwd } from './passwd.ts';
import { useradd } from './useradd.ts';
import { userdel } from './userdel.ts';
import { usermod } from './usermod.ts';

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
