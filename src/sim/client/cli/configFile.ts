/** ~/.docker/config.json: settings and stored credentials. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, readText, writeFile } from '../../kernel/syscalls.ts';
import { decodeBase64, encodeBase64 } from '../../lib/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { CliError, messageOf } from './errors.ts';

export interface StoredAuth {
  readonly username: string;
  readonly password: string;
  readonly identitytoken?: string;
}

export interface ConfigFile {
  readonly path: string;
  /** The JSON as it is in the file; unknown keys are kept when it is written. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly currentContext: string;
  readonly detachKeys: string;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly auths: Readonly<Record<string, StoredAuth>>;
  /** 'psFormat' and the like; '' if it is not set. */
  format(key: string): string;
}

export function* loadConfigFile(dir: string): Sim<ConfigFile> {
  const path = `${dir}/config.json`;
  let text = '{}';
  try {
    text = yield* readText(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  let raw: Record<string, unknown> = {};
  try {
    raw = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new CliError(`WARNING: Error loading config file: ${path}: ${messageOf(error)}`);
  }
  const string = (key: string): string => (typeof raw[key] === 'string' ? (raw[key] as string) : '');
  return {
    path,
    raw,
    currentContext: string('currentContext'),
    detachKeys: string('detachKeys'),
    httpHeaders: (raw.HttpHeaders as Record<string, string> | undefined) ?? {},
    auths: readAuths(raw.auths),
    format: string,
  };
}

function readAuths(value: unknown): Record<string, StoredAuth> {
  const out: Record<string, StoredAuth> = {};
  for (const [server, entry] of Object.entries((value ?? {}) as Record<string, { auth?: string; identitytoken?: string }>)) {
    const plain = decodeUtf8(decodeBase64(entry.auth ?? '') ?? new Uint8Array(0));
    const at = plain.indexOf(':');
    out[server] = { username: plain.slice(0, Math.max(0, at)), password: plain.slice(at + 1), identitytoken: entry.identitytoken };
  }
  return out;
}

/** Writes with `change` merged in; undefined removes a key. */
export function* saveConfigFile(file: ConfigFile, change: Readonly<Record<string, unknown>>): Sim<void> {
  const merged: Record<string, unknown> = { ...file.raw, ...change };
  for (const [key, value] of Object.entries(change)) if (value === undefined) delete merged[key];
  yield* mkdirAll(file.path.slice(0, file.path.lastIndexOf('/')), 0o700);
  yield* writeFile(file.path, JSON.stringify(merged, undefined, '\t'), 0o600);
}

/** The `auths` of the file, as it is written. */
export function encodeAuths(auths: Readonly<Record<string, StoredAuth>>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const server of Object.keys(auths).sort()) {
    const { username, password, identitytoken } = auths[server];
    out[server] = { auth: encodeBase64(encodeUtf8(`${username}:${password}`)), ...(identitytoken ? { identitytoken } : {}) };
  }
  return out;
}
