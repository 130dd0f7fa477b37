/** Docker Hub's images: those of the catalogue, and what was pushed. Their names are not told. */
import { MemoryStore } from '../distribution/memoryStore.ts';
import type { RegistryStore } from '../distribution/store.ts';
import type { CatalogueStore } from './store.ts';

export function hubStore(catalogue: CatalogueStore): RegistryStore {
  const pushed = new MemoryStore();
  return {
    *manifest(repository, reference) {
      return catalogue.manifest(repository, reference) ?? (yield* pushed.manifest(repository, reference));
    },
    *blob(repository, digest) {
      return catalogue.blob(repository, digest) ?? (yield* pushed.blob(repository, digest));
    },
    *tags(repository) {
      return catalogue.tags(repository) ?? (yield* pushed.tags(repository));
    },
    *repositories() {
      return undefined;
    },
    writer: {
      begin: () => pushed.begin(),
      uploaded: (repository, upload) => pushed.uploaded(repository, upload),
      append: (repository, upload, data) => pushed.append(repository, upload, data),
      finish: (repository, upload, digest) => pushed.finish(repository, upload, digest),
      cancel: (repository, upload) => pushed.cancel(repository, upload),
      /** A layer of a catalogue image need not be sent, either. */
      *link(repository, digest, from) {
        const blob = catalogue.blob(from, digest);
        if (!blob) return yield* pushed.link(repository, digest, from);
        pushed.put(repository, blob);
        return true;
      },
      putManifest: (repository, tag, manifest) => pushed.putManifest(repository, tag, manifest),
      removeManifest: (repository, digest) => pushed.removeManifest(repository, digest),
    },
  };
}
