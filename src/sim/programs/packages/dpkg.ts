import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { fnmatch } from '../lib/glob.ts';
import type { Tool } from '../lib/tool.ts';
import { STATUS } from './apt.ts';
import { DEBIAN } from './archive.ts';
import { installedNames, placeOf } from './database.ts';

/** dpkg(1): what is installed (-l, -s, -L, -S); packages come with apt-get. */
export function* dpkg(t: Tool): Sim<number> {
  const [action, ...words] = t.args;
  const has = yield* installedNames(STATUS, 'Package: ');
  const all = DEBIAN.filter((p) => has.has(p.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  switch (action) {
    case '-l':
    case '--list': {
      const shown = all.filter((p) => words.length === 0 || words.some((word) => fnmatch(word, p.name)));
      if (shown.length === 0) {
        for (const word of words) yield* write(2, `dpkg-query: no packages found matching ${word}\n`);
        return words.length > 0 ? 1 : 0;
      }
      const wide = (get: (p: (typeof shown)[number]) => string, head: string) => Math.max(head.length, ...shown.map((p) => get(p).length));
      const [n, v, d] = [wide((p) => p.name, 'Name'), wide((p) => p.version, 'Version'), wide((p) => p.about, 'Description')];
      yield* t.print(
        'Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n' +
          `||/ ${'Name'.padEnd(n)} ${'Version'.padEnd(v)} Architecture Description\n+++-${'='.repeat(n)}-${'='.repeat(v)}-============-${'='.repeat(d)}\n` +
          shown.map((p) => `ii  ${p.name.padEnd(n)} ${p.version.padEnd(v)} amd64        ${p.about}\n`).join(''),
      );
      return 0;
    }
    case '-s':
    case '--status':
    case '-L':
    case '--listfiles': {
      let status = 0;
      for (const word of words) {
        const p = all.find((k) => k.name === word);
        if (!p) {
          yield* write(
            2,
            `dpkg-query: package '${word}' is not installed${action === '-s' ? ' and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.' : '\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.'}\n`,
          );
          status = 1;
        } else if (action === '-s' || action === '--status')
          yield* t.print(
            `Package: ${p.name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${p.version}\nDescription: ${p.about}\n`,
          );
        else yield* t.print(`/.\n/usr\n/usr/bin\n${(p.programs ?? []).map((program) => `${placeOf(program)}\n`).join('')}`);
      }
      return status;
    }
    case '-S':
    case '--search': {
      let status = 0;
      for (const word of words) {
        const found = all.filter((p) => (p.programs ?? []).some((program) => placeOf(program).includes(word)));
        if (found.length === 0) {
          yield* write(2, `dpkg-query: no path found matching pattern ${word.startsWith('/') ? word : `*${word}*`}\n`);
          status = 1;
        }
        for (const p of found)
          for (const program of p.programs ?? []) if (placeOf(program).includes(word)) yield* t.print(`${p.name}: ${placeOf(program)}\n`);
      }
      return status;
    }
    case '--print-architecture':
      yield* t.print('amd64\n');
      return 0;
    case '--version':
      yield* t.print("Debian 'dpkg' package management program version 1.21.22 (amd64).\n");
      return 0;
    case undefined:
      yield* write(
        2,
        "dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];\nUse 'apt' or 'aptitude' for user-friendly package management;\n",
      );
      return 2;
    default:
      yield* write(2, `drydock: "dpkg ${action}" is not simulated\n`);
      return 1;
  }
}
