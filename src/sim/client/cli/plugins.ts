/** Programs docker-NAME in the folders for plugins: `docker NAME` runs them. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, findExecutable, pipe, readAll, readdir, spawn, waitpid } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { Cli } from './cli.ts';

/** What a plugin tells of itself (docker/cli, cli-plugins/metadata), and where it lies. */
export interface PluginInfo {
  readonly SchemaVersion: string;
  readonly Vendor: string;
  readonly Version: string;
  readonly ShortDescription: string;
  readonly Name: string;
  readonly Path: string;
}

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

/** All plugins that say what they are, sorted by name. */
export function* listPlugins(cli: Cli): Sim<readonly PluginInfo[]> {
  const found = new Map<string, string>();
  for (const dir of directories(cli)) {
    for (const file of yield* names(dir)) {
      const name = NAME.exec(file)?.[1];
      if (name && !found.has(name)) found.set(name, `${dir}/${file}`);
    }
  }
  const plugins: PluginInfo[] = [];
  for (const [name, path] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const told = yield* describe(cli, path);
    if (!told) continue;
    const { SchemaVersion = '', Vendor = '', Version = '', ShortDescription = '' } = told;
    plugins.push({ SchemaVersion, Vendor, Version, ShortDescription, Name: name, Path: path });
  }
  return plugins;
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
function* describe(cli: Cli, path: string): Sim<Partial<PluginInfo> | undefined> {
  if (!(yield* findExecutable(path))) return undefined;
  const [from, to] = yield* pipe({ cloexec: true });
  try {
    const pid = yield* spawn({ path, argv: [path, 'docker-cli-plugin-metadata'], env: cli.env, fds: new Map([[1, to]]) });
    yield* close(to);
    const text = decodeUtf8(yield* readAll(from));
    yield* waitpid(pid);
    return JSON.parse(text) as Partial<PluginInfo>;
  } catch (error) {
    if (error instanceof SyntaxError || isErrno(error)) return undefined;
    throw error;
  } finally {
    yield* close(from);
  }
}
