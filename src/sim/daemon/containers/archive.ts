/** The archive endpoints behind `docker cp`: look at, pack and unpack files of a container. */
import type { PathStat } from '../../api/types/container.ts';
import { packTree } from '../../archive/pack.ts';
import { baseName, joinPath, preserveTrailing } from '../../archive/paths.ts';
import { UnpackError, unpackTree } from '../../archive/unpack.ts';
import { S_IFDIR, S_IFLNK, S_IFMT } from '../../kernel/abi.ts';
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { lstat, realpath } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { writeTar } from '../../lib/tar/index.ts';
import { readArchive } from '../archives.ts';
import { rfc3339Nano } from '../clock.ts';
import { invalid, isDaemonError, notFound, system } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import { logContainerEvent } from './events.ts';
import { inContainer } from './filesystem.ts';
import { goFileMode } from './goFileMode.ts';
import type { ContainerServices } from './services.ts';
import { resolveUser } from './users.ts';

/** `HEAD /containers/{name}/archive`. Throws notFound `Could not find the file /x in container web`. */
export function* archiveStat(d: ContainerServices, name: string, path: string): Sim<PathStat> {
  const c = findContainer(d.records, name);
  return yield* found(name, path, 'lstat', () => inContainer(d, c, () => pathStat(path)));
}

/** `GET /containers/{name}/archive`: one file or directory as a tar, under its own name. */
export function* archiveGet(
  d: ContainerServices,
  name: string,
  path: string,
  cause: Cause,
): Sim<{ readonly stat: PathStat; readonly tar: Uint8Array }> {
  const c = findContainer(d.records, name);
  const absolute = preserveTrailing(joinPath('/', path), path);
  const answer = yield* found(name, path, 'lstat', () =>
    inContainer(d, c, function* () {
      const stat = yield* pathStat(absolute);
      const { mode } = yield* lstat(absolute);
      const slash = absolute.lastIndexOf('/');
      const isDirectory = (mode & S_IFMT) === S_IFDIR;
      const include = isDirectory ? '.' : absolute.slice(slash + 1);
      const members = yield* packTree(isDirectory ? absolute : absolute.slice(0, slash + 1), {
        include,
        rebase: baseName(absolute),
        withSource: true,
      });
      return { stat, tar: writeTar(members) };
    }),
  );
  logContainerEvent(d, cause, c, 'archive-path');
  return answer;
}

export interface ExtractOptions {
  readonly copyOwner: boolean;
  readonly mayChangeKind: boolean;
}

/** `PUT /containers/{name}/archive`: unpacks a tar into a directory of the container. */
export function* archivePut(
  d: ContainerServices,
  name: string,
  path: string,
  body: Uint8Array,
  options: ExtractOptions,
  cause: Cause,
): Sim<void> {
  const c = findContainer(d.records, name);
  yield* found(name, path, 'lstat', function* () {
    const owner = options.copyOwner && c.config.User !== '' ? yield* resolveUser(d, c, c.config.User, []) : undefined;
    const { entries } = readArchive(body);
    return yield* inContainer(d, c, function* () {
      const directory = preserveTrailing(yield* realpath(joinPath('/', path)), path);
      const { mode } = yield* lstat(directory);
      if ((mode & S_IFMT) !== S_IFDIR) throw invalid('extraction point is not a directory');
      checkWritable(c, directory);
      yield* unpackTree(entries, directory, { keepOwner: false, owner, mayChangeKind: options.mayChangeKind });
    });
  });
  logContainerEvent(d, cause, c, 'extract-to-dir');
}

function* pathStat(path: string): Sim<PathStat> {
  const stat = yield* lstat(path);
  return {
    name: baseName(path),
    size: stat.size,
    mode: goFileMode(stat.mode),
    mtime: rfc3339Nano({ epochUs: 0 }, stat.mtime),
    linkTarget: (stat.mode & S_IFMT) === S_IFLNK ? yield* linkTarget(path) : '',
  };
}

/** The end of all links; of a broken one, as far as it goes. */
function* linkTarget(path: string): Sim<string> {
  try {
    return yield* realpath(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return joinPath(path);
    throw error;
  }
}

/** A volume may be mounted read-only; elsewhere the root may be. */
function checkWritable(c: ContainerRecord, path: string): void {
  const mount = c.mounts.find((m) => path === m.Destination || path.startsWith(`${m.Destination.replace(/\/$/, '')}/`));
  if (mount?.RW) return;
  if (mount) throw invalid('mounted volume is marked read-only');
  if (c.hostConfig.ReadonlyRootfs) throw invalid('container rootfs is marked read-only');
}

function* found<T>(name: string, path: string, operation: string, work: () => Sim<T>): Sim<T> {
  try {
    return yield* work();
  } catch (error) {
    if (isDaemonError(error)) throw error;
    if (isErrno(error, 'ENOENT')) throw notFound(`Could not find the file ${path} in container ${name}`);
    if (isErrno(error)) throw system(`${operation} ${error.path ?? path}: ${goErrorText(error.code)}`);
    if (error instanceof UnpackError) throw system(error.message);
    throw error;
  }
}
