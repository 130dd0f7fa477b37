/** Credentials in the config file, in plain text, as docker keeps them without a helper. */

import type { Sim } from '../../kernel/sim.ts';
import { own } from '../../lib/dictionary.ts';
import type { Cli } from './cli.ts';
import { encodeAuths, saveConfigFile } from './configFile.ts';

/** 'https://registry.example.com/v1/' to 'registry.example.com'. */
export function hostnameOf(server: string): string {
  return server.replace(/^[a-z]+:\/\//i, '').split('/')[0];
}

/** Writes them unless they are there already, and warns that they can be read. */
export function* storeCredentials(
  cli: Cli,
  server: string,
  { username, password }: { readonly username: string; readonly password: string },
): Sim<void> {
  const config = yield* cli.config();
  const old = own(config.auths, server);
  if (old && old.username === username && old.password === password) return;
  yield* saveConfigFile(config, { auths: encodeAuths({ ...config.auths, [server]: { username, password } }) });
  cli.reloadConfig();
  if (password === '') return;
  yield* cli.err(
    `\nWARNING! Your credentials are stored unencrypted in '${config.path}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
  );
}

export function* eraseCredentials(cli: Cli, servers: readonly string[]): Sim<void> {
  const config = yield* cli.config();
  const auths = { ...config.auths };
  const known = servers.filter((server) => Object.hasOwn(auths, server));
  if (known.length === 0) return;
  for (const server of known) delete auths[server];
  yield* saveConfigFile(config, { auths: encodeAuths(auths) });
  cli.reloadConfig();
}
