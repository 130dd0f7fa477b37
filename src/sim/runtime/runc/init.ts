/** What a container's process does before it becomes its program: identity, directory, environment, executable. */
import { Errno, goErrorText, isErrno } from '../../kernel/errno.ts';
import { NO_CAPABILITIES } from '../../kernel/process/capabilities.ts';
import type { Process } from '../../kernel/process/process.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chdir, exec, readText, statOrNull, write } from '../../kernel/syscalls.ts';
import type { ProcessSpec } from '../../oci/runtimeSpec.ts';
import { RuntimeError } from '../containerd.ts';
import { lookPath } from './lookPath.ts';

/** What docker and runc tell when the kernel refuses to execute. */
const EXEC_FAILED = 255;

export interface Ready {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  /** Another processor's programs: the kernel has no way to run them. */
  readonly foreign: boolean;
}

/** The processor of every machine. */
const ARCHITECTURE = 'amd64';

/** Everything short of execve. Throws RuntimeError with runc's words. */
export function* becomeUser(process: Process, spec: ProcessSpec): Sim<Ready> {
  const env = yield* environment(spec);
  const { uid, gid, additionalGids } = spec.user;
  const caps: ReadonlySet<string> = new Set(spec.capabilities);
  for (const { type, hard, soft } of spec.rlimits) {
    const name = type.replace(/^RLIMIT_/, '').toLowerCase();
    const value = (n: number): number => (n === -1 ? Number.POSITIVE_INFINITY : n);
    process.rlimits.set(name, { soft: value(soft), hard: value(hard) });
    if (name === 'nofile') process.fds.limit = value(soft);
  }
  process.oomScoreAdj = spec.oomScoreAdj;
  process.noNewPrivileges = spec.noNewPrivileges;
  process.bounding = caps;
  process.capabilities = uid === 0 ? caps : NO_CAPABILITIES;
  process.credentials = { uid, gid, euid: uid, egid: gid, groups: [...new Set([gid, ...additionalGids])] };
  process.umask = 0o022;
  try {
    yield* chdir(spec.cwd);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new RuntimeError(`chdir to cwd (${JSON.stringify(spec.cwd)}) set in config.json failed: ${goErrorText(error.code)}`);
  }
  const foreign = (spec.architecture ?? ARCHITECTURE) !== ARCHITECTURE;
  return { path: yield* lookPath(spec.args[0], spec.env), args: spec.args, env, foreign };
}

/** Later entries win; HOME comes from the container's passwd file unless it is set. */
function* environment(spec: ProcessSpec): Sim<ReadonlyMap<string, string>> {
  const env = new Map<string, string>();
  for (const entry of spec.env) {
    const at = entry.indexOf('=');
    if (at > 0) env.set(entry.slice(0, at), entry.slice(at + 1));
  }
  if (!env.get('HOME')) env.set('HOME', yield* homeOf(spec.user.uid));
  return env;
}

function* homeOf(uid: number): Sim<string> {
  if (!(yield* statOrNull('/etc/passwd'))) return '/';
  for (const line of (yield* readText('/etc/passwd')).split('\n')) {
    const fields = line.split(':');
    if (fields.length >= 6 && Number(fields[2]) === uid) return fields[5];
  }
  return '/';
}

/** Does not come back. What the kernel refuses now is told on standard error. */
export function* execute(ready: Ready): Sim<number> {
  try {
    if (ready.foreign) throw new Errno('ENOEXEC', ready.path);
    return yield* exec(ready.path, ready.args, ready.env);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* write(2, `exec ${ready.path}: ${goErrorText(error.code)}\n`);
    return EXEC_FAILED;
  }
}
