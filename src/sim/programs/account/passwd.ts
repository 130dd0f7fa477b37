/** passwd and chpasswd. */
import type { Sim } from '../../kernel/sim.ts';
import { credentials, write } from '../../kernel/syscalls.ts';
import { LineReader } from '../lib/input.ts';
import { type ParsedOptions, parseOptions } from '../lib/options.ts';
import { checkPassword, readPassword } from '../lib/password.ts';
import type { Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { setPassword } from './accounts.ts';

/** Asks twice for a new password. */
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
  if (euid === 0 && uid !== 0) {
    yield* write(2, `Changing password for ${name}.\n`);
    const current = yield* readPassword('Current password: ');
    if (current === null || !(yield* checkPassword(name, current))) {
      yield* write(2, 'passwd: Authentication token manipulation error\npasswd: password unchanged\n');
      return 10;
    }
  }
  const first = yield* readPassword('New password: ');
  const second = yield* readPassword('Retype new password: ');
  if (!first || first !== second) {
    yield* write(
      2,
      `${first === null ? '' : 'Sorry, passwords do not match.\n'}passwd: Authentication token manipulation error\npasswd: password unchanged\n`,
    );
    return 10;
  }
  yield* setPassword(name, first);
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
    const [name, ...password] = line.split(':');
    if (!table.user(name)) {
      yield* write(2, `chpasswd: (line ${n}, user ${name}) password not changed\n`);
      return 1;
    }
    yield* setPassword(name, password.join(':'));
  }
  return 0;
}
