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
  'apk',
]);

export interface MachinePrograms extends ProgramTable {
  /** What a fresh machine has on its disk. */
  readonly installed: readonly string[];
}

/** Every program there is: those of `programs/`, the shells, the docker client, and the machine's own daemons. */
export function createPrograms(daemons: () => readonly ProgramEntry[]): MachinePrograms {
  const client = Object.values(import.meta.glob<{ readonly program: Program }>('../client/docker.ts')).map(
    (load): ProgramEntry => ({ name: 'docker', load: fetchOnce(async () => (await load()).program) }),
  );
  const registry: ProgramEntry = { name: 'registry', load: async () => (await import('../registry/program.ts')).program };
  const init: ProgramEntry = { name: 'docker-init', load: async () => (await import('../runtime/dockerInit.ts')).dockerInit };
  const fixed = new Map<string, ProgramEntry>(
    [...lazyPrograms(), ...createShellPrograms(), ...client, registry, init].map((p) => [p.name, p]),
  );
  return {
    get: (name) => fixed.get(name) ?? daemons().find((p) => p.name === name),
    installed: [...[...fixed.keys()].filter((name) => !ONLY_IN_IMAGES.has(name)), 'dockerd', 'containerd'],
  };
}
