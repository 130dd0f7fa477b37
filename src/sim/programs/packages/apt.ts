import type { Sim } from '../../kernel/sim.ts';
import { credentials, isatty, mkdirAll, read, statOrNull, unlink, write, writeFile } from '../../kernel/syscalls.ts';
import { fileList, statusEntry } from '../../lib/debianPackages/index.ts';
import { UsageError } from '../lib/failure.ts';
import { fnmatch } from '../lib/glob.ts';
import { parseArguments } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { archiveOf, knownPackages, LISTS } from './aptArchive.ts';
import { debianArchive, type Package, withDependencies } from './archive.ts';
import { codename, installed, listOf, placeOf, readOr, record, remove, STATUS, unpack } from './database.ts';
import { download, reach } from './reach.ts';
import { unpackFiles } from './services.ts';

const SPEC = {
  short: 'yqdsumfhvo:t:c:',
  long: {
    yes: 'y',
    'assume-yes': 'y',
    quiet: 'q',
    'no-install-recommends': 'nr',
    'install-suggests': 'is',
    'allow-downgrades': 'ad',
    'allow-unauthenticated': 'au',
    'fix-broken': 'f',
    simulate: 's',
    'dry-run': 's',
    reinstall: 're',
    purge: 'purge',
    'auto-remove': 'ar',
    'only-upgrade': 'ou',
    option: 'o:',
    installed: 'installed',
    upgradable: 'upgradable',
  },
  usage: '[options] command',
  about: '',
};

const size = (bytes: number): string => {
  const kb = bytes / 1000;
  return kb < 1000
    ? `${kb < 100 && kb % 1 !== 0 ? kb.toFixed(1) : Math.round(kb)} kB`
    : kb < 10_000
      ? `${Math.round(kb)} kB`
      : `${(kb / 1000).toFixed(1)} MB`;
};

/** apt-get(8) and apt(8). */
export function* apt(t: Tool, modern: boolean): Sim<number> {
  let o: ReturnType<typeof parseArguments>;
  try {
    o = parseArguments(
      t.args.flatMap((a) => (/^-qq+$/.test(a) ? ['-q'] : [a])),
      SPEC,
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const option = /'(.*)'/.exec(error.message)?.[1] ?? '';
    yield* write(
      2,
      `E: Command line option ${option.startsWith('--') ? option : `'${option}' [from -${option}]`} is not understood in combination with the other options${''}\n`,
    );
    return 100;
  }
  const quiet = t.args.some((a) => /^-qq+$|^-q=2$/.test(a));
  const [command, ...names] = o.operands;
  if (o.has('--version')) {
    const modules =
      '*Ver: Standard .deb\n*Pkg:  Debian dpkg interface (Priority 30)\n Pkg:  Debian APT solver interface (Priority -1000)\n';
    yield* t.print(`${yield* aptVersion()}\n${modern ? '' : `Supported modules:\n${modules}`}`);
    return 0;
  }
  if (modern && !(yield* isatty(1)))
    yield* write(2, '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
  const run = new Apt(t, quiet, o.has('y') || t.args.some((a) => /^-[a-z]*y/.test(a)));
  switch (command) {
    case undefined:
      yield* t.print(
        `${yield* aptVersion()}\nUsage: ${t.name} [options] command\nInstalls, removes and describes packages: update, install, remove, purge, upgrade, clean.\n`,
      );
      return 1;
    case 'update':
      return yield* run.update(modern);
    case 'install':
    case 'reinstall':
      return yield* run.install(names);
    case 'remove':
    case 'purge':
    case 'autoremove':
      return yield* run.remove(names, command === 'purge');
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      yield* run.say(READING);
      yield* run.say('0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n');
      return 0;
    case 'clean':
    case 'autoclean':
      return 0;
    case 'list':
      return yield* run.list(o.has('installed'), names);
    case 'search':
    case 'show':
      return yield* run.describe(command, names);
    case 'source':
    case 'build-dep':
    case 'download':
    case 'changelog':
    case 'edit-sources':
      yield* write(2, `drydock: "${t.name} ${command}" is not simulated\n`);
      return 1;
    default:
      yield* write(2, `E: Invalid operation ${command}\n`);
      return 100;
  }
}

/** 'apt 3.0.3 (amd64)', as the installed package says. */
export function* aptVersion(): Sim<string> {
  return `apt ${(yield* installed()).find((p) => p.name === 'apt')?.version ?? '2.6.1'} (amd64)`;
}

const READING = 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n';

class Apt {
  readonly #t: Tool;
  readonly #quiet: boolean;
  readonly #yes: boolean;

  constructor(t: Tool, quiet: boolean, yes: boolean) {
    this.#t = t;
    this.#quiet = quiet;
    this.#yes = yes;
  }

  *say(text: string): Sim<void> {
    if (this.#quiet) return;
    yield* this.#t.print(text);
    yield* this.#t.out.flush();
  }

  *#fail(text: string): Sim<number> {
    yield* this.#t.out.flush();
    yield* write(2, `E: ${text}\n`);
    return 100;
  }

  *#root(lock: string, what: string): Sim<boolean> {
    if ((yield* credentials()).euid === 0) return true;
    yield* this.#fail(`Could not open lock file ${lock} - open (13: Permission denied)`);
    yield* this.#fail(what);
    return false;
  }

  *update(modern: boolean): Sim<number> {
    if (!(yield* this.#root(`${LISTS}/lock`, `Unable to lock directory ${LISTS}/`))) return 100;
    const { host, suites } = yield* archiveOf();
    const trouble = yield* reach(host, 80);
    if (trouble !== null) {
      const why = trouble === 'name' ? `Temporary failure resolving '${host}'` : `Could not connect to ${host}:80.`;
      for (const [i, [path, suite]] of suites.entries()) yield* this.say(`Ign:${i + 1} http://${host}/${path} ${suite} InRelease\n`);
      for (const [i, [path, suite]] of suites.entries())
        yield* this.say(`Err:${i + 1} http://${host}/${path} ${suite} InRelease\n  ${why}\n`);
      yield* this.say('Reading package lists...\n');
      yield* this.#t.out.flush();
      for (const [path, suite] of suites) yield* write(2, `W: Failed to fetch http://${host}/${path}/dists/${suite}/InRelease  ${why}\n`);
      yield* write(2, 'W: Some index files failed to download. They have been ignored, or old ones used instead.\n');
      return 0;
    }
    let total = 0;
    let number = 0;
    const get = function* (this: Apt, what: string, kilobytes: number): Sim<void> {
      total += kilobytes * 1000;
      yield* download(kilobytes * 1000);
      yield* this.say(`Get:${++number} http://${host}/${what} [${size(kilobytes * 1000)}]\n`);
    }.bind(this);
    for (const [path, suite, kilobytes] of suites) yield* get(`${path} ${suite} InRelease`, kilobytes);
    for (const [path, suite, kilobytes] of suites)
      yield* get(`${path} ${suite}/main amd64 Packages`, suite.includes('-') ? kilobytes * 5 : 8793);
    yield* mkdirAll(`${LISTS}/partial`);
    yield* writeFile(`${LISTS}/lock`, '', 0o640);
    for (const [path, suite] of suites) {
      const text = debianArchive(yield* codename())
        .map((p) => `Package: ${p.name}\nVersion: ${p.version}\nDescription: ${p.about}\n\n`)
        .join('');
      yield* writeFile(`${LISTS}/${host}_${path}_dists_${suite}_main_binary-amd64_Packages`, suite.includes('-') ? '' : text);
    }
    yield* this.say(`Fetched ${size(total)} in 1s (${size(total * 0.93)}/s)\nReading package lists...\n`);
    if (modern) yield* this.say('Building dependency tree...\nReading state information...\nAll packages are up to date.\n');
    return 0;
  }

  *install(words: readonly string[]): Sim<number> {
    if (
      !(yield* this.#root(
        '/var/lib/dpkg/lock-frontend',
        'Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
      ))
    )
      return 100;
    yield* this.say(READING);
    const known = yield* knownPackages();
    const there = yield* installed();
    const has = new Set(there.map((p) => p.name));
    const names: string[] = [];
    for (const word of words) {
      const [name, version] = word.split(/[=/]/);
      const found = known.find((p) => p.name === name);
      if (!found) {
        if (has.has(name)) {
          yield* this.say(`${name} is already the newest version (${there.find((p) => p.name === name)?.version}).\n`);
          continue;
        }
        return yield* this.#fail(`Unable to locate package ${name}`);
      }
      if (version !== undefined && word.includes('=') && !fits(found.version, version))
        return yield* this.#fail(`Version '${version}' for '${name}' was not found`);
      if (has.has(name)) yield* this.say(`${name} is already the newest version (${found.version}).\n`);
      else names.push(name);
    }
    const all = withDependencies(known, names, (name) => has.has(name));
    const more = all.filter((p) => !names.includes(p.name)).map((p) => p.name);
    if (more.length > 0) yield* this.say(`The following additional packages will be installed:\n${wrapped([...more].sort())}`);
    if (all.length > 0) yield* this.say(`The following NEW packages will be installed:\n${wrapped(all.map((p) => p.name).sort())}`);
    yield* this.say(`0 upgraded, ${all.length} newly installed, 0 to remove and 0 not upgraded.\n`);
    if (all.length === 0) return 0;
    const bytes = all.reduce((n, p) => n + p.download, 0);
    yield* this.say(
      `Need to get ${size(bytes)} of archives.\nAfter this operation, ${size(all.reduce((n, p) => n + p.installed, 0))} of additional disk space will be used.\n`,
    );
    if (!this.#yes && more.length > 0 && !(yield* this.#agreed())) return 1;
    const { host, suites } = yield* archiveOf();
    const trouble = yield* reach(host, 80);
    if (trouble !== null) {
      const why = trouble === 'name' ? `Temporary failure resolving '${host}'` : `Could not connect to ${host}:80.`;
      for (const p of all) yield* this.#fail(`Failed to fetch http://${host}/${suites[0][0]}/pool/main/${poolPath(p)}  ${why}`);
      return yield* this.#fail('Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?');
    }
    for (const [i, p] of all.entries()) {
      yield* download(p.download);
      yield* this.say(
        `Get:${i + 1} http://${host}/${suites[0][0]} ${suites[0][1]}/main amd64 ${p.name} amd64 ${p.version} [${size(p.download)}]\n`,
      );
    }
    if (!has.has('apt-utils')) {
      yield* this.#t.out.flush();
      yield* write(2, 'debconf: delaying package configuration, since apt-utils is not installed\n');
    }
    yield* this.say(`Fetched ${size(bytes)} in 0s (${size(Math.min(bytes * 4, 12_000_000))}/s)\n`);
    for (const [i, p] of all.entries()) {
      const database = i === 0 ? '(Reading database ... 6090 files and directories currently installed.)\n' : '';
      yield* this.say(
        `Selecting previously unselected package ${p.name}.\n${database}Preparing to unpack .../${all.length > 1 ? `${String(i).padStart(all.length > 10 ? 2 : 1, '0')}-` : ''}${p.name}_${p.version.replace(/:/, '%3a')}_amd64.deb ...\nUnpacking ${p.name} (${p.version}) ...\n`,
      );
      yield* unpack(p);
      yield* unpackFiles(p.name);
      yield* record(STATUS, statusEntry({ ...p, architecture: 'amd64', installed: Math.ceil(p.installed / 1024) }));
      yield* writeFile(listOf(p.name), fileList([...(p.programs ?? []).map(placeOf), `/usr/share/doc/${p.name}`]));
    }
    for (const p of all) yield* this.say(`Setting up ${p.name} (${p.version}) ...\n`);
    yield* this.say(`Processing triggers for libc-bin (${there.find((p) => p.name === 'libc-bin')?.version ?? '2.36-9+deb12u10'}) ...\n`);
    return 0;
  }

  /** Asks; at the end of input it is a no. */
  *#agreed(): Sim<boolean> {
    yield* this.#t.out.flush();
    yield* write(1, 'Do you want to continue? [Y/n] ');
    let answer = '';
    for (let byte = yield* read(0, 1); ; byte = yield* read(0, 1)) {
      if (byte.length === 0) {
        answer ||= 'n';
        break;
      }
      if (byte[0] === 10 || byte[0] === 13) break;
      answer += String.fromCharCode(byte[0]);
    }
    if (/^\s*($|y)/i.test(answer)) return true;
    yield* write(1, 'Abort.\n');
    return false;
  }

  *remove(names: readonly string[], purge: boolean): Sim<number> {
    if (
      !(yield* this.#root(
        '/var/lib/dpkg/lock-frontend',
        'Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
      ))
    )
      return 100;
    yield* this.say(READING);
    const has = new Set((yield* installed()).map((p) => p.name));
    const archive = debianArchive(yield* codename());
    const gone: Package[] = [];
    for (const name of names) {
      const found = archive.find((p) => p.name === name);
      if (!found && !has.has(name)) return yield* this.#fail(`Unable to locate package ${name}`);
      if (!has.has(name)) yield* this.say(`Package '${name}' is not installed, so not removed\n`);
      else if (found) gone.push(found);
    }
    if (gone.length > 0)
      yield* this.say(`The following packages will be REMOVED:\n${wrapped(gone.map((p) => (purge ? `${p.name}*` : p.name)))}`);
    yield* this.say(`0 upgraded, 0 newly installed, ${gone.length} to remove and 0 not upgraded.\n`);
    if (gone.length === 0) return 0;
    yield* this.say(`After this operation, ${size(gone.reduce((n, p) => n + p.installed, 0))} disk space will be freed.\n`);
    if (!this.#yes && !(yield* this.#agreed())) return 1;
    let status = yield* readOr(STATUS);
    for (const [i, p] of gone.entries()) {
      yield* this.say(
        `${i === 0 ? '(Reading database ... 6120 files and directories currently installed.)\n' : ''}Removing ${p.name} (${p.version}) ...\n`,
      );
      yield* remove(p);
      if (yield* statOrNull(listOf(p.name))) yield* unlink(listOf(p.name));
      status = status
        .split(/(?<=\n\n)/)
        .filter((entry) => !entry.startsWith(`Package: ${p.name}\n`))
        .join('');
    }
    yield* unlink(STATUS);
    yield* writeFile(STATUS, status);
    return 0;
  }

  /** A name, '/', where it is from, version, architecture, and whether it is installed. */
  *list(onlyInstalled: boolean, names: readonly string[]): Sim<number> {
    yield* this.#t.print('Listing...\n');
    const there = yield* installed();
    const known = yield* knownPackages();
    const { suites } = yield* archiveOf();
    const archived = (name: string) => known.some((p) => p.name === name);
    const wanted = (name: string) => names.length === 0 || names.some((pattern) => fnmatch(pattern, name));
    const lines = there.map(({ name, version, architecture }) => {
      const from = archived(name) ? `${suites[0][1]},now` : 'now';
      return { name, line: `${name}/${from} ${version} ${architecture} [installed${archived(name) ? '' : ',local'}]\n` };
    });
    if (!onlyInstalled)
      for (const { name, version } of known)
        if (!there.some((p) => p.name === name)) lines.push({ name, line: `${name}/${suites[0][1]} ${version} amd64\n` });
    for (const { name, line } of lines.sort((a, b) => (a.name < b.name ? -1 : 1))) if (wanted(name)) yield* this.#t.print(line);
    return 0;
  }

  *describe(command: 'search' | 'show', words: readonly string[]): Sim<number> {
    const known = yield* knownPackages();
    const suite = (yield* archiveOf()).suites[0][1];
    if (command === 'search') {
      yield* this.#t.print('Sorting...\nFull Text Search...\n');
      for (const p of known.filter((k) => words.every((word) => `${k.name} ${k.about}`.includes(word))))
        yield* this.#t.print(`${p.name}/${suite} ${p.version} amd64\n  ${p.about}\n\n`);
      return 0;
    }
    for (const name of words) {
      const p = known.find((k) => k.name === name);
      if (!p) {
        yield* this.#t.out.flush();
        yield* write(2, `N: Unable to locate package ${name}\nE: No packages found\n`);
        return 100;
      }
      yield* this.#t.print(
        `Package: ${p.name}\nVersion: ${p.version}\nInstalled-Size: ${size(p.installed)}\n${p.depends ? `Depends: ${p.depends.join(', ')}\n` : ''}Download-Size: ${size(p.download)}\nDescription: ${p.about}\n\n`,
      );
    }
    return 0;
  }
}

const fits = (version: string, wanted: string): boolean =>
  wanted.endsWith('*') ? version.startsWith(wanted.slice(0, -1)) : version === wanted;
const poolPath = (p: Package): string => `${p.name[0]}/${p.name}/${p.name}_${p.version.replace(/^\d+:/, '')}_amd64.deb`;

/** Names in lines of at most 80 characters, two blanks in front. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + name.length > 79) lines.push(`  ${name}`);
    else lines[lines.length - 1] = `${last} ${name}`;
  }
  return lines.map((line) => `${line}\n`).join('');
}
