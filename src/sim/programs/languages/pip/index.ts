/** pip: install, uninstall, list, freeze and show, on a small index of ours. */
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { write } from '../../../kernel/syscalls.ts';
import { canonical, findPackage } from './catalogue.ts';
import { install } from './install.ts';
import { findSite, installedPackages, removePackage, type Site } from './site.ts';

const VERSION = '25.3';
const USAGE = `
Usage:   
  pip <command> [options]

Commands:
  install                     Install packages.
  uninstall                   Uninstall packages.
  freeze                      Output installed packages in requirements format.
  list                        List installed packages.
  show                        Show information about installed packages.
`;

/** Also `python -m pip`: `argv[0]` is then the path of the interpreter. */
export function* pip(argv: readonly string[]): Sim<number> {
  const site = yield* findSite(argv[0]);
  const args = argv.slice(1);
  while (args[0]?.startsWith('--') && args[0] !== '--version' && args[0] !== '--help') args.shift();
  const [command, ...rest] = args;
  switch (command) {
    case '-V':
    case '--version':
      yield* write(1, `pip ${VERSION} from ${site.packages}/pip (python ${site.python})\n`);
      return 0;
    case undefined:
    case '-h':
    case '--help':
    case 'help':
      yield* write(1, USAGE);
      return 0;
    case 'install':
      return yield* install(site, rest);
    case 'uninstall':
      return yield* uninstall(site, rest);
    case 'list':
      return yield* list(site);
    case 'freeze':
      for (const one of yield* installedPackages(site)) yield* write(1, `${one.name}==${one.version}\n`);
      return 0;
    case 'show':
      return yield* show(site, rest);
    case 'check':
      yield* write(1, 'No broken requirements found.\n');
      return 0;
    case 'cache':
    case 'download':
    case 'wheel':
    case 'config':
    case 'search':
    case 'index':
      yield* write(2, `drydock: "pip ${command}" is not simulated\n`);
      return 1;
    default:
      yield* write(2, `ERROR: unknown command "${command}"\n`);
      return 1;
  }
}

function* list(site: Site): Sim<number> {
  const rows = [...(yield* installedPackages(site)), { name: 'pip', version: VERSION }].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = Math.max(...rows.map((one) => one.name.length), 7);
  const versions = Math.max(...rows.map((one) => one.version.length), 7);
  yield* write(1, `${'Package'.padEnd(names)} Version\n${'-'.repeat(names)} ${'-'.repeat(versions)}\n`);
  for (const one of rows) yield* write(1, `${one.name.padEnd(names)} ${one.version}\n`);
  return 0;
}

function* show(site: Site, names: readonly string[]): Sim<number> {
  const present = yield* installedPackages(site);
  for (const name of names) {
    const found = present.find((one) => canonical(one.name) === canonical(name));
    const entry = found && findPackage(found.name);
    if (!found || !entry) {
      yield* write(2, `WARNING: Package(s) not found: ${name}\n`);
      return 1;
    }
    const requires = entry.requires.map((one) => /^[\w.-]+/.exec(one)![0]).join(', ');
    yield* write(
      1,
      `Name: ${found.name}\nVersion: ${found.version}\nSummary: ${entry.summary}\nLocation: ${site.packages}\nRequires: ${requires}\nRequired-by: \n`,
    );
  }
  return 0;
}

function* uninstall(site: Site, args: readonly string[]): Sim<number> {
  const present = yield* installedPackages(site);
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    const found = present.find((one) => canonical(one.name) === canonical(name));
    if (!found) {
      yield* write(2, `WARNING: Skipping ${name} as it is not installed.\n`);
      continue;
    }
    yield* write(1, `Found existing installation: ${found.name} ${found.version}\nUninstalling ${found.name}-${found.version}:\n`);
    yield* removePackage(site, found);
    yield* write(1, `  Successfully uninstalled ${found.name}-${found.version}\n`);
  }
  return 0;
}

export const programs: readonly Program[] = ['pip', 'pip3'].map((name) => ({ name, main: pip, memory: 30 << 20 }));
