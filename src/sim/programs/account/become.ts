/** What sudo and su share: running a command as somebody else. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { exec, findExecutable, setCredentials, write } from '../../kernel/syscalls.ts';
import { readUsers, type User } from '../lib/users.ts';

export const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const USER_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games';

/** Sets real and effective ids for good. Needs effective root. */
export function* becomeUser(user: User): Sim<void> {
  yield* setCredentials({ groups: (yield* readUsers()).groupsOf(user) });
  yield* setCredentials({ gid: user.gid, egid: user.gid });
  yield* setCredentials({ uid: user.uid, euid: user.uid });
}

/** Looks up and replaces this process; comes back with the exit status only when that fails. */
export function* runAs(
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
  notFound: (name: string) => string,
  argv0?: string,
): Sim<number> {
  const path = yield* findExecutable(argv[0], env.get('PATH'));
  if (path === null) {
    yield* write(2, notFound(argv[0]));
    return 1;
  }
  try {
    return yield* exec(path, [argv0 ?? argv[0], ...argv.slice(1)], env);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* write(2, `${path}: ${error.message}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
}
