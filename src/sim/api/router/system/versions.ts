/** What older versions of the API say of the engine. */
import type { Info } from '../../types/system.ts';
import { olderThan } from '../../version.ts';

export function infoFor(req: { readonly version: string }, info: Info): object {
  const out: Record<string, unknown> = { ...info };
  if (olderThan(req, '1.25')) out.SecurityOptions = info.SecurityOptions.map((option) => /^name=([^,]*)/.exec(option)?.[1] ?? option);
  if (olderThan(req, '1.44')) out.Runtimes = Object.fromEntries(Object.entries(info.Runtimes).map(([name, { path }]) => [name, { path }]));
  if (olderThan(req, '1.46')) delete out.Containerd;
  if (olderThan(req, '1.47')) {
    out.RegistryConfig = {
      AllowNondistributableArtifactsCIDRs: null,
      AllowNondistributableArtifactsHostnames: null,
      ...info.RegistryConfig,
    };
  }
  if (olderThan(req, '1.49')) {
    delete out.FirewallBackend;
    for (const name of ['ContainerdCommit', 'RuncCommit', 'InitCommit'] as const) out[name] = { ...info[name], Expected: info[name].ID };
  }
  if (olderThan(req, '1.50')) {
    delete out.DiscoveredDevices;
    out.BridgeNfIptables = false;
    out.BridgeNfIp6tables = false;
  }
  return out;
}
