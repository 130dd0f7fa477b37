/** ~/.docker/config.json: settings and stored credentials. */

import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, readText, writeFile } from '../../kernel/syscalls.ts';
import { decodeBase64, encodeBase64 } from '../../lib/base64.ts';
import { dictionary } from '../../lib/dictionary.ts';
import { goSyntaxError } from '../../lib/goJson.ts';
import { escapeJsonHtml } from '../../lib/goQuote.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

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

/** A file that cannot be read counts as empty; `warning` then says why. */
export function* loadConfigFile(dir: string): Sim<{ readonly file: ConfigFile; readonly warning: string }> {
  const path = `${dir}/config.json`;
  let text = '{}';
  try {
    text = yield* readText(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  let raw: Record<string, unknown> = {};
  let warning = '';
  try {
    if (text.trim() !== '') raw = JSON.parse(text) as Record<string, unknown>;
  } catch {
    warning = `WARNING: Error parsing config file (${path}): ${goSyntaxError(text) ?? 'EOF'}`;
  }
  const string = (key: string): string => (typeof raw[key] === 'string' ? (raw[key] as string) : '');
  const file: ConfigFile = {
    path,
    raw,
    currentContext: string('currentContext'),
    detachKeys: string('detachKeys'),
    httpHeaders: (raw.HttpHeaders as Record<string, string> | undefined) ?? {},
    auths: readAuths(raw.auths),
    format: string,
  };
  return { file, warning };
}

function readAuths(value: unknown): Record<string, StoredAuth> {
  const out = dictionary<StoredAuth>();
  for (const [server, entry] of Object.entries((value ?? {}) as Record<string, { auth?: string; identitytoken?: string }>)) {
    const plain = decodeUtf8(decodeBase64(entry.auth ?? '') ?? new Uint8Array(0));
    const at = plain.indexOf(':');
    out[server] = { username: plain.slice(0, Math.max(0, at)), password: plain.slice(at + 1), identitytoken: entry.identitytoken };
  }
  return out;
}

/** What the file may hold, in the order in which docker writes it; all else is lost. */
const KEYS = [
  ...['auths', 'HttpHeaders', 'psFormat', 'imagesFormat', 'networksFormat', 'pluginsFormat', 'volumesFormat', 'statsFormat', 'detachKeys'],
  ...['credsStore', 'credHelpers', 'serviceInspectFormat', 'servicesFormat', 'tasksFormat', 'secretFormat', 'configFormat', 'nodesFormat'],
  ...['pruneFilters', 'proxies', 'currentContext', 'cliPluginsExtraDirs', 'plugins', 'aliases', 'features', 'experimental'],
];

/** Writes with `change` merged in; undefined and empty values go. */
export function* saveConfigFile(file: ConfigFile, change: Readonly<Record<string, unknown>>): Sim<void> {
  const merged: Record<string, unknown> = { ...file.raw, ...change };
  const out: Record<string, unknown> = {};
  for (const key of KEYS) {
    const value = key === 'auths' ? (merged.auths ?? {}) : merged[key];
    if (value !== undefined && value !== null && value !== '') out[key] = value;
  }
  yield* mkdirAll(file.path.slice(0, file.path.lastIndexOf('/')), 0o700);
  yield* writeFile(file.path, escapeJsonHtml(JSON.stringify(out, undefined, '\t')), 0o600);
}

/** The `auths` of the file, as it is written. */
export function encodeAuths(auths: Readonly<Record<string, StoredAuth>>): Record<string, unknown> {
  const out = dictionary<unknown>();
  for (const server of Object.keys(auths).sort()) {
    const { username, password, identitytoken } = auths[server];
    out[server] = { auth: encodeBase64(encodeUtf8(`${username}:${password}`)), ...(identitytoken ? { identitytoken } : {}) };
  }
  return out;
}
