/** The networks of a new container: HostConfig.NetworkMode and the endpoints' settings. */

import type { EndpointSettings } from '../../../api/types/common.ts';
import { dictionary } from '../../../lib/dictionary.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import type { NetworkAttachment } from '../../cli/flags/network.ts';
import { EMPTY_ENDPOINT } from '../../engine/endpoint.ts';

const BUILT_IN = new Set(['bridge', 'host', 'none', 'default']);

export function isUserDefined(network: string): boolean {
  return !BUILT_IN.has(network) && !network.startsWith('container:');
}

export interface NetworkPlan {
  readonly mode: string;
  readonly endpoints: Readonly<Record<string, EndpointSettings>>;
}

export function planNetworks(flags: Flags): NetworkPlan {
  const asked = [...flags.parsed<NetworkAttachment>('network'), ...flags.parsed<NetworkAttachment>('net')];
  const given: readonly NetworkAttachment[] =
    asked.length > 0
      ? asked
      : [{ target: 'default', aliases: [], driverOpts: {}, ipv4: '', ipv6: '', linkLocal: [], mac: '', gwPriority: 0 }];
  const endpoints = dictionary<EndpointSettings>();
  let user = false;
  let builtIn = false;
  given.forEach((network, i) => {
    if (isUserDefined(network.target)) user = true;
    else builtIn = true;
    const links = i === 0 && isUserDefined(network.target) ? flags.list('link') : [];
    const full = i === 0 ? withContainerFlags(network, flags) : network;
    if (full.target.trim() === '') throw new CliError('no name set for network');
    if (!isUserDefined(full.target) && full.aliases.length > 0) {
      throw new CliError('network-scoped aliases are only supported for user-defined networks');
    }
    if (endpoints[full.target]) throw new CliError(`network "${full.target}" is specified multiple times`);
    checkMac(full.mac);
    const endpoint = endpointOf(full, links);
    // Without --network the client names 'default' here; a plain --network NAME stands in the mode only.
    if (asked.length === 1 && JSON.stringify(endpoint) === JSON.stringify(EMPTY_ENDPOINT)) return;
    endpoints[full.target] = endpoint;
  });
  if (user && builtIn) throw new CliError('conflicting options: cannot attach both user-defined and non-user-defined network-modes');
  const sorted = Object.fromEntries(Object.entries(endpoints).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { mode: given[0].target, endpoints: sorted };
}

function checkMac(mac: string): void {
  if (mac !== '' && !/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(mac)) throw new CliError(`${mac} is not a valid mac address`);
}

/** Flags of the container itself (--ip, --network-alias, ...) count for its first network. */
function withContainerFlags(network: NetworkAttachment, flags: Flags): NetworkAttachment {
  const conflict = (flag: string, what: string): never => {
    throw new CliError(`conflicting options: cannot specify both --${flag} and per-network ${what}`);
  };
  const aliases = [...flags.list('network-alias'), ...flags.list('net-alias')];
  if (network.aliases.length > 0 && aliases.length > 0) conflict('network-alias', 'alias');
  if (network.ipv4 !== '' && flags.string('ip') !== '') conflict('ip', 'IPv4 address');
  if (network.ipv6 !== '' && flags.string('ip6') !== '') conflict('ip6', 'IPv6 address');
  if (network.mac !== '' && flags.string('mac-address') !== '') conflict('mac-address', 'MAC address');
  if (network.linkLocal.length > 0 && flags.list('link-local-ip').length > 0) conflict('link-local-ip', 'link-local IP addresses');
  return {
    ...network,
    aliases: aliases.length > 0 ? aliases : network.aliases,
    ipv4: flags.string('ip') || network.ipv4,
    ipv6: flags.string('ip6') || network.ipv6,
    mac: flags.string('mac-address') || network.mac,
    linkLocal: flags.list('link-local-ip').length > 0 ? flags.list('link-local-ip') : network.linkLocal,
  };
}

function endpointOf(n: NetworkAttachment, links: readonly string[]): EndpointSettings {
  const ipam =
    n.ipv4 !== '' || n.ipv6 !== '' || n.linkLocal.length > 0
      ? {
          ...(n.ipv4 === '' ? {} : { IPv4Address: n.ipv4 }),
          ...(n.ipv6 === '' ? {} : { IPv6Address: n.ipv6 }),
          ...(n.linkLocal.length === 0 ? {} : { LinkLocalIPs: n.linkLocal }),
        }
      : null;
  return {
    ...EMPTY_ENDPOINT,
    IPAMConfig: ipam,
    Links: links.length > 0 ? links : null,
    Aliases: n.aliases.length > 0 ? n.aliases : null,
    MacAddress: n.mac,
    DriverOpts: Object.keys(n.driverOpts).length > 0 ? n.driverOpts : null,
    GwPriority: n.gwPriority,
  };
}
