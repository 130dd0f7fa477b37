/** Where an interpreter has its packages, and which are there: folders `NAME-VERSION.dist-info`, as pip makes them. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  findExecutable,
  getenv,
  mkdirAll,
  readdir,
  readText,
  realpath,
  removeTree,
  statOrNull,
  unlink,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { packagedVersion } from '../../packages/database.ts';
import type { PythonPackage } from './catalogue.ts';

const sources = import.meta.glob<string>('../python/packages/**/*.py', { query: '?raw', import: 'default', eager: true });
const FOLDER = '../python/packages/';

export interface Site {
  /** '3.14' */
  readonly python: string;
  /** '/usr/local', '/usr' or a virtual environment's folder. */
  readonly prefix: string;
  readonly packages: string;
  readonly virtual: boolean;
  /** apt owns it (PEP 668). */
  readonly managed: boolean;
}

/** The site of the interpreter beside the command `argv0`, or of the first one in PATH. */
export function* findSite(argv0: string): Sim<Site> {
  const command = argv0.includes('/') ? argv0 : ((yield* findExecutable(argv0)) ?? '/usr/bin/pip');
  const home = command.replace(/\/[^/]*\/[^/]*$/, '');
  const virtual = (yield* statOrNull(`${home}/pyvenv.cfg`)) !== null;
  const version = (yield* getenv('PYTHON_VERSION')) ?? (yield* packagedVersion('python3')) ?? '3.14.7';
  const python = version.split('.').slice(0, 2).join('.');
  const local = virtual || (yield* statOrNull('/usr/local/bin/python3')) !== null;
  const prefix = virtual ? home : local ? '/usr/local' : '/usr';
  const packages = local ? `${prefix}/lib/python${python}/site-packages` : '/usr/lib/python3/dist-packages';
  return { python, prefix, packages, virtual, managed: !local };
}

export interface Found {
  readonly name: string;
  readonly version: string;
}

export function* installedPackages(site: Site): Sim<readonly Found[]> {
  try {
    const found = (yield* readdir(site.packages)).flatMap(({ name }) => {
      const match = /^(.+)-([^-]+)\.dist-info$/.exec(name);
      return match ? [{ name: match[1], version: match[2] }] : [];
    });
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** Writes the package's text, its command and its entry. */
export function* installPackage(site: Site, entry: PythonPackage, version: string): Sim<void> {
  const files: string[] = [];
  if (entry.module !== undefined) {
    const start = `${FOLDER}${entry.module}/`;
    for (const [path, text] of Object.entries(sources)) {
      if (!path.startsWith(start)) continue;
      const relative = path.slice(FOLDER.length);
      yield* mkdirAll(`${site.packages}/${relative.replace(/\/[^/]*$/, '')}`);
      yield* writeFile(`${site.packages}/${relative}`, text);
      files.push(relative);
    }
  }
  if (entry.script) {
    const [command, module] = entry.script;
    const path = `${site.prefix}/bin/${command}`;
    yield* writeFile(
      path,
      `#!${site.prefix}/bin/python3\nimport sys\nfrom ${module}.__main__ import main\nif __name__ == '__main__':\n    sys.exit(main(sys.argv[1:]))\n`,
      0o755,
    );
    files.push(`../../../bin/${command}`);
  }
  const info = `${entry.name}-${version}.dist-info`;
  yield* mkdirAll(`${site.packages}/${info}`);
  const requires = entry.requires.map((one) => `Requires-Dist: ${one}\n`).join('');
  yield* writeFile(
    `${site.packages}/${info}/METADATA`,
    `Metadata-Version: 2.4\nName: ${entry.name}\nVersion: ${version}\nSummary: ${entry.summary}\n${requires}`,
  );
  yield* writeFile(`${site.packages}/${info}/INSTALLER`, 'pip\n');
  yield* writeFile(
    `${site.packages}/${info}/RECORD`,
    [...files, `${info}/METADATA`, `${info}/INSTALLER`, `${info}/RECORD`].map((f) => `${f},,\n`).join(''),
  );
}

export function* removePackage(site: Site, found: Found): Sim<void> {
  const info = `${site.packages}/${found.name}-${found.version}.dist-info`;
  const record = yield* readText(`${info}/RECORD`);
  for (const line of record.split('\n')) {
    const file = line.split(',')[0];
    if (!file || file.includes('.dist-info/')) continue;
    const path = `${site.packages}/${file}`;
    if (yield* statOrNull(path)) yield* unlink(yield* realpath(path));
  }
  const module = `${site.packages}/${found.name}`;
  if (yield* statOrNull(module)) yield* removeTree(module);
  yield* removeTree(info);
}
