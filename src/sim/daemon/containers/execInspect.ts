/** `docker exec`: what the client asks at the end for the exit status. */
import type { ExecInspect } from '../../api/types/exec.ts';
import { findExec } from './execStart.ts';
import type { ContainerServices } from './services.ts';

export function execInspect(d: ContainerServices, id: string): ExecInspect {
  const exec = findExec(d, id);
  return {
    ID: exec.id,
    Running: exec.running,
    ExitCode: exec.exitCode ?? null,
    ProcessConfig: {
      tty: exec.tty,
      entrypoint: exec.entrypoint,
      arguments: exec.arguments,
      privileged: exec.privileged,
      ...(exec.user === '' ? {} : { user: exec.user }),
    },
    OpenStdin: exec.attachStdin,
    OpenStderr: exec.attachStderr,
    OpenStdout: exec.attachStdout,
    CanRemove: exec.canRemove,
    ContainerID: exec.containerId,
    DetachKeys: '',
    Pid: exec.pid,
  };
}
