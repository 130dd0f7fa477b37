/** Parts of a container's record as both list and inspect show them. */
import type { EndpointSettings, MountPoint } from '../../api/types/common.ts';
import type { PortSummary } from '../../api/types/container.ts';
import type { ContainerRecord } from '../records.ts';

/** By network name, in the order of the names. */
export function endpointMap(c: ContainerRecord): Readonly<Record<string, EndpointSettings>> {
  const sorted = c.network.endpoints.toSorted((a, b) => (a.network < b.network ? -1 : 1));
  return Object.fromEntries(sorted.map((e) => [e.network, e.settings]));
}

export function mountPoints(c: ContainerRecord): readonly MountPoint[] {
  return c.mounts
    .filter((m) => m.origin !== 'tmpfs')
    .map((m) => ({
      Type: m.Type,
      ...(m.Name ? { Name: m.Name } : {}),
      Source: m.Source,
      Destination: m.Destination,
      ...(m.Driver ? { Driver: m.Driver } : {}),
      Mode: m.Mode,
      RW: m.RW,
      Propagation: m.Propagation,
    }));
}

export function portSummaries(c: ContainerRecord): PortSummary[] {
  const out: PortSummary[] = [];
  for (const [port, bindings] of Object.entries(c.network.ports)) {
    const [number, protocol = 'tcp'] = port.split('/');
    if (!bindings || bindings.length === 0) {
      out.push({ PrivatePort: Number(number), Type: protocol });
      continue;
    }
    for (const binding of bindings) {
      out.push({ IP: binding.HostIp, PrivatePort: Number(number), PublicPort: Number(binding.HostPort), Type: protocol });
    }
  }
  return out;
}
