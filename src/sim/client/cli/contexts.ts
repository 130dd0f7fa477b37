/** Contexts: named daemons, kept below ~/.docker/contexts/meta/<sha256 of the name>/meta.json. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, readdir, readText, removeTree, statOrNull, writeFile } from '../../kernel/syscalls.ts';
import { digestHex, digestOf } from '../../oci/digest.ts';
import { CliError } from './errors.ts';

export interface ContextRecord {
  readonly name: string;
  readonly description: string;
  readonly host: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface MetaFile {
  readonly Name: string;
  readonly Metadata: { readonly Description?: string };
  readonly Endpoints: { readonly docker?: { readonly Host?: string; readonly SkipTLSVerify?: boolean } };
}

export function metaDir(configDir: string, name: string): string {
  return `${configDir}/contexts/meta/${digestHex(digestOf(name))}`;
}

export function tlsDir(configDir: string, name: string): string {
  return `${configDir}/contexts/tls/${digestHex(digestOf(name))}`;
}

export function* resolveContext(configDir: string, name: string): Sim<ContextRecord> {
  const path = `${metaDir(configDir, name)}/meta.json`;
  let text: string;
  try {
    text = yield* readText(path);
  } catch (error) {
    if (isErrno(error)) throw new CliError(`context "${name}": context not found: open ${path}: no such file or directory`);
    throw error;
  }
  return record(JSON.parse(text) as MetaFile);
}

function record(meta: MetaFile): ContextRecord {
  return {
    name: meta.Name,
    description: meta.Metadata.Description ?? '',
    host: meta.Endpoints.docker?.Host ?? 'unix:///var/run/docker.sock',
    metadata: meta.Metadata,
  };
}

/** Those in files, sorted by name; `default` is not among them. */
export function* listContexts(configDir: string): Sim<readonly ContextRecord[]> {
  const dir = `${configDir}/contexts/meta`;
  if (!(yield* statOrNull(dir))) return [];
  const found: ContextRecord[] = [];
  for (const entry of yield* readdir(dir)) {
    const path = `${dir}/${entry.name}/meta.json`;
    if (yield* statOrNull(path)) found.push(record(JSON.parse(yield* readText(path)) as MetaFile));
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function* saveContext(configDir: string, name: string, description: string, host: string): Sim<void> {
  const dir = metaDir(configDir, name);
  yield* mkdirAll(dir, 0o755);
  const meta: MetaFile = {
    Name: name,
    Metadata: description === '' ? {} : { Description: description },
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
  };
  yield* writeFile(`${dir}/meta.json`, JSON.stringify(meta), 0o644);
}

export function removeContext(configDir: string, name: string): Sim<void> {
  return removeTree(metaDir(configDir, name));
}
