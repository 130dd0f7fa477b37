import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { fnmatch } from '../lib/glob.ts';
import type { Tool } from '../lib/tool.ts';
import { installed, listOf, readOr } from './database.ts';

/** dpkg(1): what is installed (-l, -s, -L, -S); packages come with apt-get. */
export function* dpkg(t: Tool): Sim<number> {
  const [action, ...words] = t.args;
  const all = yield* installed();
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
          shown.map((p) => `ii  ${p.name.padEnd(n)} ${p.version.padEnd(v)} ${p.architecture.padEnd(12)} ${p.about}\n`).join(''),
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
            `Package: ${p.name}\nStatus: install ok installed\nInstalled-Size: ${p.size}\nArchitecture: ${p.architecture}\nVersion: ${p.version}\nDescription: ${p.about}\n`,
          );
        else yield* t.print(yield* readOr(listOf(p.name)));
      }
      return status;
    }
    case '-S':
    case '--search': {
      let status = 0;
      for (const word of words) {
        const pattern = /[*?[]/.test(word) || word.startsWith('/') ? word : `*${word}*`;
        const hits = new Map<string, string[]>();
        for (const { name } of all)
          for (const path of (yield* readOr(listOf(name))).split('\n'))
            if (path !== '' && path !== '/.' && fnmatch(pattern, path)) hits.set(path, [...(hits.get(path) ?? []), name]);
        if (hits.size === 0) {
          yield* t.out.flush();
          yield* write(2, `dpkg-query: no path found matching pattern ${pattern}\n`);
          status = 1;
        }
        for (const [path, names] of hits) yield* t.print(`${names.join(', ')}: ${path}\n`);
      }
      return status;
    }
    case '--print-architecture':
      yield* t.print('amd64\n');
      return 0;
    case '--version':
      yield* t.print(
        `Debian 'dpkg' package management program version ${all.find((p) => p.name === 'dpkg')?.version ?? '1.21.22'} (amd64).\n`,
      );
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

/** dpkg-query(1): the questions of dpkg, and -W with a format. */
export function* dpkgQuery(t: Tool): Sim<number> {
  if (t.args[0] !== '-W' && t.args[0] !== '--show') return yield* dpkg(t);
  let format = '${Package}\t${Version}\n';
  const words: string[] = [];
  for (let i = 1; i < t.args.length; i++) {
    const arg = t.args[i];
    if (arg === '-f') format = t.args[++i] ?? '';
    else if (/^(-f|--showformat=)/.test(arg)) format = arg.replace(/^(-f=?|--showformat=)/, '');
    else words.push(arg);
  }
  const all = yield* installed();
  const shown = all.filter((p) => words.length === 0 || words.some((word) => fnmatch(word, p.name)));
  const line = (p: (typeof all)[number]) =>
    format
      .replace(/\\n/g, '\n')
      .replace(/\\t/g, '\t')
      .replace(/\$\{([\w:-]+)(?:;(-?\d+))?\}/g, (_, name: string, width?: string) => {
        const value = {
          package: p.name,
          'binary:package': p.name,
          version: p.version,
          architecture: p.architecture,
          'installed-size': String(p.size),
        }[name.toLowerCase()];
        const text =
          value ?? (/^(binary:summary|description)$/i.test(name) ? p.about : /^status$/i.test(name) ? 'install ok installed' : '');
        return width === undefined ? text : Number(width) < 0 ? text.padEnd(-Number(width)) : text.padStart(Number(width));
      });
  for (const p of shown) yield* t.print(line(p));
  let status = 0;
  for (const word of words)
    if (!all.some((p) => fnmatch(word, p.name))) {
      yield* t.out.flush();
      yield* write(2, `dpkg-query: no packages found matching ${word}\n`);
      status = 1;
    }
  return status;
}
