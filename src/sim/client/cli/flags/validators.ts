import { isIpv4, isIpv6 } from '../../../net/ip/address.ts';

/** Checks of single values, by the name of the flag. Each gives the value as it is kept. */
type Validator = (text: string) => string;

function attach(text: string): string {
  const lower = text.toLowerCase();
  if (lower !== 'stdin' && lower !== 'stdout' && lower !== 'stderr') throw new Error('valid streams are STDIN, STDOUT and STDERR');
  return lower;
}

function environment(text: string): string {
  if (text === '' || text.startsWith('=')) throw new Error(`invalid environment variable: ${text}`);
  return text;
}

function label(text: string): string {
  const at = text.indexOf('=');
  const key = at < 0 ? text : text.slice(0, at);
  if (key.trim() === '') throw new Error(`invalid label '${text}': empty name`);
  if (/\s/.test(key)) throw new Error(`label '${key}' contains whitespaces`);
  return text;
}

const isAddress = (text: string): boolean => isIpv4(text) || isIpv6(text);

function address(text: string): string {
  const trimmed = text.trim();
  if (!isAddress(trimmed)) throw new Error(`IP address is not correctly formatted: ${text}`);
  return trimmed;
}

function extraHost(text: string): string {
  const at = text.search(/[=:]/);
  if (at <= 0) throw new Error(`bad format for add-host: ${JSON.stringify(text)}`);
  const name = text.slice(0, at);
  let ip = text.slice(at + 1);
  if (ip.startsWith('[') && ip.endsWith(']')) ip = ip.slice(1, -1);
  if (ip !== 'host-gateway' && !isAddress(ip)) throw new Error(`invalid IP address in add-host: ${JSON.stringify(ip)}`);
  return `${name}:${ip}`;
}

function link(text: string): string {
  const parts = text.split(':');
  if (text === '') throw new Error('empty string specified for links');
  if (parts.length > 2) throw new Error(`bad format for links: ${text}`);
  return text;
}

/** Kernel parameters with a namespace of their own. */
const SYSCTLS = new Set(
  'kernel.msgmax kernel.msgmnb kernel.msgmni kernel.sem kernel.shmall kernel.shmmax kernel.shmmni kernel.shm_rmid_forced'.split(' '),
);

function sysctl(text: string): string {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (at >= 0 && (SYSCTLS.has(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.'))) return text;
  throw new Error(`sysctl '${text}' is not allowed`);
}

function blockDevice(what: string, units: string): Validator {
  return (text) => {
    const at = text.indexOf(':');
    if (at < 0) throw new Error(`bad format: ${text}`);
    if (!text.startsWith('/dev/')) throw new Error(`bad format for device path: ${text}`);
    if (!new RegExp(`^\\d+${units}$`, 'i').test(text.slice(at + 1)))
      throw new Error(`invalid rate for device: ${text}. The correct format is <device-path>:${what}`);
    return text;
  };
}

const RATE = '<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb';
const COUNT = '<number>. Number must be a positive integer';

function weightDevice(text: string): string {
  const at = text.indexOf(':');
  if (at < 0) throw new Error(`bad format: ${text}`);
  if (!text.startsWith('/dev/')) throw new Error(`bad format for device path: ${text}`);
  const weight = Number(text.slice(at + 1));
  if (!/^\d+$/.test(text.slice(at + 1)) || (weight > 0 && (weight < 10 || weight > 1000)))
    throw new Error(`invalid weight for device: ${text}`);
  return text;
}

/** Parts of letters, digits and hyphens, none of them at an end; at least one letter is asked for apart. */
const DOMAIN = /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*\.?$/;

function dnsSearch(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '.') return trimmed;
  if (!DOMAIN.test(trimmed) || !/[a-zA-Z]/.test(trimmed) || trimmed.length >= 255) throw new Error(`${text} is not a valid domain`);
  return trimmed;
}

function deviceCgroupRule(text: string): string {
  if (!/^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(text)) throw new Error(`invalid device cgroup format '${text}'`);
  return text;
}

export const validators: Readonly<Record<string, Validator>> = {
  attach,
  env: environment,
  label,
  'env-add': environment,
  'container-label': label,
  'container-label-add': label,
  'dns-add': address,
  'dns-search-add': dnsSearch,
  'host-add': extraHost,
  dns: address,
  'add-host': extraHost,
  link,
  sysctl,
  'dns-search': dnsSearch,
  'device-cgroup-rule': deviceCgroupRule,
  'blkio-weight-device': weightDevice,
  'device-read-bps': blockDevice(RATE, '[kmgtb]*'),
  'device-write-bps': blockDevice(RATE, '[kmgtb]*'),
  'device-read-iops': blockDevice(COUNT, ''),
  'device-write-iops': blockDevice(COUNT, ''),
};
