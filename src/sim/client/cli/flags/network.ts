/** --network name | name=...,alias=...,ip=... */
import { dictionary } from '../../../lib/dictionary.ts';
import { csvFields } from './csv.ts';

export interface NetworkAttachment {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly driverOpts: Readonly<Record<string, string>>;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocal: readonly string[];
  readonly mac: string;
  readonly gwPriority: number;
}

export function parseNetwork(text: string): NetworkAttachment {
  const out = {
    target: '',
    aliases: [] as string[],
    driverOpts: dictionary<string>(),
    ipv4: '',
    ipv6: '',
    linkLocal: [] as string[],
    mac: '',
    gwPriority: 0,
  };
  // 'name=' is the name of a network, odd as that is.
  if (!/\w=\w/.test(text)) return { ...out, target: text };
  for (const field of csvFields(text)) {
    const at = field.indexOf('=');
    const key = (at < 0 ? field : field.slice(0, at)).trim().toLowerCase();
    if (at < 0) throw new Error(`invalid field ${key}`);
    const value = field.slice(at + 1).trim();
    switch (key) {
      case 'name':
        out.target = value;
        break;
      case 'alias':
        out.aliases.push(value);
        break;
      case 'ip':
        out.ipv4 = value;
        break;
      case 'ip6':
        out.ipv6 = value;
        break;
      case 'mac-address':
        out.mac = value;
        break;
      case 'link-local-ip':
        out.linkLocal.push(value);
        break;
      case 'gw-priority':
        if (!/^[+-]?\d+$/.test(value)) throw new Error(`invalid gw-priority (${value}): invalid syntax`);
        out.gwPriority = Number(value);
        break;
      case 'driver-opt': {
        const split = value.indexOf('=');
        if (split < 0) throw new Error('invalid key value pair format in driver options');
        out.driverOpts[value.slice(0, split).trim().toLowerCase()] = value
          .slice(split + 1)
          .trim()
          .toLowerCase();
        break;
      }
      default:
        throw new Error(`invalid field key ${key}`);
    }
  }
  if (out.target === '') throw new Error('network name/id is not specified');
  return out;
}
