import type { Program, ProgramTable } from '../kernel/program.ts';
import { programTable } from '../programs/index.ts';
import { createShellPrograms } from '../shell/index.ts';
import type { DockerHost } from './services/dockerd.ts';

/** Comes with an image, not with the machine. */
const ONLY_IN_IMAGES = new Set(['nginx', 'httpd', 'redis-server', 'redis-cli', 'hello', 'busybox', 'ash', 'mysqld', 'mysql', 'postgres', 'psql', 'apk']);

export interface MachinePrograms extends ProgramTable {
  /** What a fresh machine has on its disk. */
  readonly installed: readonly string[];
}

/** Every program there is, with those of the machine's own daemon. */
export function createPrograms(docker: () => DockerHost | undefined): MachinePrograms {
  const daemons: readonly Program[] = [
    { name: 'dockerd', memory: 90 << 20, main: (argv) => docker()!.dockerd(argv) },
    { name: 'containerd', memory: 45 << 20, main: (argv) => docker()!.containerd(argv) },
  ];
  const table = programTable([...createShellPrograms(), ...daemons]);
  return { get: table.get, installed: table.names.filter((name) => !ONLY_IN_IMAGES.has(name)) };
}
