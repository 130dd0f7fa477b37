/** Socket units: systemd listens in the place of a service (systemd.socket(5)). */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { bind, chmod, chown, listen, mkdirAll, poll, socket, unlink } from '../../kernel/syscalls.ts';
import { readUsers } from '../lib/users.ts';
import type { Unit } from './unit.ts';

/** A socket that listens on ListenStream= with the owner and mode that the unit asks for. Throws the kernel's errno. */
export function* listenFor(unit: Unit): Sim<number> {
  const path = unit.listenStream ?? '';
  const fd = yield* listenAt(path, unit.socketMode);
  const users = yield* readUsers();
  yield* chown(path, users.user(unit.socketUser)?.uid ?? 0, users.group(unit.socketGroup)?.gid ?? 0);
  return fd;
}

/** A socket that listens at `path`, in the place of one that an earlier process left there. */
export function* listenAt(path: string, mode: number): Sim<number> {
  yield* mkdirAll(path.replace(/\/[^/]*$/, '') || '/');
  try {
    yield* unlink(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  const fd = yield* socket('unix', 'stream');
  yield* bind(fd, { path });
  yield* chmod(path, mode);
  yield* listen(fd, 4096);
  return fd;
}

/** Waits until somebody has connected. Nobody is accepted: that is the service's part. */
export function* whenAsked(fd: number): Sim<void> {
  yield* poll([{ fd, read: true }]);
}
