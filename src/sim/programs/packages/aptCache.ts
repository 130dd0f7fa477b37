import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import type { Tool } from '../lib/tool.ts';
import { aptVersion } from './apt.ts';
import { archiveOf, knownPackages } from './aptArchive.ts';
import { installed } from './database.ts';

/** apt-cache(8): policy, show, search, pkgnames, madison, depends. It reads the lists that an update has fetched, and dpkg's status. */
export function* aptCache(t: Tool): Sim<number> {
  const words = t.args.filter((arg) => !arg.startsWith('-'));
  const [command, ...names] = words;
  if (t.args.includes('--version') || t.args.includes('-v')) {
    yield* t.print(`${yield* aptVersion()}\n`);
    return 0;
  }
  switch (command) {
    case 'policy':
      return yield* policy(t, names);
    case 'show':
      return yield* show(t, names);
    case 'search':
      for (const p of yield* knownPackages())
        if (names.every((name) => `${p.name} ${p.about}`.toLowerCase().includes(name.toLowerCase())))
          yield* t.print(`${p.name} - ${p.about}\n`);
      return 0;
    case 'pkgnames': {
      const all = new Set([...(yield* installed()), ...(yield* knownPackages())].map((p) => p.name));
      for (const name of [...all].sort()) if (name.startsWith(names[0] ?? '')) yield* t.print(`${name}\n`);
      return 0;
    }
    case 'madison': {
      const source = yield* sourceLine();
      for (const p of yield* knownPackages())
        if (names.includes(p.name)) yield* t.print(`${p.name.padStart(10)} | ${p.version.padStart(10)} | ${source}\n`);
      return 0;
    }
    case 'depends':
      for (const p of yield* knownPackages())
        if (names.includes(p.name)) yield* t.print(`${p.name}\n${(p.depends ?? []).map((name) => `  Depends: ${name}\n`).join('')}`);
      return 0;
    case undefined:
      yield* t.print(
        `${yield* aptVersion()}\nUsage: apt-cache [options] command\nAsks the package lists: policy, show, search, pkgnames, madison, depends.\n`,
      );
      return 0;
    case 'showpkg':
    case 'rdepends':
    case 'stats':
    case 'dump':
    case 'showsrc':
    case 'gencaches':
    case 'unmet':
    case 'dotty':
      yield* write(2, `drydock: "apt-cache ${command}" is not simulated\n`);
      return 1;
  }
  yield* write(2, `E: Invalid operation ${command}\n`);
  return 100;
}

function* sourceLine(): Sim<string> {
  const { host, suites } = yield* archiveOf();
  return `http://${host}/${suites[0][0]} ${suites[0][1]}/main amd64 Packages`;
}

function* policy(t: Tool, names: readonly string[]): Sim<number> {
  const there = yield* installed();
  const known = yield* knownPackages();
  const source = yield* sourceLine();
  if (names.length === 0) {
    yield* t.print(
      `Package files:\n 100 /var/lib/dpkg/status\n     release a=now\n${known.length > 0 ? ` 500 ${source}\n` : ''}Pinned packages:\n`,
    );
    return 0;
  }
  for (const name of names) {
    const mine = there.find((p) => p.name === name)?.version;
    const offered = known.find((p) => p.name === name)?.version;
    if (mine === undefined && offered === undefined) {
      yield* t.out.flush();
      yield* write(2, `N: Unable to locate package ${name}\n`);
      continue;
    }
    const entry = (version: string) =>
      `${version === mine ? ' ***' : '    '} ${version} ${version === offered ? 500 : 100}\n` +
      (version === offered ? `        500 ${source}\n` : '') +
      (version === mine ? '        100 /var/lib/dpkg/status\n' : '');
    const versions = [...new Set([offered, mine])].filter((version) => version !== undefined);
    yield* t.print(
      `${name}:\n  Installed: ${mine ?? '(none)'}\n  Candidate: ${offered ?? mine}\n  Version table:\n${versions.map(entry).join('')}`,
    );
  }
  return 0;
}

function* show(t: Tool, names: readonly string[]): Sim<number> {
  const there = yield* installed();
  const known = yield* knownPackages();
  let found = false;
  for (const name of names) {
    const offered = known.find((p) => p.name === name);
    const mine = there.find((p) => p.name === name);
    if (!offered && !mine) {
      yield* t.out.flush();
      yield* write(2, `N: Unable to locate package ${name}\n`);
      continue;
    }
    found = true;
    if (offered) {
      const depends = offered.depends?.length ? `Depends: ${offered.depends.join(', ')}\n` : '';
      yield* t.print(
        `Package: ${name}\nVersion: ${offered.version}\nInstalled-Size: ${Math.ceil(offered.installed / 1024)}\nArchitecture: amd64\n${depends}Description: ${offered.about}\nSize: ${offered.download}\n\n`,
      );
    } else if (mine)
      yield* t.print(
        `Package: ${name}\nStatus: install ok installed\nInstalled-Size: ${mine.size}\nArchitecture: ${mine.architecture}\nVersion: ${mine.version}\nDescription: ${mine.about}\n\n`,
      );
  }
  if (found) return 0;
  yield* write(2, 'E: No packages found\n');
  return 100;
}
