/** The part of Docker Hub that loads late: its catalogue and the distribution server. */
import type { Sim } from '../../kernel/sim.ts';
import type { Certificate } from '../../net/tls.ts';
import { tokenAccess } from '../../registry/distribution/access.ts';
import { serveRegistry } from '../../registry/distribution/server.ts';
import { catalogue } from '../../registry/hub/catalogue.ts';
import { fromDefinitions, type ImageDefinition } from '../../registry/hub/definitions.ts';
import type { CatalogueImage } from '../../registry/hub/image.ts';
import { CatalogueStore, servedCatalogue } from '../../registry/hub/store.ts';
import type { RegistrySource } from './registry.ts';

export function offeredImages(source: RegistrySource | undefined): readonly CatalogueImage[] {
  return source ? fromDefinitions(source.offered as readonly ImageDefinition[]) : catalogue();
}

export function serveHub(listenFd: number, source: RegistrySource | undefined, certificate: Certificate | undefined): Sim<never> {
  return serveRegistry(listenFd, {
    store: servedCatalogue(new CatalogueStore(offeredImages(source))),
    access: tokenAccess('https://auth.docker.io/token', 'registry.docker.io'),
    secretive: true,
    deletes: false,
    certificate,
  });
}
