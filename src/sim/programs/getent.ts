/** getent: databases of the name service switch. */

import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { readText, write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { parseHosts } from '../net/dns/resolvConf.ts';
import { HostNotFound, resolveHost } from '../net/dns/resolve.ts';

const FILES: Readonly<Record<string, { readonly path: string; readonly keys: readonly number[] }>> = {
  passwd: { path: '/etc/passwd', keys: [0, 2] },
  group: { path: '/etc/group', keys: [0, 2] },
  shadow: { path: '/etc/shadow', keys: [0] },
};
const SERVICES: readonly (readonly [string, string])[] = [
  ['ftp', '21/tcp'],
  ['ssh', '22/tcp'],
  ['smtp', '25/tcp'],
  ['domain', '53/tcp'],
  ['http', '80/tcp'],
  ['https', '443/tcp'],
  ['mysql', '3306/tcp'],
  ['postgresql', '5432/tcp'],
  ['redis', '6379/tcp'],
];

function* text(path: string): Sim<string> {
  try {
    return yield* readText(path);
  } catch (error) {
    if (error instanceof Errno) return '';
    throw error;
  }
}

function* main(argv: readonly string[]): Sim<number> {
  const [database, ...keys] = argv.slice(1).filter((arg) => !arg.startsWith('-'));
  if (database === undefined) {
    yield* write(2, "getent: wrong number of arguments\nTry `getent --help' or `getent --usage' for more information.\n");
    return 1;
  }
  const file = own(FILES, database);
  if (file) {
    const lines = (yield* text(file.path)).split('\n').filter((line) => line !== '');
    const found =
      keys.length === 0
        ? lines
        : keys.flatMap((key) => lines.filter((line) => file.keys.some((k) => line.split(':')[k] === key)).slice(0, 1));
    yield* write(1, found.map((line) => `${line}\n`).join(''));
    return keys.length > 0 && found.length < keys.length ? 2 : 0;
  }
  if (database === 'hosts' || database === 'ahosts' || database === 'ahostsv4') return yield* hosts(database, keys);
  if (database === 'services') {
    const found = SERVICES.filter(
      ([name, port]) => keys.length === 0 || keys.some((key) => key === name || key === port || key === port.split('/')[0]),
    );
    yield* write(1, found.map(([name, port]) => `${name.padEnd(21)} ${port}\n`).join(''));
    return found.length === 0 ? 2 : 0;
  }
  yield* write(2, `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`);
  return 1;
}

function* hosts(database: string, keys: readonly string[]): Sim<number> {
  const entries = parseHosts(yield* text('/etc/hosts'));
  if (keys.length === 0) {
    yield* write(1, entries.map((e) => `${e.address.padEnd(15)} ${e.names.join(' ')}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const key of keys) {
    try {
      const addresses = yield* resolveHost(key);
      if (database === 'hosts') {
        const entry = entries.find((e) => e.names.includes(key) || e.address === key);
        const list = entry ? [addresses[0]] : addresses;
        yield* write(1, list.map((address) => `${address.padEnd(15)} ${entry ? entry.names.join(' ') : key}\n`).join(''));
      } else {
        const list = database === 'ahostsv4' ? addresses.filter((a) => !a.includes(':')) : addresses;
        yield* write(
          1,
          list.map((a, i) => `${a.padEnd(15)} STREAM ${i === 0 ? key : ''}\n${a.padEnd(15)} DGRAM  \n${a.padEnd(15)} RAW    \n`).join(''),
        );
      }
    } catch (error) {
      if (!(error instanceof HostNotFound)) throw error;
      status = 2;
    }
  }
  return status;
}

export const program: Program = { name: 'getent', main };
