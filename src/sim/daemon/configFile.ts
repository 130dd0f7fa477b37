/** /etc/docker/daemon.json: the part of it that is simulated. It is read whenever dockerd starts. */
import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { readText } from '../kernel/syscalls.ts';
import { anything, GoDecodeError, goDecode, map } from '../lib/goDecode.ts';
import { firstJsonNode, goSyntaxError } from '../lib/goJson.ts';
import type { DaemonConfig } from './services.ts';

const PATH = '/etc/docker/daemon.json';
type Mutable = { -readonly [K in 'insecureRegistries' | 'registryMirrors' | 'labels']: DaemonConfig[K] };

const LISTS = { 'insecure-registries': 'insecureRegistries', 'registry-mirrors': 'registryMirrors', labels: 'labels' } as const;
/** Docker's own keys that change nothing here. */
const IGNORED = new Set(['$schema', 'bip', 'builder', 'debug', 'default-address-pools', 'dns', 'exec-opts', 'experimental', 'features']);
for (const key of ['hosts', 'live-restore', 'log-driver', 'log-level', 'log-opts', 'storage-driver', 'storage-opts']) IGNORED.add(key);

/** Puts what the file says into `config`. Answers with what dockerd says before it gives up, or ''. */
export function* readConfigFile(config: DaemonConfig): Sim<string> {
  let text: string;
  try {
    text = yield* readText(PATH);
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
  const failed = (why: string): string => `unable to configure the Docker daemon with file ${PATH}: ${why}`;
  if (text.trim() === '') return '';
  const fault = goSyntaxError(text);
  if (fault !== undefined) return failed(fault);
  const value = parsed(text);
  if (typeof value === 'string') return failed(value);
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(LISTS, key) && !IGNORED.has(key));
  if (unknown.length > 0) return failed(`the following directives don't match any configuration option: ${unknown.sort().join(', ')}`);
  const into: Mutable = config;
  for (const [key, field] of Object.entries(LISTS)) {
    const list = value[key];
    if (Array.isArray(list)) into[field] = list.map(String);
  }
  return '';
}

/** The members, or what Go finds wrong. */
function parsed(text: string): Readonly<Record<string, unknown>> | string {
  try {
    return (goDecode(firstJsonNode(text).node, map(anything)) ?? {}) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof GoDecodeError) return error.message;
    throw error;
  }
}
