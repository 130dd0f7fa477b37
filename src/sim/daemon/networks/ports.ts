/** Published ports: what was asked for becomes bindings, host ports are chosen, conflicts are named as Docker names them. */
import type { PortBinding, PortMap } from '../../api/types/common.ts';
import type { HostConfig } from '../../api/types/container.ts';
import { EPHEMERAL_FIRST, EPHEMERAL_LAST } from '../../net/transport/sockets.ts';
import { system } from '../errors.ts';

export interface PortRequest {
  readonly port: number;
  readonly proto: string;
  /** '' for all addresses. */
  readonly hostAddress: string;
  /** Undefined: any ephemeral port. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** Bindings of PortBindings, and of exposed ports with -P. Sorted by port and protocol, as Docker maps them. */
export function portRequests(
  hostConfig: Pick<HostConfig, 'PortBindings' | 'PublishAllPorts'>,
  exposed: readonly string[],
): readonly PortRequest[] {
  const requests: PortRequest[] = [];
  const bindings = hostConfig.PortBindings ?? {};
  const keys = [...new Set([...Object.keys(bindings), ...exposed])]
    .map(portKey)
    .sort((a, b) => a.port - b.port || (a.proto < b.proto ? -1 : 1));
  for (const { key, port, proto } of keys) {
    const bound = Object.hasOwn(bindings, key) ? bindings[key] : undefined;
    const wanted = bound ?? [];
    for (const binding of wanted) requests.push({ port, proto, hostAddress: binding.HostIp, ...portRange(binding.HostPort) });
    if (wanted.length === 0 && (hostConfig.PublishAllPorts || (bound !== undefined && bound !== null))) {
      requests.push({ port, proto, hostAddress: '', first: undefined, last: undefined });
    }
  }
  return requests;
}

function portKey(key: string): { key: string; port: number; proto: string } {
  const [port, proto = 'tcp'] = key.split('/');
  return { key, port: Number(port), proto };
}

function portRange(text: string): { first: number | undefined; last: number | undefined } {
  if (text === '' || text === '0') return { first: undefined, last: undefined };
  const [first, last = first] = text.split('-').map(Number);
  return { first, last };
}

/** Host ports in use by containers of one daemon. */
export class PortAllocator {
  readonly #taken = new Set<string>();
  /** Random ports go round: the one after the last that was given. */
  #next = EPHEMERAL_FIRST;

  #free(proto: string, addresses: readonly string[], port: number): boolean {
    return addresses.every((address) => {
      if (this.#taken.has(`${proto} ${address} ${port}`)) return false;
      const any = address.includes(':') ? '::' : '0.0.0.0';
      if (address !== any) return !this.#taken.has(`${proto} ${any} ${port}`);
      return ![...this.#taken].some(
        (key) => key.startsWith(`${proto} `) && key.endsWith(` ${port}`) && key.includes(':') === any.includes(':'),
      );
    });
  }

  /** One port that is free on all addresses. Throws `Bind for ... failed: port is already allocated`. */
  take(request: PortRequest, addresses: readonly string[]): number {
    if (request.first !== undefined) {
      for (let port = request.first; port <= (request.last ?? request.first); port++) {
        if (this.#free(request.proto, addresses, port)) return this.#claim(request.proto, addresses, port);
      }
      if (request.last === request.first)
        throw system(`Bind for ${hostPort(addresses[0], request.first)} failed: port is already allocated`);
      throw system('all ports are allocated');
    }
    for (let tries = 0; tries <= EPHEMERAL_LAST - EPHEMERAL_FIRST; tries++) {
      const port = this.#next;
      this.#next = port === EPHEMERAL_LAST ? EPHEMERAL_FIRST : port + 1;
      if (this.#free(request.proto, addresses, port)) return this.#claim(request.proto, addresses, port);
    }
    throw system('all ports are allocated');
  }

  #claim(proto: string, addresses: readonly string[], port: number): number {
    for (const address of addresses) this.#taken.add(`${proto} ${address} ${port}`);
    return port;
  }

  give(proto: string, address: string, port: number): void {
    this.#taken.delete(`${proto} ${address} ${port}`);
  }
}

export function hostPort(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** Addresses that one binding listens on: both families when none was named. */
export function bindAddresses(hostAddress: string): readonly string[] {
  return hostAddress === '' ? ['0.0.0.0', '::'] : [hostAddress];
}

/** `NetworkSettings.Ports`: exposed ports without a binding are null. */
export function portMap(
  exposed: readonly string[],
  bound: readonly { readonly port: number; readonly proto: string; readonly binding: PortBinding }[],
): PortMap {
  const map = new Map<string, PortBinding[] | null>();
  for (const key of exposed) map.set(key.includes('/') ? key : `${key}/tcp`, null);
  for (const { port, proto, binding } of bound) {
    const key = `${port}/${proto}`;
    map.set(key, [...(map.get(key) ?? []), binding]);
  }
  return Object.fromEntries(map);
}
