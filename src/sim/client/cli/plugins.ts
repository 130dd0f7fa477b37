/** Programs docker-NAME in the folders for plugins: `docker NAME` runs them. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, findExecutable, pipe, readAll, readdir, spawn, waitpid } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { Cli } from './cli.ts';
import type { PluginRow } from './help/page.ts';

const DIRECTORIES = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];
const NAME = /^docker-([a-z][a-z0-9]*)$/;

function directories(cli: Cli): readonly string[] {
  return [`${cli.configDir}/cli-plugins`, ...DIRECTORIES];
}

/** The program of a plugin. */
export function* findPlugin(cli: Cli, name: string): Sim<string | null> {
  if (!NAME.test(`docker-${name}`)) return null;
  for (const dir of directories(cli)) {
    const found = yield* findExecutable(`${dir}/docker-${name}`);
    if (found) return found;
  }
  return null;
}

/** All plugins, with the line about each that it gives itself; sorted by name. */
export function* listPlugins(cli: Cli): Sim<readonly PluginRow[]> {
  const found = new Map<string, string>();
  for (const dir of directories(cli)) {
    for (const file of yield* names(dir)) {
      const name = NAME.exec(file)?.[1];
      if (name && !found.has(name)) found.set(name, `${dir}/${file}`);
    }
  }
  const rows: PluginRow[] = [];
  for (const [name, path] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const about = yield* describe(cli, path);
    if (about !== undefined) rows.push({ name, about });
  }
  return rows;
}

function* names(dir: string): Sim<readonly string[]> {
  try {
    return (yield* readdir(dir)).map((entry) => entry.name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** Asks a plugin what it is; undefined if it does not say. */
function* describe(cli: Cli, path: string): Sim<string | undefined> {
  if (!(yield* findExecutable(path))) return undefined;
  const [from, to] = yield* pipe({ cloexec: true });
  try {
    const pid = yield* spawn({ path, argv: [path, 'docker-cli-plugin-metadata'], env: cli.env, fds: new Map([[1, to]]) });
    yield* close(to);
    const text = decodeUtf8(yield* readAll(from));
    yield* waitpid(pid);
    return (JSON.parse(text) as { readonly ShortDescription?: string }).ShortDescription ?? '';
  } catch (error) {
    if (error instanceof SyntaxError || isErrno(error)) return undefined;
    throw error;
  } finally {
    yield* close(from);
  }
}
