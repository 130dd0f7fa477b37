/** Port specifications: `-p [ip:][host:]container[/proto]` with ranges, and `--expose`. */
import type { PortBinding } from '../../../api/types/common.ts';
import { isIpv4, isIpv6 } from '../../../net/ip/address.ts';
import { CliError } from '../errors.ts';

export interface PublishedPorts {
  readonly exposed: readonly string[];
  readonly bindings: ReadonlyMap<string, readonly PortBinding[]>;
}

const PROTOCOLS = new Set(['tcp', 'udp', 'sctp']);

/** Go's strconv.ParseUint of a port. */
function port(text: string): number {
  if (!/^\d+$/.test(text)) throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text);
  if (value > 65_535) throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}

/** '80' or '80-90' */
function portRange(text: string): readonly [start: number, end: number] {
  if (text === '') throw new CliError('empty string specified for ports');
  const at = text.indexOf('-');
  if (at < 0) return [port(text), port(text)];
  const start = port(text.slice(0, at));
  const end = port(text.slice(at + 1));
  if (end < start) throw new CliError(`invalid range specified for port: ${text}`);
  return [start, end];
}

function tryRange(text: string, message: string): readonly [number, number] {
  try {
    return portRange(text);
  } catch {
    throw new CliError(message);
  }
}

/** '80/udp' to ['80', 'udp']. What follows a second slash is not looked at. */
export function splitProtocol(text: string): readonly [port: string, protocol: string] {
  const [port, protocol] = text.split('/');
  return [port, protocol || 'tcp'];
}

/** `published=8080,target=80,protocol=tcp` in the short form. */
function standardForm(spec: string): string {
  if (!spec.includes('=')) return spec;
  const values: Record<string, string> = { protocol: 'tcp' };
  for (const param of spec.split(',')) {
    const [key, value] = param.split('=', 2);
    if (value === undefined || value === '') throw new CliError(`invalid publish opts format (should be name=value but got '${param}')`);
    values[key] = value;
  }
  return `${values.published ?? ''}:${values.target ?? ''}/${values.protocol}`;
}

export function parsePublished(specs: readonly string[]): PublishedPorts {
  const exposed: string[] = [];
  const bindings = new Map<string, PortBinding[]>();
  for (const spec of specs.map(standardForm)) {
    const parts = spec.split(':');
    const container = parts.pop()!;
    const host = parts.pop() ?? '';
    let ip = parts.join(':');
    const [range, protocolText] = splitProtocol(container);
    const protocol = protocolText.toLowerCase();
    if (ip !== '') {
      if (ip.startsWith('[') && ip.endsWith(']')) ip = ip.slice(1, -1);
      if (!isIpv4(ip) && !isIpv6(ip)) throw new CliError(`invalid IP address: ${ip}`);
    }
    if (range === '') throw new CliError(`no port specified: ${spec}<empty>`);
    const [start, end] = tryRange(range, `invalid containerPort: ${range}`);
    const [hostStart, hostEnd] = host === '' ? [0, 0] : tryRange(host, `invalid hostPort: ${host}`);
    if (host !== '' && end - start !== hostEnd - hostStart && end !== start) {
      throw new CliError(`invalid ranges specified for container and host Ports: ${range} and ${host}`);
    }
    if (!PROTOCOLS.has(protocol)) throw new CliError(`invalid proto: ${protocolText}`);
    for (let i = 0; i <= end - start; i++) {
      const name = `${start + i}/${protocol}`;
      const single = start === end && hostStart !== hostEnd;
      const hostPort = host === '' ? '' : single ? `${hostStart}-${hostEnd}` : String(hostStart + i);
      exposed.push(name);
      bindings.set(name, [...(bindings.get(name) ?? []), { HostIp: ip, HostPort: hostPort }]);
    }
  }
  return { exposed, bindings };
}

export function parseExposed(specs: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const spec of specs) {
    if (spec.includes(':')) throw new CliError(`invalid port format for --expose: ${spec}`);
    const [range, protocol] = splitProtocol(spec);
    let ends: readonly [number, number];
    try {
      ends = portRange(range);
    } catch (error) {
      throw new CliError(`invalid range format for --expose: ${spec}, error: ${(error as Error).message}`);
    }
    for (let p = ends[0]; p <= ends[1]; p++) out.push(`${p}/${protocol}`);
  }
  return out;
}
