import type { Program, ProgramEntry, ProgramTable } from '../kernel/program.ts';
import { fetchOnce } from '../lib/fetchOnce.ts';
import { lazyPrograms } from '../programs/lazy.ts';
import { createShellPrograms } from '../shell/index.ts';

/** Comes with an image, not with the machine. */
const ONLY_IN_IMAGES = new Set([
  'registry',
  'htpasswd',
  'nginx',
  'httpd',
  'redis-server',
  'redis-cli',
  'hello',
  'busybox',
  'busybox-1.35',
  'busybox-1.36',
  'busybox-1.37',
  'busybox-alpine',
  'busybox-alpine-1.36',
  'busybox-static',
  'ash',
  'mysqld',
  'mysql',
  'postgres',
  'psql',
  'initdb',
  'pg_ctl',
  'pg_isready',
  'gosu',
  'mysqladmin',
  'python',
  'python3',
  'node',
  'npm',
  'npx',
  'corepack',
  'yarn',
  'pip',
  'pip3',
  'pydoc',
  'idle',
  'python-config',
  'dc',
  'gcc',
  'g++',
  'apk',
]);

/** Added to a minimal Debian to make it a developer's machine; the machine of the recordings is minimal. */
const DEVELOPERS = new Set(['bc', 'edit', 'file', 'make', 'patch']);

/** What a minimal Debian has of the programs that a machine has installed. */
export const minimal = (installed: readonly string[]): readonly string[] => installed.filter((name) => !DEVELOPERS.has(name));

/** Docker's plugins: commands of `docker`, each a program of its own. */
const PLUGINS = ['docker-buildx', 'docker-compose'] as const;

const pick = (programs: readonly Program[], name: string): Program => programs.find((program) => program.name === name)!;

export interface MachinePrograms extends ProgramTable {
  /** What a fresh machine has on its disk. */
  readonly installed: readonly string[];
}

/** Every program there is: those of `programs/`, the shells, the docker client, and the machine's own daemons. */
export function createPrograms(daemons: () => readonly ProgramEntry[]): MachinePrograms {
  const more: readonly ProgramEntry[] = [
    { name: 'docker', load: fetchOnce(async () => (await import('../client/docker.ts')).program) },
    ...PLUGINS.map((name) => ({ name, load: fetchOnce(async () => pick((await import('../client/plugins/later.ts')).programs, name)) })),
    { name: 'registry', load: fetchOnce(async () => (await import('../registry/program.ts')).program) },
    { name: 'docker-init', load: fetchOnce(async () => (await import('../runtime/dockerInit.ts')).dockerInit) },
  ];
  const fixed = new Map<string, ProgramEntry>([...lazyPrograms(), ...createShellPrograms(), ...more].map((p) => [p.name, p]));
  return {
    get: (name) => fixed.get(name) ?? daemons().find((p) => p.name === name),
    installed: [...[...fixed.keys()].filter((name) => !ONLY_IN_IMAGES.has(name)), 'dockerd', 'containerd'],
  };
}
