/** Docker remembers in which repositories of which registries it has seen a layer: it need not be sent there again. */
import { type Reference, repositoryName } from '../../oci/reference.ts';
import type { RegistryContext } from './context.ts';

export function noteOrigin(d: RegistryContext, digest: string, reference: Reference): void {
  const known = d.origins.get(digest) ?? new Set();
  d.origins.set(digest, known.add(repositoryName(reference)));
}

export function hasOrigin(d: RegistryContext, digest: string, reference: Reference): boolean {
  return d.origins.get(digest)?.has(repositoryName(reference)) === true;
}

/** Another repository of the same registry that has the layer: its path. */
export function mountCandidate(d: RegistryContext, digest: string, reference: Reference): string | undefined {
  const prefix = `${reference.domain}/`;
  const found = [...(d.origins.get(digest) ?? [])].find((name) => name.startsWith(prefix) && name !== repositoryName(reference));
  return found?.slice(prefix.length);
}
