/**
 * Contexts: named daemons. Each lives below ~/.docker/contexts: meta/<sha256 of the name>/meta.json, and the files of TLS below
 * tls/<sha256 of the name>/<endpoint>/. `default` is in no file: it is what flags and environment say.
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, readdir, readFile, readText, removeTree, statOrNull, writeFile } from '../../kernel/syscalls.ts';
import { digestHex, digestOf } from '../../oci/digest.ts';
import { CliError, messageOf } from './errors.ts';
import { compareNatural } from './format/natural.ts';

export const DEFAULT_CONTEXT = 'default';
const DEFAULT_DESCRIPTION = 'Current DOCKER_HOST based configuration';
const NAME_PATTERN = '^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$';

export interface ContextEndpoint {
  readonly Host?: string;
  readonly SkipTLSVerify: boolean;
}

/** The content of meta.json. */
export interface ContextMeta {
  readonly Name: string;
  readonly Metadata: Readonly<Record<string, unknown>>;
  readonly Endpoints: Readonly<Record<string, ContextEndpoint>>;
}

/** File names to contents, of one endpoint: 'ca.pem', 'cert.pem', 'key.pem'. */
export type TlsFiles = ReadonlyMap<string, Uint8Array>;

export function describe(meta: ContextMeta): string {
  if (meta.Name === DEFAULT_CONTEXT) return DEFAULT_DESCRIPTION;
  return typeof meta.Metadata.Description === 'string' ? meta.Metadata.Description : '';
}

/** Throws for what cannot be the name of a context in a file. */
export function checkContextName(name: string): void {
  if (name === '') throw new CliError('context name cannot be empty');
  if (name === DEFAULT_CONTEXT) throw new CliError('"default" is a reserved context name');
  if (!new RegExp(NAME_PATTERN).test(name)) {
    throw new CliError(`context name ${JSON.stringify(name)} is invalid, names are validated against regexp "${NAME_PATTERN}"`);
  }
}

export class ContextStore {
  readonly #root: string;
  readonly #defaultHost: () => Sim<string>;

  /** `defaultHost` tells where the context `default` leads. */
  constructor(configDir: string, defaultHost: () => Sim<string>) {
    this.#root = `${configDir}/contexts`;
    this.#defaultHost = defaultHost;
  }

  metaDir(name: string): string {
    return name === DEFAULT_CONTEXT ? '<IN MEMORY>' : `${this.#root}/meta/${digestHex(digestOf(name))}`;
  }

  tlsDir(name: string): string {
    return name === DEFAULT_CONTEXT ? '<IN MEMORY>' : `${this.#root}/tls/${digestHex(digestOf(name))}`;
  }

  /** Throws `context "x": context not found: ...`. */
  *get(name: string): Sim<ContextMeta> {
    if (name === DEFAULT_CONTEXT) {
      return { Name: name, Metadata: {}, Endpoints: { docker: { Host: yield* this.#defaultHost(), SkipTLSVerify: false } } };
    }
    const path = `${this.metaDir(name)}/meta.json`;
    let text: string;
    try {
      text = yield* readText(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new CliError(`context "${name}": context not found: open ${path}: no such file or directory`);
    }
    try {
      return parseMeta(text);
    } catch (error) {
      throw new CliError(`context "${name}": parsing ${path}: ${messageOf(error)}`);
    }
  }

  *exists(name: string): Sim<boolean> {
    return name === DEFAULT_CONTEXT || (yield* statOrNull(`${this.metaDir(name)}/meta.json`)) !== null;
  }

  *directoryExists(name: string): Sim<boolean> {
    return (yield* statOrNull(this.metaDir(name))) !== null;
  }

  /** Those in files and `default`, in natural order of their names. */
  *list(): Sim<readonly ContextMeta[]> {
    const found: ContextMeta[] = [yield* this.get(DEFAULT_CONTEXT)];
    const dir = `${this.#root}/meta`;
    if (yield* statOrNull(dir)) {
      for (const entry of yield* readdir(dir)) {
        const path = `${dir}/${entry.name}/meta.json`;
        if (!(yield* statOrNull(path))) continue;
        const text = yield* readText(path);
        try {
          found.push(parseMeta(text));
        } catch (error) {
          throw new CliError(`failed to read metadata: parsing ${path}: ${messageOf(error)}`);
        }
      }
    }
    return found.sort((a, b) => compareNatural(a.Name, b.Name));
  }

  *save(meta: ContextMeta): Sim<void> {
    const dir = this.metaDir(meta.Name);
    yield* mkdirAll(dir, 0o755);
    yield* writeFile(`${dir}/meta.json`, metaJson(meta), 0o644);
  }

  /** Endpoint to its files. */
  *tlsFiles(name: string): Sim<ReadonlyMap<string, TlsFiles>> {
    const out = new Map<string, TlsFiles>();
    const dir = this.tlsDir(name);
    if (!(yield* statOrNull(dir))) return out;
    for (const endpoint of yield* readdir(dir)) {
      const files = new Map<string, Uint8Array>();
      for (const file of yield* readdir(`${dir}/${endpoint.name}`)) {
        files.set(file.name, yield* readFile(`${dir}/${endpoint.name}/${file.name}`));
      }
      out.set(endpoint.name, files);
    }
    return out;
  }

  /** Takes the place of all TLS files of the context. */
  *replaceTls(name: string, endpoints: ReadonlyMap<string, TlsFiles>): Sim<void> {
    const dir = this.tlsDir(name);
    yield* removeIfThere(dir);
    for (const [endpoint, files] of endpoints) {
      yield* mkdirAll(`${dir}/${endpoint}`, 0o700);
      for (const [file, data] of files) yield* writeFile(`${dir}/${endpoint}/${file}`, data, 0o600);
    }
  }

  *remove(name: string): Sim<void> {
    yield* removeIfThere(this.metaDir(name));
    yield* removeIfThere(this.tlsDir(name));
  }
}

function* removeIfThere(path: string): Sim<void> {
  if (yield* statOrNull(path)) yield* removeTree(path);
}

/** Throws SyntaxError. */
export function parseMeta(text: string): ContextMeta {
  const value = JSON.parse(text) as Partial<ContextMeta>;
  return { Name: value.Name ?? '', Metadata: value.Metadata ?? {}, Endpoints: value.Endpoints ?? {} };
}

export function metaJson(meta: ContextMeta): string {
  const endpoints = Object.fromEntries(
    Object.entries(meta.Endpoints).map(([name, e]) => [
      name,
      { ...(e.Host ? { Host: e.Host } : {}), SkipTLSVerify: e.SkipTLSVerify === true },
    ]),
  );
  return JSON.stringify({ Name: meta.Name, Metadata: meta.Metadata, Endpoints: endpoints });
}
