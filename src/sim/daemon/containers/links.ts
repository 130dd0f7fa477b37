/** `--link` on the default bridge: what a container is told in its environment of the ones it is linked to. */
import { tryFindContainer } from '../find.ts';
import { linksOf, linkTarget } from '../links.ts';
import type { ContainerRecord } from '../records.ts';
import type { ContainerServices } from './services.ts';

interface Port {
  readonly number: number;
  readonly proto: string;
}

/** `--link` outside of networks that a user made: the others must be there when the container is created. Throws invalid. */
export function checkLinks(d: ContainerServices, c: ContainerRecord): void {
  if (!['default', 'bridge', 'none'].includes(c.hostConfig.NetworkMode)) return;
  for (const link of linksOf(c)) linkTarget(d.records, link);
}

/** moby's daemon/links: ALIAS_PORT, ALIAS_PORT_80_TCP and its parts, ranges of ports, ALIAS_NAME, ALIAS_ENV_*. */
export function linkEnvironment(d: ContainerServices, c: ContainerRecord): string[] {
  if (!['default', 'bridge'].includes(c.hostConfig.NetworkMode)) return [];
  return linksOf(c).flatMap(({ target, name }) => {
    const other = tryFindContainer(d.records, target);
    const address = other?.network.endpoints.find((endpoint) => endpoint.network === 'bridge')?.settings.IPAddress ?? '';
    if (!other) return [];
    return variablesOf(`/${c.name}/${name}`, name, address, portsOf(other), other.config.Env ?? []);
  });
}

/** Exposed ports, TCP first, each by number. */
function portsOf(c: ContainerRecord): Port[] {
  const rank = (port: Port) => (port.proto === 'tcp' ? 0 : 1);
  return Object.keys(c.config.ExposedPorts ?? {})
    .map((text) => ({ number: Number(text.split('/')[0]), proto: text.split('/')[1] ?? 'tcp' }))
    .sort((a, b) => rank(a) - rank(b) || (a.proto < b.proto ? -1 : a.proto > b.proto ? 1 : 0) || a.number - b.number);
}

function variablesOf(linkName: string, name: string, address: string, ports: readonly Port[], env: readonly string[]): string[] {
  const alias = name.toUpperCase().replaceAll('-', '_');
  const url = (port: Port) => `${port.proto}://${address}:${port.number}`;
  const prefixOf = (port: Port) => `${alias}_PORT_${port.number}_${port.proto.toUpperCase()}`;
  const out: string[] = ports.length === 0 ? [] : [`${alias}_PORT=${url(ports[0])}`];
  let [start, end] = [ports[0], ports[0]];
  for (const [i, port] of ports.entries()) {
    const prefix = prefixOf(port);
    out.push(`${prefix}=${url(port)}`, `${prefix}_ADDR=${address}`, `${prefix}_PORT=${port.number}`, `${prefix}_PROTO=${port.proto}`);
    if (port.number === end.number + 1 && port.proto === end.proto) {
      end = port;
      if (i < ports.length - 1) continue;
    }
    if (end !== start) {
      const first = prefixOf(start);
      out.push(`${first}_START=${url(start)}`, `${first}_PORT_START=${start.number}`);
      out.push(`${first}_END=${url(end)}`, `${first}_PORT_END=${end.number}`);
    }
    [start, end] = [port, port];
  }
  out.push(`${alias}_NAME=${linkName}`);
  for (const entry of env) {
    const [key, value] = entry.split(/=(.*)/s);
    if (value !== undefined && key !== 'HOME' && key !== 'PATH') out.push(`${alias}_ENV_${key}=${value}`);
  }
  return out;
}
