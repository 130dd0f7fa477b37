import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { chdir, credentials, environ, sleep, write } from '../kernel/syscalls.ts';
import { becomeUser, ROOT_PATH, runAs, USER_PATH } from './account/become.ts';
import { checkPassword, readPassword } from './lib/password.ts';
import { findUser } from './lib/users.ts';

/** pam_faildelay(8): what a wrong password costs, microseconds. */
const FAILURE_DELAY = 1_500_000;

/** su [-] [-c COMMAND] [-s SHELL] [USER]. A fresh machine's accounts have no passwords (`passwd` sets one), so only root may; `sudo su` works. */
export const program: Program = {
  name: 'su',
  *main(argv): Sim<number> {
    let login = false;
    let command: string | undefined;
    let shell: string | undefined;
    let preserve = false;
    const rest: string[] = [];
    const queue = argv.slice(1);
    for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
      if (arg === '-' || arg === '-l' || arg === '--login') login = true;
      else if (arg === '-c' || arg === '--command') command = queue.shift();
      else if (arg.startsWith('--command=')) command = arg.slice(10);
      else if (arg === '-s' || arg === '--shell') shell = queue.shift();
      else if (arg === '-m' || arg === '-p' || arg === '--preserve-environment') preserve = true;
      else if (arg.startsWith('-')) {
        yield* write(
          2,
          `su: ${arg.startsWith('--') ? `unrecognized option '${arg}'` : `invalid option -- '${arg[1]}'`}\nTry 'su --help' for more information.\n`,
        );
        return 1;
      } else rest.push(arg);
    }
    const name = rest.shift() ?? 'root';
    const user = yield* findUser(name);
    if (!user) {
      yield* write(2, `su: user ${name} does not exist or the user entry does not contain all the required fields\n`);
      return 1;
    }
    const { uid } = yield* credentials();
    if (uid !== 0) {
      const password = yield* readPassword('Password: ');
      if (password === null || !(yield* checkPassword(name, password))) {
        yield* sleep(FAILURE_DELAY);
        yield* write(2, 'su: Authentication failure\n');
        return 1;
      }
    }
    const old = yield* environ();
    const env = new Map<string, string>(login ? [] : old);
    if (login && old.has('TERM')) env.set('TERM', old.get('TERM')!);
    if (!preserve) {
      env.set('HOME', user.home).set('SHELL', shell ?? user.shell);
      if (login || user.uid !== 0) env.set('USER', user.name).set('LOGNAME', user.name);
      env.set('PATH', user.uid === 0 ? ROOT_PATH : USER_PATH);
    }
    yield* becomeUser(user);
    if (login) yield* chdir(user.home);
    const path = shell ?? (user.shell === '' ? '/bin/sh' : user.shell);
    if (path.endsWith('/nologin')) {
      yield* write(1, 'This account is currently not available.\n');
      return 1;
    }
    return yield* runAs(
      [path, ...(command === undefined ? [] : ['-c', command]), ...rest],
      env,
      (n) => `su: failed to execute ${n}: No such file or directory\n`,
      `${login ? '-' : ''}${path.replace(/.*\//, '')}`,
    );
  },
};
