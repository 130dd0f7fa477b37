import type { Sim } from '../../kernel/sim.ts';
import { credentials, mkdirAll, unlink, write, writeFile } from '../../kernel/syscalls.ts';
import { UsageError } from '../lib/failure.ts';
import { parseArguments } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { ALPINE, type Package, withDependencies } from './archive.ts';
import { installedNames, readOr, record, remove, unpack } from './database.ts';
import { download, reach } from './reach.ts';

const HOST = 'dl-cdn.alpinelinux.org';
const INSTALLED = '/lib/apk/db/installed';
const WORLD = '/etc/apk/world';
/** What the base system counts. */
const BASE = { packages: 16, kibibytes: 8200 };

const SPEC = {
  short: 'qvfUuXp:t:iahL',
  long: {
    'no-cache': 'no-cache',
    'update-cache': 'U',
    update: 'U',
    upgrade: 'u',
    virtual: 't:',
    quiet: 'q',
    'no-progress': 'np',
    purge: 'purge',
    'allow-untrusted': 'au',
    repository: 'X:',
    root: 'p:',
    simulate: 's',
    installed: 'L',
    available: 'a',
  },
  usage: '[OPTION]... COMMAND [ARGUMENT]...',
  about: '',
};

/** apk(8). */
export function* apk(t: Tool): Sim<number> {
  let o: ReturnType<typeof parseArguments>;
  try {
    o = parseArguments(t.args, SPEC);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* write(2, `apk: ${error.message}\n`);
    return 1;
  }
  const [command, ...words] = o.operands;
  if (o.has('--version') || command === 'version') {
    yield* t.print('apk-tools 2.14.9, compiled for x86_64.\n');
    return 0;
  }
  const run = new Apk(t, o.has('q'), o.has('no-cache') || o.has('U'));
  switch (command) {
    case undefined:
      yield* t.print(
        'apk-tools 2.14.9, compiled for x86_64.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n\nInstalls, removes and describes packages: add, del, update, upgrade, info, search, list.\n',
      );
      return 1;
    case 'update':
      return (yield* run.fetch()) ? yield* run.updated() : 1;
    case 'add':
      return yield* run.add(words, o.value('t'));
    case 'del':
      return yield* run.del(words);
    case 'upgrade':
      yield* run.fetch();
      yield* run.say(yield* run.ok());
      return 0;
    case 'info':
      return yield* run.info(words);
    case 'search':
      for (const p of ALPINE.filter((k) => words.every((word) => k.name.includes(word)))) yield* t.print(`${p.name}-${p.version}\n`);
      return 0;
    case 'cache':
    case 'fix':
      return 0;
    case 'list':
      return yield* run.info([]);
    default:
      yield* write(2, `apk: '${command}' is not an apk command. See 'apk --help'.\n`);
      return 1;
  }
}

class Apk {
  readonly #t: Tool;
  readonly #quiet: boolean;
  readonly #fetchFirst: boolean;

  constructor(t: Tool, quiet: boolean, fetchFirst: boolean) {
    this.#t = t;
    this.#quiet = quiet;
    this.#fetchFirst = fetchFirst;
  }

  *say(text: string): Sim<void> {
    if (!this.#quiet) yield* this.#t.print(text);
    yield* this.#t.out.flush();
  }

  *#repositories(): Sim<readonly string[]> {
    const version = /(\d+\.\d+)/.exec(yield* readOr('/etc/alpine-release'))?.[1] ?? '3.22';
    return ['main', 'community'].map((name) => `https://${HOST}/alpine/v${version}/${name}`);
  }

  /** Gets the indexes; warns for those that do not come. True if they came. */
  *fetch(): Sim<boolean> {
    const trouble = yield* reach(HOST, 443);
    for (const url of yield* this.#repositories()) {
      yield* this.say(`fetch ${url}/x86_64/APKINDEX.tar.gz\n`);
      if (trouble === null) yield* download(500_000);
      else
        yield* write(
          2,
          `WARNING: updating and opening ${url}: ${trouble === 'name' ? 'DNS: transient error (try again later)' : 'could not connect to server (check repositories file)'}\n`,
        );
    }
    if (trouble !== null) return false;
    yield* mkdirAll('/var/cache/apk');
    if (!this.#fetchFirst) yield* writeFile('/var/cache/apk/APKINDEX.00740ba1.tar.gz', '');
    return true;
  }

  *updated(): Sim<number> {
    for (const url of yield* this.#repositories()) yield* this.say(`v${/v(\d+\.\d+)/.exec(url)![1]}.2 [${url}]\n`);
    yield* this.say('OK: 26326 distinct packages available\n');
    return 0;
  }

  *ok(): Sim<string> {
    const has = yield* installedNames(INSTALLED, 'P:');
    const extra = ALPINE.filter((p) => has.has(p.name));
    const kib = BASE.kibibytes + extra.reduce((n, p) => n + p.installed / 1024, 0);
    return `OK: ${Math.round(kib / 1024)} MiB in ${BASE.packages + extra.length} packages\n`;
  }

  *#mayWrite(): Sim<boolean> {
    if ((yield* credentials()).euid === 0) return true;
    yield* write(2, 'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n');
    return false;
  }

  *add(words: readonly string[], virtual: string | undefined): Sim<number> {
    if (!(yield* this.#mayWrite())) return 99;
    const indexed = this.#fetchFirst
      ? yield* this.fetch()
      : (yield* readOr('/var/cache/apk/APKINDEX.00740ba1.tar.gz', 'none')) !== 'none' || (yield* this.fetch());
    const names = words.map((word) => word.split(/[=~<>@]/)[0]);
    const missing = names.filter((name) => !indexed || !ALPINE.some((p) => p.name === name));
    if (missing.length > 0) {
      yield* this.#t.out.flush();
      yield* write(
        2,
        `ERROR: unable to select packages:\n${missing.map((name) => `  ${name} (no such package):\n    required by: world[${name}]\n`).join('')}`,
      );
      return missing.length;
    }
    const has = yield* installedNames(INSTALLED, 'P:');
    const all = withDependencies(ALPINE, names, (name) => has.has(name));
    const count = all.length + (virtual === undefined ? 0 : 1);
    let number = 0;
    for (const p of all) {
      yield* download(p.download);
      yield* this.say(`(${++number}/${count}) Installing ${p.name} (${p.version})\n`);
      yield* unpack(p);
      yield* record(INSTALLED, `P:${p.name}\nV:${p.version}\nA:x86_64\nT:${p.about}\n\n`);
    }
    if (virtual !== undefined) {
      yield* this.say(`(${++number}/${count}) Installing ${virtual} (20261124.140000)\n`);
      yield* record(WORLD, `${virtual}=${names.join(',')}\n`);
    } else yield* record(WORLD, names.map((name) => `${name}\n`).join(''));
    if (all.length > 0) yield* this.say('Executing busybox-1.37.0-r19.trigger\n');
    yield* this.say(yield* this.ok());
    return 0;
  }

  *del(words: readonly string[]): Sim<number> {
    if (!(yield* this.#mayWrite())) return 99;
    const world = yield* readOr(WORLD);
    const names = words.flatMap((word) => {
      const group = new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}=(.*)$`, 'm').exec(world);
      return group ? group[1].split(',') : [word];
    });
    const has = yield* installedNames(INSTALLED, 'P:');
    const gone: Package[] = ALPINE.filter((p) => names.includes(p.name) && has.has(p.name));
    let text = yield* readOr(INSTALLED);
    for (const [i, p] of gone.entries()) {
      yield* this.say(`(${i + 1}/${gone.length}) Purging ${p.name} (${p.version})\n`);
      yield* remove(p);
      text = text
        .split(/(?<=\n\n)/)
        .filter((entry) => !entry.startsWith(`P:${p.name}\n`))
        .join('');
    }
    if (gone.length > 0) {
      yield* unlink(INSTALLED);
      yield* writeFile(INSTALLED, text);
    }
    yield* this.say(yield* this.ok());
    return 0;
  }

  *info(words: readonly string[]): Sim<number> {
    const has = yield* installedNames(INSTALLED, 'P:');
    const shown = ALPINE.filter((p) => has.has(p.name) && (words.length === 0 || words.includes(p.name)));
    for (const p of shown)
      yield* this.#t.print(
        words.length === 0
          ? `${p.name}\n`
          : `${p.name}-${p.version} description:\n${p.about}\n\n${p.name}-${p.version} installed size:\n${Math.ceil(p.installed / 1024)} KiB\n\n`,
      );
    return words.length > 0 && shown.length < words.length ? 1 : 0;
  }
}
