/** `--docker key=value,...` of `context create` and `context update`: an endpoint and its files of TLS. */
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readFile } from '../../kernel/syscalls.ts';
import type { ContextEndpoint, ContextStore, TlsFiles } from './contexts.ts';
import { CliError, messageOf } from './errors.ts';
import { keyValues } from './flags/flags.ts';
import { parseBool } from './flags/numbers.ts';

const FILES = [
  ['ca', 'ca.pem'],
  ['cert', 'cert.pem'],
  ['key', 'key.pem'],
] as const;
const KEYS = new Set(['from', 'host', 'skip-tls-verify', ...FILES.map(([key]) => key)]);

export interface ChosenEndpoint {
  readonly endpoint: ContextEndpoint;
  readonly tls: TlsFiles;
}

/** Throws `unable to create docker endpoint config: ...`. */
export function* readEndpoint(store: ContextStore, pairs: readonly string[]): Sim<ChosenEndpoint> {
  try {
    return yield* read(store, keyValues(pairs));
  } catch (error) {
    if (error instanceof CliError) throw new CliError(`unable to create docker endpoint config: ${error.message}`);
    throw error;
  }
}

function* read(store: ContextStore, config: Readonly<Record<string, string>>): Sim<ChosenEndpoint> {
  const unknown = Object.keys(config).filter((key) => !KEYS.has(key));
  if (unknown.length > 0) throw new CliError(unknown.map((key) => `unrecognized config key: ${key}`).join('\n'));
  if (config.from !== undefined) {
    const { docker } = (yield* store.get(config.from)).Endpoints;
    if (!docker) throw new CliError(`unable to get endpoint from context "${config.from}"`);
    return { endpoint: docker, tls: new Map() };
  }
  const tls = new Map<string, Uint8Array>();
  for (const [key, file] of FILES) if (config[key]) tls.set(file, yield* contents(config[key]));
  const host = config.host ?? '';
  if (host !== '' && !/^[^:]*:\/\/./.test(host)) {
    throw new CliError(`unable to apply docker endpoint options: unable to parse docker host \`${host}\``);
  }
  return { endpoint: { ...(host === '' ? {} : { Host: host }), SkipTLSVerify: skipVerify(config['skip-tls-verify']) }, tls };
}

function skipVerify(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    return parseBool(text);
  } catch (error) {
    throw new CliError(`skip-tls-verify: parsing ${JSON.stringify(text)}: ${messageOf(error).replace(/^.*: /, '')}`);
  }
}

function* contents(path: string): Sim<Uint8Array> {
  try {
    return yield* readFile(path);
  } catch (error) {
    if (isErrno(error)) throw new CliError(`open ${path}: ${goErrorText(error.code)}`);
    throw error;
  }
}
