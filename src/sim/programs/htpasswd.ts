/** htpasswd of Apache: files of names and hashed passwords. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { randomBytes, read, readText, write, writeFile } from '../kernel/syscalls.ts';
import { bcrypt, bcryptMatches } from '../lib/bcrypt.ts';

const USAGE = `Usage:
	htpasswd [-cimBdpsDv] [-C cost] passwordfile username
	htpasswd -b[cmBdpsDv] [-C cost] passwordfile username password

	htpasswd -n[imBdps] [-C cost] username
	htpasswd -nb[mBdps] [-C cost] username password
`;

/** What `-C` may say; more would take too long here. */
const COST_MAX = 12;

function* main(argv: readonly string[]): Sim<number> {
  const flags = new Set<string>();
  const words: string[] = [];
  let cost = 5;
  for (let i = 1; i < argv.length; i++) {
    if (argv[i] === '-C') cost = Number(argv[++i]);
    else if (/^-[A-Za-z2]+$/.test(argv[i])) for (const letter of argv[i].slice(1)) flags.add(letter);
    else words.push(argv[i]);
  }
  const toScreen = flags.has('n');
  const wanted = (toScreen ? 1 : 2) + (flags.has('b') ? 1 : 0);
  if (words.length !== wanted || !(cost >= 4 && cost <= 17)) return yield* fail(USAGE, 2);
  if (cost > COST_MAX) return yield* fail(`drydock: a cost above ${COST_MAX} is not simulated\n`, 1);
  const [file, user] = toScreen ? ['', words[0]] : words;
  if (user.includes(':')) return yield* fail("htpasswd: username contains illegal character ':'\n", 6);
  if (flags.has('D')) return yield* remove(file, user);
  const password = flags.has('b') ? words[wanted - 1] : yield* ask(flags.has('i'));
  if (password === undefined) return yield* fail('htpasswd: password verification error\n', 3);
  if (flags.has('v')) return yield* verify(file, user, password);
  // Apache's default is its own MD5; every reader of such files takes bcrypt as well.
  if (!flags.has('B') && !flags.has('p')) return yield* fail('drydock: htpasswd without -B (bcrypt) is not simulated\n', 1);
  const line = `${user}:${flags.has('p') ? password : bcrypt(password, cost, yield* randomBytes(16))}\n`;
  if (toScreen) {
    yield* write(1, `${line}\n`);
    return 0;
  }
  const before = flags.has('c') ? '' : yield* contents(file);
  if (before === undefined) return yield* fail(`htpasswd: cannot modify file ${file}; use '-c' to create it\n`, 1);
  const others = before.split('\n').filter((entry) => entry !== '' && !entry.startsWith(`${user}:`));
  const known = before.split('\n').some((entry) => entry.startsWith(`${user}:`));
  yield* writeFile(file, others.map((entry) => `${entry}\n`).join('') + line);
  return yield* fail(`${known ? 'Updating' : 'Adding'} password for user ${user}\n`, 0);
}

function* fail(text: string, status: number): Sim<number> {
  yield* write(2, text);
  return status;
}

function* contents(file: string): Sim<string | undefined> {
  try {
    return yield* readText(file);
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  }
}

function* remove(file: string, user: string): Sim<number> {
  const before = (yield* contents(file)) ?? '';
  const lines = before.split('\n').filter((entry) => entry !== '');
  const kept = lines.filter((entry) => !entry.startsWith(`${user}:`));
  if (kept.length === lines.length) return yield* fail(`User ${user} not found\n`, 0);
  yield* writeFile(file, kept.map((entry) => `${entry}\n`).join(''));
  return yield* fail(`Deleting password for user ${user}\n`, 0);
}

function* verify(file: string, user: string, password: string): Sim<number> {
  const entry = ((yield* contents(file)) ?? '').split('\n').find((line) => line.startsWith(`${user}:`));
  if (!entry) return yield* fail(`User ${user} not found\n`, 6);
  return bcryptMatches(password, entry.slice(user.length + 1))
    ? yield* fail(`Password for user ${user} correct.\n`, 0)
    : yield* fail('htpasswd: password verification failed\n', 3);
}

/** From standard input: once with -i, else twice. Undefined when the two differ. */
function* ask(once: boolean): Sim<string | undefined> {
  const line = function* (): Sim<string> {
    let text = '';
    for (;;) {
      const byte = yield* read(0, 1);
      if (byte.length === 0 || byte[0] === 10) return text;
      text += String.fromCharCode(byte[0]);
    }
  };
  if (once) return yield* line();
  yield* write(2, 'New password: ');
  const first = yield* line();
  yield* write(2, '\nRe-type new password: ');
  const second = yield* line();
  yield* write(2, '\n');
  return first === second ? first : undefined;
}

export const program: Program = { name: 'htpasswd', main };
