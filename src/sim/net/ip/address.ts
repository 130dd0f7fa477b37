/**
 * IP addresses as text ('172.17.0.2', '::1') and IPv4 addresses as unsigned 32-bit numbers, which is what routing and
 * address management calculate with.
 */

/** Null unless it is four decimal parts of 0..255 without leading zeros, as inet_pton(3) has it. */
export function parseIpv4(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return null;
  let value = 0;
  for (const part of match.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part[0] === '0')) return null;
    value = value * 256 + Number(part);
  }
  return value;
}

export function formatIpv4(value: number): string {
  return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

export function isIpv4(text: string): boolean {
  return parseIpv4(text) !== null;
}

/** Eight 16-bit groups, or null. An embedded IPv4 tail is understood. */
export function parseIpv6(text: string): readonly number[] | null {
  let source = text;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail) {
    const v4 = parseIpv4(tail[2]);
    if (v4 === null) return null;
    source = `${tail[1]}${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return null;
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const left = groups(halves[0]);
  const right = halves.length === 2 ? groups(halves[1]) : [];
  if (![...left, ...right].every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...left, ...Array<string>(missing).fill('0'), ...right].map((group) => Number.parseInt(group, 16));
}

export function isIpv6(text: string): boolean {
  return parseIpv6(text) !== null;
}

/** The shortest form (RFC 5952). */
export function formatIpv6(groups: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && groups[i + length] === 0) length++;
    if (length > best.length) best = { at: i, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}

/** One spelling per address: '::ffff:10.0.0.1' becomes '10.0.0.1'. Null if it is no address. */
export function canonicalAddress(text: string): string | null {
  if (isIpv4(text)) return text;
  const groups = parseIpv6(text);
  if (!groups) return null;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return formatIpv4(groups[6] * 65536 + groups[7]);
  return formatIpv6(groups);
}

/** An IPv4 network: '172.17.0.0/16'. */
export interface Cidr {
  readonly base: number;
  readonly bits: number;
}

export function netmask(bits: number): number {
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}

/** Null unless it is ADDRESS/BITS. The address may have host bits: see {@link networkOf}. */
export function parseCidr(text: string): Cidr | null {
  const match = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  const base = match ? parseIpv4(match[1]) : null;
  if (!match || base === null || Number(match[2]) > 32) return null;
  return { base, bits: Number(match[2]) };
}

export function networkOf(cidr: Cidr): Cidr {
  return { base: (cidr.base & netmask(cidr.bits)) >>> 0, bits: cidr.bits };
}

export function formatCidr(cidr: Cidr): string {
  return `${formatIpv4(cidr.base)}/${cidr.bits}`;
}

export function cidrContains(cidr: Cidr, address: number): boolean {
  const mask = netmask(cidr.bits);
  return (address & mask) >>> 0 === (cidr.base & mask) >>> 0;
}

export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return cidrContains(a, b.base) || cidrContains(b, a.base);
}

export function broadcastOf(cidr: Cidr): number {
  return (cidr.base | ~netmask(cidr.bits)) >>> 0;
}

/** 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
