import type { AuthResponse } from '../../../api/types/system.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readAll, tcgetattr, tcsetattr } from '../../../kernel/syscalls.ts';
import { own } from '../../../lib/dictionary.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { readLine } from '../../cli/confirm.ts';
import { hostnameOf, storeCredentials } from '../../cli/credentials.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { noteText } from '../../cli/format/note.ts';
import { INDEX_SERVER } from '../../cli/pull.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

export const command = defineCommand({
  path: 'login',
  *run({ cli, flags, args: [server = ''] }) {
    checkFlags(flags);
    const given = yield* givenCredentials(cli, flags);
    const isHub = server === '' || server === 'docker.io' || server === INDEX_SERVER;
    const address = isHub ? INDEX_SERVER : hostnameOf(server);
    let stored: Credentials = { username: '', password: '' };
    if (given.username === '' && given.password === '') {
      stored = own((yield* cli.config()).auths, address) ?? stored;
      if (stored.username !== '' && stored.password !== '') {
        const status = yield* withStored(cli, stored, address);
        if (status !== undefined) return yield* cli.out(`${status}\n`);
      }
    }
    const credentials = yield* completed(cli, given, stored.username, address);
    const status = yield* authenticate(cli, credentials, address);
    yield* storeCredentials(cli, address, credentials);
    yield* cli.out(`${status}\n`);
  },
});

function checkFlags(flags: Flags): void {
  if (flags.changed('password-stdin')) {
    if (flags.changed('password')) throw new CliError('conflicting options: cannot specify both --password and --password-stdin');
    if (!flags.changed('username')) throw new CliError('the --password-stdin option requires --username to be set');
  }
  if (flags.changed('username') && flags.string('username') === '') throw new CliError('username is empty');
  if (flags.changed('password') && flags.string('password') === '') throw new CliError('password is empty');
}

function* givenCredentials(cli: Cli, flags: Flags): Sim<Credentials> {
  const username = flags.string('username');
  if (flags.string('password') !== '') {
    yield* cli.err('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
  }
  if (!flags.bool('password-stdin')) return { username, password: flags.string('password') };
  const text = decodeUtf8(yield* readAll(0));
  return { username, password: text.replace(/\n$/, '').replace(/\r$/, '') };
}

/** Undefined if the stored credentials are refused. */
function* withStored(cli: Cli, stored: Credentials, address: string): Sim<string | undefined> {
  const note = "To login with a different account, run 'docker logout' followed by 'docker login'";
  const terminal = yield* cli.isTerminal(2);
  yield* cli.err(`Authenticating with existing credentials... [Username: ${stored.username}]\n${noteText(terminal, note)}\n\n`);
  try {
    return yield* authenticate(cli, stored, address);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    yield* cli.err(
      'status' in error && error.status === 401
        ? 'Stored credentials invalid or expired\n'
        : `Login did not succeed, error: ${error.message}\n`,
    );
    return undefined;
  }
}

function* authenticate(cli: Cli, { username, password }: Credentials, serveraddress: string): Sim<string> {
  const engine = yield* cli.engine();
  return (yield* engine.json<AuthResponse>('POST', '/auth', { json: { username, password, serveraddress } })).Status;
}

/** Asks for what is missing. */
function* completed(cli: Cli, given: Credentials, defaultName: string, address: string): Sim<Credentials> {
  if (given.username !== '' && given.password !== '') return given;
  if (!(yield* cli.isTerminal(0))) throw new CliError('Error: Cannot perform an interactive login from a non TTY device');
  if (address === INDEX_SERVER && given.username === '' && given.password === '') {
    yield* cli.err('Failed to start web-based login - falling back to command line login...\n\n');
  }
  let { username, password } = given;
  username = username.trim();
  if (username === '') {
    yield* cli.out(defaultName === '' ? 'Username: ' : `Username (${defaultName}): `);
    username = (yield* readLine()).trim() || defaultName;
    if (username === '') throw new CliError('Error: Non-null Username Required');
  }
  if (password.trim() === '') {
    password = yield* hidden(cli);
    if (password === '') throw new CliError('Error: Password Required');
  }
  return { username, password };
}

/** A password typed without echo. */
function* hidden(cli: Cli): Sim<string> {
  const before = yield* tcgetattr(0);
  yield* tcsetattr(0, { ...before, echo: false });
  try {
    yield* cli.out('Password: ');
    const text = yield* readLine();
    yield* cli.out('\n');
    return text.trim();
  } finally {
    yield* tcsetattr(0, before);
  }
}
