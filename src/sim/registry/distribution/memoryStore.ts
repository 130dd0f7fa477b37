/** Images in memory: what is pushed to the simulated Hub. */
import type { Sim } from '../../kernel/sim.ts';
import { randomBytes } from '../../kernel/syscalls.ts';
import { ByteBuilder, toHex } from '../../lib/bytes.ts';
import { compareStrings } from '../../lib/compare.ts';
import { digestOf } from '../../oci/digest.ts';
import type { RegistryBlob, RegistryManifest, RegistryStore, RegistryWriter } from './store.ts';

interface Repository {
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, RegistryManifest>;
  readonly blobs: Map<string, RegistryBlob>;
}

export class MemoryStore implements RegistryStore, RegistryWriter {
  readonly #repositories = new Map<string, Repository>();
  readonly #uploads = new Map<string, ByteBuilder>();

  get writer(): RegistryWriter {
    return this;
  }

  *repositories(): Sim<readonly string[]> {
    return [...this.#repositories.keys()].sort(compareStrings);
  }

  *tags(repository: string): Sim<readonly string[] | undefined> {
    const found = this.#repositories.get(repository);
    return found && [...found.tags.keys()].sort(compareStrings);
  }

  *manifest(repository: string, reference: string): Sim<RegistryManifest | undefined> {
    const found = this.#repositories.get(repository);
    return found?.manifests.get(found.tags.get(reference) ?? reference);
  }

  *blob(repository: string, digest: string): Sim<RegistryBlob | undefined> {
    return this.#repositories.get(repository)?.blobs.get(digest);
  }

  *begin(): Sim<string> {
    const id = toHex(yield* randomBytes(16));
    this.#uploads.set(id, new ByteBuilder());
    return id;
  }

  *uploaded(_repository: string, upload: string): Sim<number | undefined> {
    return this.#uploads.get(upload)?.length;
  }

  *append(_repository: string, upload: string, data: Uint8Array): Sim<void> {
    this.#uploads.get(upload)?.add(data);
  }

  *finish(repository: string, upload: string, digest: string): Sim<boolean> {
    const bytes = this.#uploads.get(upload)?.finish();
    if (!bytes || digestOf(bytes) !== digest) return false;
    this.#uploads.delete(upload);
    this.#of(repository).blobs.set(digest, { digest, bytes });
    return true;
  }

  *cancel(_repository: string, upload: string): Sim<void> {
    this.#uploads.delete(upload);
  }

  *link(repository: string, digest: string, from: string): Sim<boolean> {
    const blob = yield* this.blob(from, digest);
    if (blob) this.put(repository, blob);
    return blob !== undefined;
  }

  /** A blob that came from elsewhere. */
  put(repository: string, blob: RegistryBlob): void {
    this.#of(repository).blobs.set(blob.digest, blob);
  }

  *putManifest(repository: string, tag: string | undefined, manifest: RegistryManifest): Sim<void> {
    const into = this.#of(repository);
    into.manifests.set(manifest.digest, manifest);
    if (tag !== undefined) into.tags.set(tag, manifest.digest);
  }

  *removeManifest(repository: string, digest: string): Sim<boolean> {
    const found = this.#repositories.get(repository);
    if (!found?.manifests.delete(digest)) return false;
    for (const [tag, target] of [...found.tags]) if (target === digest) found.tags.delete(tag);
    return true;
  }

  #of(name: string): Repository {
    let found = this.#repositories.get(name);
    if (!found) {
      found = { tags: new Map(), manifests: new Map(), blobs: new Map() };
      this.#repositories.set(name, found);
    }
    return found;
  }
}
