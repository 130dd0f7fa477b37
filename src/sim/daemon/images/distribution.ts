/** What a registry has under a name, without pulling it: GET /distribution/{name}/json. */
import type { AuthConfig, DistributionInspect } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { type Index, isIndex, type Manifest } from '../../oci/manifest.ts';
import { parseReference, withDefaultTag } from '../../oci/reference.ts';
import type { RegistryContext } from './context.ts';
import { RegistryClient } from './registryClient.ts';

export function* distributionInspect(d: RegistryContext, name: string, auth: AuthConfig): Sim<DistributionInspect> {
  const reference = withDefaultTag(parseReference(name));
  const client = new RegistryClient(reference.domain, { nameserver: d.nameserver, insecureRegistries: d.config.insecureRegistries, auth });
  const top = yield* client.manifest(reference.path, reference.digest ?? reference.tag ?? 'latest');
  const parsed = JSON.parse(top.text) as Manifest | Index;
  const Descriptor = { mediaType: top.mediaType, digest: top.digest, size: encodeUtf8(top.text).length };
  if (isIndex(parsed)) return { Descriptor, Platforms: parsed.manifests.flatMap((m) => (m.platform ? [m.platform] : [])) };
  const config = JSON.parse(yield* client.config(reference.path, parsed.config.digest)) as { os: string; architecture: string };
  return { Descriptor, Platforms: [{ architecture: config.architecture, os: config.os }] };
}
