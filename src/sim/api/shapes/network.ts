/** Bodies about networks, as the structs of moby's api/types/network. */
import { bool, int, list, map, pointer, string, strings, struct } from '../../lib/goDecode.ts';

const endpointSettings = struct('network.EndpointSettings', {
  IPAMConfig: pointer(struct('network.EndpointIPAMConfig', { IPv4Address: string(), IPv6Address: string(), LinkLocalIPs: strings })),
  Links: strings,
  Aliases: strings,
  MacAddress: string(),
  DriverOpts: map(string()),
  GwPriority: int('int'),
  NetworkID: string(),
  EndpointID: string(),
  Gateway: string(),
  IPAddress: string(),
  IPPrefixLen: int('int'),
  IPv6Gateway: string(),
  GlobalIPv6Address: string(),
  GlobalIPv6PrefixLen: int('int'),
  DNSNames: strings,
});

export const networkingConfig = struct('network.NetworkingConfig', { EndpointsConfig: map(pointer(endpointSettings)) });

const ipam = struct('network.IPAM', {
  Driver: string(),
  Options: map(string()),
  Config: list(struct('network.IPAMConfig', { Subnet: string(), IPRange: string(), Gateway: string(), AuxiliaryAddresses: map(string()) })),
});

const createOptions = struct('network.CreateOptions', {
  Driver: string(),
  Scope: string(),
  EnableIPv4: pointer(bool),
  EnableIPv6: pointer(bool),
  IPAM: pointer(ipam),
  Internal: bool,
  Attachable: bool,
  Ingress: bool,
  ConfigOnly: bool,
  ConfigFrom: pointer(struct('network.ConfigReference', { Network: string() })),
  Options: map(string()),
  Labels: map(string()),
});

/** POST /networks/create */
export const createRequest = struct(
  'network.CreateRequest',
  { Name: string(), CheckDuplicate: pointer(bool) },
  { CreateOptions: createOptions },
);
/** POST /networks/{id}/connect */
export const connectOptions = struct('network.ConnectOptions', { Container: string(), EndpointConfig: pointer(endpointSettings) });
/** POST /networks/{id}/disconnect */
export const disconnectOptions = struct('network.DisconnectOptions', { Container: string(), Force: bool });
