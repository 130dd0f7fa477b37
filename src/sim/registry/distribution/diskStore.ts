/** A registry's store on a file system, in the layout of the filesystem driver of `distribution`. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  appendFile,
  mkdirAll,
  randomBytes,
  readdir,
  readFile,
  readText,
  removeTree,
  rename,
  statOrNull,
  wallClock,
  writeFile,
} from '../../kernel/syscalls.ts';
import { toHex } from '../../lib/bytes.ts';
import { formatRfc3339, instantOf } from '../../lib/goTime.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { digestHex, digestOf } from '../../oci/digest.ts';
import type { RegistryBlob, RegistryManifest, RegistryStore, RegistryWriter } from './store.ts';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export class DiskStore implements RegistryStore, RegistryWriter {
  readonly writer = this;
  readonly #root: string;

  /** `directory`: '/var/lib/registry'. */
  constructor(directory: string) {
    this.#root = `${directory}/docker/registry/v2`;
  }

  *manifest(repository: string, reference: string): Sim<RegistryManifest | undefined> {
    const manifests = `${this.#folder(repository)}/_manifests`;
    const digest = DIGEST.test(reference) ? reference : yield* this.#link(`${manifests}/tags/${reference}/current/link`);
    if (digest === undefined || (yield* this.#link(`${manifests}/revisions/sha256/${digestHex(digest)}/link`)) === undefined)
      return undefined;
    const bytes = yield* this.#data(digest);
    if (!bytes) return undefined;
    const json = decodeUtf8(bytes);
    return { digest, json, mediaType: mediaTypeOf(json) };
  }

  *blob(repository: string, digest: string): Sim<RegistryBlob | undefined> {
    if (!DIGEST.test(digest)) return undefined;
    if ((yield* this.#link(`${this.#folder(repository)}/_layers/sha256/${digestHex(digest)}/link`)) === undefined) return undefined;
    const bytes = yield* this.#data(digest);
    return bytes && { digest, bytes };
  }

  *tags(repository: string): Sim<readonly string[] | undefined> {
    if (!(yield* statOrNull(`${this.#folder(repository)}/_layers`))) return undefined;
    return (yield* this.#names(`${this.#folder(repository)}/_manifests/tags`)).sort();
  }

  *repositories(): Sim<readonly string[]> {
    const found: string[] = [];
    const open = [''];
    for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
      const names = yield* this.#names(`${this.#root}/repositories/${prefix}`);
      if (names.includes('_layers')) found.push(prefix);
      for (const name of names) if (!name.startsWith('_')) open.push(prefix === '' ? name : `${prefix}/${name}`);
    }
    return found.sort();
  }

  *begin(repository: string): Sim<string> {
    const hex = toHex(yield* randomBytes(16));
    const upload = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    const folder = this.#upload(repository, upload);
    yield* mkdirAll(folder);
    yield* writeFile(`${folder}/startedat`, formatRfc3339(instantOf(yield* wallClock())));
    yield* writeFile(`${folder}/data`, '');
    return upload;
  }

  *uploaded(repository: string, upload: string): Sim<number | undefined> {
    return /^[0-9a-f-]{36}$/.test(upload) ? (yield* statOrNull(`${this.#upload(repository, upload)}/data`))?.size : undefined;
  }

  *append(repository: string, upload: string, data: Uint8Array): Sim<void> {
    yield* appendFile(`${this.#upload(repository, upload)}/data`, data);
  }

  *finish(repository: string, upload: string, digest: string): Sim<boolean> {
    const folder = this.#upload(repository, upload);
    if (digestOf(yield* readFile(`${folder}/data`)) !== digest) return false;
    const blob = this.#blobFolder(digest);
    yield* mkdirAll(blob);
    yield* rename(`${folder}/data`, `${blob}/data`);
    yield* removeTree(folder);
    yield* this.#writeLink(`${this.#folder(repository)}/_layers/sha256/${digestHex(digest)}`, digest);
    return true;
  }

  *cancel(repository: string, upload: string): Sim<void> {
    yield* removeTree(this.#upload(repository, upload));
  }

  *link(repository: string, digest: string, from: string): Sim<boolean> {
    if (!(yield* this.blob(from, digest))) return false;
    yield* this.#writeLink(`${this.#folder(repository)}/_layers/sha256/${digestHex(digest)}`, digest);
    return true;
  }

  *putManifest(repository: string, tag: string | undefined, { digest, json }: RegistryManifest): Sim<void> {
    const blob = this.#blobFolder(digest);
    yield* mkdirAll(blob);
    yield* writeFile(`${blob}/data`, encodeUtf8(json));
    const manifests = `${this.#folder(repository)}/_manifests`;
    yield* this.#writeLink(`${manifests}/revisions/sha256/${digestHex(digest)}`, digest);
    if (tag === undefined) return;
    yield* this.#writeLink(`${manifests}/tags/${tag}/current`, digest);
    yield* this.#writeLink(`${manifests}/tags/${tag}/index/sha256/${digestHex(digest)}`, digest);
  }

  *removeManifest(repository: string, digest: string): Sim<boolean> {
    const manifests = `${this.#folder(repository)}/_manifests`;
    if (!(yield* this.manifest(repository, digest))) return false;
    yield* removeTree(`${manifests}/revisions/sha256/${digestHex(digest)}`);
    for (const tag of yield* this.#names(`${manifests}/tags`))
      if ((yield* this.#link(`${manifests}/tags/${tag}/current/link`)) === digest) yield* removeTree(`${manifests}/tags/${tag}`);
    return true;
  }

  #folder(repository: string): string {
    return `${this.#root}/repositories/${repository}`;
  }
  #upload(repository: string, upload: string): string {
    return `${this.#folder(repository)}/_uploads/${upload}`;
  }
  #blobFolder(digest: string): string {
    const hex = digestHex(digest);
    return `${this.#root}/blobs/sha256/${hex.slice(0, 2)}/${hex}`;
  }

  *#data(digest: string): Sim<Uint8Array | undefined> {
    return yield* orMissing(readFile(`${this.#blobFolder(digest)}/data`));
  }
  *#link(path: string): Sim<string | undefined> {
    return (yield* orMissing(readText(path)))?.trim();
  }
  *#writeLink(folder: string, digest: string): Sim<void> {
    yield* mkdirAll(folder);
    yield* writeFile(`${folder}/link`, digest);
  }
  *#names(path: string): Sim<string[]> {
    return ((yield* orMissing(readdir(path))) ?? []).map((entry) => entry.name);
  }
}

function* orMissing<T>(body: Sim<T>): Sim<T | undefined> {
  try {
    return yield* body;
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** What a manifest says that it is, or what its shape shows. */
function mediaTypeOf(json: string): string {
  const parsed = JSON.parse(json) as { mediaType?: string; manifests?: unknown };
  return parsed.mediaType ?? `application/vnd.oci.image.${parsed.manifests ? 'index' : 'manifest'}.v1+json`;
}
