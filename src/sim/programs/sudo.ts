import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { chdir, credentials, environ, isatty, readText, setCredentials, ttyname, write } from '../kernel/syscalls.ts';
import { becomeUser, ROOT_PATH, runAs } from './account/become.ts';
import { findUser, readUsers, type User } from './lib/users.ts';

const USAGE = `usage: sudo -h | -K | -k | -V
usage: sudo [-ABbEHnPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]
`;

/** sudo with the rules of /etc/sudoers that a Debian machine has: `USER` and `%GROUP` lines, NOPASSWD. No passwords are simulated. */
export const program: Program = {
  name: 'sudo',
  *main(argv): Sim<number> {
    const queue = argv.slice(1);
    let target = 'root';
    let login = false;
    let shell = false;
    let preserve = false;
    const variables: [string, string][] = [];
    while (queue.length > 0 && /^-./.test(queue[0])) {
      const option = queue.shift()!;
      if (option === '--') break;
      if (option === '-u' || option === '--user') target = queue.shift() ?? '';
      else if (option.startsWith('--user=')) target = option.slice(7);
      else if (/^-u./.test(option)) target = option.slice(2);
      else if (option === '-l' || option === '--list') return yield* list();
      else if (/^-[kKv]$/.test(option)) return 0;
      else if (option === '-V' || option === '--version') {
        yield* write(1, 'Sudo version 1.9.13p3\n');
        return 0;
      } else if (/^-[isEHnSbAP]+$/.test(option)) {
        login ||= option.includes('i');
        shell ||= option.includes('s');
        preserve ||= option.includes('E');
      } else {
        yield* write(
          2,
          `sudo: ${option.startsWith('--') ? `unrecognized option '${option}'` : `invalid option -- '${option[1]}'`}\n${USAGE}`,
        );
        return 1;
      }
    }
    while (/^\w+=/.test(queue[0] ?? '')) {
      const [name, value] = queue.shift()!.split(/=(.*)/s);
      variables.push([name, value]);
    }
    if (queue.length === 0 && !login && !shell) {
      yield* write(2, USAGE);
      return 1;
    }
    const user = yield* findUser(target.replace(/^#/, ''));
    if (!user) {
      yield* write(2, `sudo: unknown user ${target}\nsudo: error initializing audit plugin sudoers_audit\n`);
      return 1;
    }
    const caller = yield* allowed();
    if (typeof caller === 'string') {
      yield* write(2, caller);
      return 1;
    }
    return yield* become(caller, user, queue, { login, shell, preserve, variables });
  },
};

/** The calling user if /etc/sudoers lets them in, else what sudo says. */
function* allowed(): Sim<User | string> {
  const { uid, euid } = yield* credentials();
  if (euid !== 0) return 'sudo: must be owned by uid 0 and have the setuid bit set\n';
  const table = yield* readUsers();
  const caller = table.userById(uid);
  if (!caller) return `sudo: you do not exist in the passwd database\n`;
  const groups = table.groupsOf(caller).map((gid) => table.groupName(gid));
  const rules = (yield* readText('/etc/sudoers')).split('\n').map((l) => l.trim().split(/\s+/)[0]);
  if (uid === 0 || rules.includes(caller.name) || groups.some((g) => rules.includes(`%${g}`))) return caller;
  return `${caller.name} is not in the sudoers file.\n`;
}

interface Manner {
  readonly login: boolean;
  readonly shell: boolean;
  readonly preserve: boolean;
  readonly variables: readonly [string, string][];
}

function* become(caller: User, user: User, command: readonly string[], manner: Manner): Sim<number> {
  const old = yield* environ();
  const env = new Map<string, string>(manner.preserve ? old : []);
  for (const name of ['TERM', 'LANG', 'LS_COLORS', 'COLORTERM', 'DISPLAY', ...(manner.login ? [] : ['PWD'])]) {
    const value = old.get(name);
    if (value !== undefined) env.set(name, value);
  }
  env.set('PATH', ROOT_PATH).set('HOME', user.home).set('LOGNAME', user.name).set('USER', user.name).set('SHELL', user.shell);
  env
    .set('SUDO_COMMAND', command.join(' ') || user.shell)
    .set('SUDO_USER', caller.name)
    .set('SUDO_UID', String(caller.uid))
    .set('SUDO_GID', String(caller.gid));
  if (yield* isatty(0)) env.set('SUDO_TTY', yield* ttyname(0)).delete('SUDO_TTY');
  for (const [name, value] of manner.variables) env.set(name, value);
  yield* setCredentials({ uid: 0, gid: 0, euid: 0, egid: 0 });
  yield* becomeUser(user);
  if (manner.login) yield* chdir(user.home);
  if (manner.login || manner.shell) {
    const line = command.map((word) => word.replace(/[^\w@%+=:,./-]/g, '\\$&')).join(' ');
    return yield* runAs(
      [user.shell, ...(command.length > 0 ? ['-c', line] : [])],
      env,
      missing,
      manner.login ? `-${user.shell.replace(/.*\//, '')}` : undefined,
    );
  }
  return yield* runAs(command, env, missing);
}

const missing = (name: string) => `sudo: ${name}: command not found\n`;

function* list(): Sim<number> {
  const caller = yield* allowed();
  if (typeof caller === 'string') {
    yield* write(2, caller);
    return 1;
  }
  yield* write(
    1,
    `User ${caller.name} may run the following commands on this host:\n    (ALL : ALL) ${caller.uid === 0 ? '' : 'NOPASSWD: '}ALL\n`,
  );
  return 0;
}
