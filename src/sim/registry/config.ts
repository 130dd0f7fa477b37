/** The registry's configuration: a YAML file, and environment variables that override it (REGISTRY_STORAGE_DELETE_ENABLED). */
import { parse } from 'yaml';
import type { Sim } from '../kernel/sim.ts';
import { environ } from '../kernel/syscalls.ts';

export interface RegistryConfig {
  readonly listen: { readonly address: string; readonly port: number };
  readonly directory: string;
  readonly deletes: boolean;
  readonly htpasswd: { readonly realm: string; readonly path: string } | undefined;
  /** It asks for a certificate of its own. */
  readonly tls: boolean;
  readonly secret: string | undefined;
  readonly logLevel: string;
  readonly accessLog: boolean;
}

type Tree = { [key: string]: unknown };

/** Throws Error with the reason for a file that is no configuration. */
export function* readConfig(text: string, file: string): Sim<RegistryConfig> {
  const tree = (parse(text) ?? {}) as Tree;
  if (typeof tree !== 'object' || Array.isArray(tree)) throw new Error(`${file} is not a mapping`);
  if (tree.version === undefined) throw new Error('version not specified');
  for (const [name, value] of yield* environ()) if (name.startsWith('REGISTRY_') && !NOT_SETTINGS.has(name)) override(tree, name, value);
  const at = (...path: string[]): unknown => path.reduce<unknown>((node, key) => (node as Tree | undefined | null)?.[key], tree);
  const address = String(at('http', 'addr') ?? ':5000');
  const match = /^(.*):(\d+)$/.exec(address);
  if (!match) throw new Error(`invalid address ${address}`);
  const path = at('auth', 'htpasswd', 'path');
  return {
    listen: { address: match[1] === '0.0.0.0' ? '' : match[1], port: Number(match[2]) },
    directory: String(at('storage', 'filesystem', 'rootdirectory') ?? '/var/lib/registry'),
    deletes: String(at('storage', 'delete', 'enabled') ?? 'false') === 'true',
    htpasswd: path === undefined ? undefined : { realm: String(at('auth', 'htpasswd', 'realm') ?? ''), path: String(path) },
    tls: at('http', 'tls', 'certificate') !== undefined,
    secret: at('http', 'secret') as string | undefined,
    logLevel: String(at('log', 'level') ?? at('loglevel') ?? 'info'),
    accessLog: String(at('log', 'accesslog', 'disabled') ?? 'false') !== 'true',
  };
}

const NOT_SETTINGS = new Set(['REGISTRY_CONFIGURATION_PATH']);

/** REGISTRY_AUTH=htpasswd names a kind; REGISTRY_AUTH_HTPASSWD_PATH=... a value. */
function override(tree: Tree, name: string, value: string): void {
  const path = name.slice('REGISTRY_'.length).toLowerCase().split('_');
  let node = tree;
  for (const key of path.slice(0, -1)) {
    if (typeof node[key] !== 'object' || node[key] === null) node[key] = {};
    node = node[key] as Tree;
  }
  const last = path.at(-1) ?? '';
  if (name === 'REGISTRY_AUTH' || name === 'REGISTRY_STORAGE') node[last] = { [value]: (node[last] as Tree | undefined)?.[value] ?? {} };
  else node[last] = value;
}
