/** The part of Docker Hub that loads late: its catalogue, the distribution server, tokens and search. */
import type { Sim } from '../../kernel/sim.ts';
import { thread } from '../../kernel/syscalls.ts';
import type { Certificate } from '../../net/tls.ts';
import { type RegistryOptions, serveRegistry } from '../../registry/distribution/server.ts';
import { handOutToken, tokenAccess } from '../../registry/hub/accounts.ts';
import { catalogue } from '../../registry/hub/catalogue.ts';
import { fromDefinitions, type ImageDefinition } from '../../registry/hub/definitions.ts';
import { hubStore } from '../../registry/hub/hubStore.ts';
import type { CatalogueImage } from '../../registry/hub/image.ts';
import { answerSearch } from '../../registry/hub/search.ts';
import { CatalogueStore } from '../../registry/hub/store.ts';
import type { RegistrySource } from './registrySource.ts';

export function offeredImages(source: RegistrySource | undefined): readonly CatalogueImage[] {
  return source ? fromDefinitions(source.offered as readonly ImageDefinition[]) : catalogue();
}

/** Serves on two listening sockets for ever: with TLS on one, plain on the other. */
export function* serveHub(secure: number, plain: number, source: RegistrySource | undefined, certificate: Certificate): Sim<never> {
  const store = hubStore(new CatalogueStore(offeredImages(source), source ? 'docker' : 'oci'));
  const options: RegistryOptions = {
    store,
    access: tokenAccess(),
    deletes: false,
    certificate: undefined,
    *other(req, res) {
      if (req.path === '/token') yield* handOutToken(store, req, res);
      else if (req.path === '/v1/search') yield* answerSearch(req, res);
      else return false;
      return true;
    },
  };
  yield* thread(() => serveRegistry(secure, { ...options, certificate }));
  return yield* serveRegistry(plain, options);
}
