import type { IpamConfig, NetworkCreateResponse } from '../../../api/types/network.ts';
import type { Cidr } from '../../../net/ip/address.ts';
import { cidrContains, cidrsOverlap, parseCidr, parseIpv4 } from '../../../net/ip/address.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';

export const command = defineCommand({
  path: 'network create',
  *run({ cli, flags, args: [name] }) {
    const json = {
      Driver: flags.string('driver'),
      Scope: flags.string('scope'),
      ...(flags.changed('ipv4') ? { EnableIPv4: flags.bool('ipv4') } : {}),
      ...(flags.changed('ipv6') ? { EnableIPv6: flags.bool('ipv6') } : {}),
      IPAM: { Driver: flags.string('ipam-driver'), Options: flags.map('ipam-opt'), Config: planSubnets(flags) },
      Internal: flags.bool('internal'),
      Attachable: flags.bool('attachable'),
      Ingress: flags.bool('ingress'),
      ConfigOnly: flags.bool('config-only'),
      ConfigFrom: flags.string('config-from') === '' ? null : { Network: flags.string('config-from') },
      Options: flags.map('opt'),
      Labels: flags.map('label'),
      Name: name,
    };
    const engine = yield* cli.engine();
    const response = yield* engine.json<NetworkCreateResponse>('POST', '/networks/create', { json });
    // Its warning is not told.
    yield* cli.out(`${response.Id}\n`);
  },
});

/** Gives each gateway, range and auxiliary address to the subnet that holds it. */
function planSubnets(flags: Flags): readonly IpamConfig[] {
  const subnets = flags.list('subnet');
  const ranges = flags.list('ip-range');
  const gateways = flags.list('gateway');
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new CliError('every ip-range or gateway must have a corresponding subnet');
  }
  const plan = new Map<string, { Subnet: string; IPRange?: string; Gateway?: string; AuxiliaryAddresses?: Record<string, string> }>();
  for (const subnet of subnets) {
    for (const other of plan.keys()) {
      const [a, b] = [parseCidr(subnet), parseCidr(other)];
      if (a && b && cidrsOverlap(a, b)) throw new CliError('multiple overlapping subnet configuration is not supported');
    }
    plan.set(subnet, { Subnet: subnet });
  }
  for (const range of ranges) {
    const config = [...plan.values()].find((c) => holdsRange(c.Subnet, parseCidr(range)));
    if (!config) throw new CliError(`no matching subnet for range ${range}`);
    if (config.IPRange !== undefined) throw new CliError('cannot configure multiple ranges on the same subnet');
    config.IPRange = range;
  }
  for (const gateway of gateways) {
    const config = [...plan.values()].find((c) => holds(c.Subnet, gateway));
    if (!config) throw new CliError(`no matching subnet for gateway ${gateway}`);
    if (config.Gateway !== undefined) throw new CliError('cannot configure multiple gateways on the same subnet');
    config.Gateway = gateway;
  }
  for (const [name, address] of Object.entries(flags.map('aux-address'))) {
    const config = [...plan.values()].find((c) => holds(c.Subnet, address));
    if (!config) throw new CliError(`no matching subnet for aux-address ${address}`);
    config.AuxiliaryAddresses = { ...config.AuxiliaryAddresses, [name]: address };
  }
  return [...plan.values()];
}

/** IPv6 subnets are compared by their text: the simulated daemon checks them. */
function holds(subnet: string, address: string): boolean {
  const cidr = parseCidr(subnet);
  const ip = parseIpv4(address);
  if (cidr === null || ip === null) return subnet.includes(':') && address.includes(':');
  return cidrContains(cidr, ip);
}

function holdsRange(subnet: string, range: Cidr | null): boolean {
  const cidr = parseCidr(subnet);
  return cidr === null || range === null ? cidr === range : cidrContains(cidr, range.base);
}
