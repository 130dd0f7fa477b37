import { canonicalAddress } from '../ip/address.ts';

/** What resolv.conf(5) says, with the defaults of glibc. */
export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** Names with at least this many dots are tried as they are first. */
  readonly ndots: number;
  /** Seconds to wait for one server. */
  readonly timeout: number;
  readonly attempts: number;
}

export function parseResolvConf(text: string): ResolvConf {
  const nameservers: string[] = [];
  let search: string[] = [];
  let options: string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && values[0]) nameservers.push(values[0]);
    else if (keyword === 'search' || keyword === 'domain') search = values;
    else if (keyword === 'options') options = [...options, ...values];
  }
  const option = (name: string, fallback: number) => {
    const value = options.find((o) => o.startsWith(`${name}:`))?.slice(name.length + 1);
    return value && /^\d+$/.test(value) ? Number(value) : fallback;
  };
  return {
    nameservers: nameservers.slice(0, 3),
    search,
    ndots: option('ndots', 1),
    timeout: option('timeout', 5),
    attempts: option('attempts', 2),
  };
}

export interface HostsEntry {
  readonly address: string;
  readonly names: readonly string[];
}

/** hosts(5): address, canonical name, aliases. */
export function parseHosts(text: string): readonly HostsEntry[] {
  const entries: HostsEntry[] = [];
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (address && names.length > 0 && canonicalAddress(address) !== null) entries.push({ address, names });
  }
  return entries;
}
