/** `docker exec`, first half: what is to run, checked and remembered. */
import type { ExecCreateRequest } from '../../api/types/exec.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { conflict, invalid } from '../errors.ts';
import { findContainer } from '../find.ts';
import { randomId } from '../ids.ts';
import type { ContainerRecord } from '../records.ts';
import { daemonEnvironment, replaceOrAppend } from './environment.ts';
import { logContainerEvent } from './events.ts';
import { linkEnvironment } from './links.ts';
import type { ContainerServices } from './services.ts';
import { isRunning, notRunning, restarting } from './state.ts';
import { resolveUser } from './users.ts';

export function* execCreate(d: ContainerServices, name: string, request: ExecCreateRequest, cause: Cause): Sim<{ Id: string }> {
  const c = findContainer(d.records, name);
  if (!isRunning(c)) throw notRunning(c.id);
  if (c.state.status === 'paused') throw conflict(`Container ${name} is paused, unpause the container before exec`);
  if (c.state.status === 'restarting') throw restarting(c.id);
  if (request.User) yield* resolveUser(d, c, request.User, []);
  return { Id: yield* registerExec(d, c, request, cause) };
}

export function* registerExec(d: ContainerServices, c: ContainerRecord, request: ExecCreateRequest, cause: Cause): Sim<string> {
  const [entrypoint, ...rest] = request.Cmd ?? [];
  if (entrypoint === undefined) throw invalid('No exec command specified');
  const id = yield* randomId();
  const createdAt = yield* now();
  const tty = request.Tty ?? false;
  d.records.commit(cause, (tx) =>
    tx.insert('execs', {
      id,
      containerId: c.id,
      createdAt,
      entrypoint,
      arguments: rest,
      env: replaceOrAppend(daemonEnvironment(c.config, tty, linkEnvironment(d, c)), request.Env ?? []),
      user: request.User || c.config.User,
      workingDir: request.WorkingDir || c.config.WorkingDir,
      privileged: request.Privileged ?? false,
      tty,
      consoleSize: request.ConsoleSize ?? undefined,
      attachStdin: request.AttachStdin ?? false,
      attachStdout: request.AttachStdout ?? false,
      attachStderr: request.AttachStderr ?? false,
      detachKeys: request.DetachKeys ?? '',
      started: false,
      running: false,
      exitCode: undefined,
      canRemove: false,
      pid: 0,
    }),
  );
  logContainerEvent(d, cause, c, `exec_create: ${entrypoint} ${rest.join(' ')}`, { execID: id });
  return id;
}
