/** One health probe: an exec whose output is kept, ended when it takes too long. */
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import { concatBytes } from '../../lib/bytes.ts';
import type { Cause } from '../../lib/records.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { isDaemonError } from '../errors.ts';
import type { ContainerRecord } from '../records.ts';
import { registerExec } from './execCreate.ts';
import { forgetExecs } from './execGc.ts';
import { launchExec } from './execStart.ts';
import type { ContainerServices } from './services.ts';

const OUTPUT_BYTES_MAX = 4096;

export function* runProbe(
  d: ContainerServices,
  c: ContainerRecord,
  timeoutUs: number,
  cause: Cause,
): Sim<{ exitCode: number; output: string }> {
  const [kind, ...words] = c.config.Healthcheck?.Test ?? [];
  const shell = c.config.Shell && c.config.Shell.length > 0 ? c.config.Shell : ['/bin/sh', '-c'];
  const command = kind === 'CMD-SHELL' ? [...shell, ...words] : words;
  let id = '';
  try {
    id = yield* registerExec(
      d,
      c,
      { Cmd: command, AttachStdout: true, AttachStderr: true, User: c.config.User, WorkingDir: c.config.WorkingDir },
      cause,
    );
    const live = d.live.exec(id);
    const output = live.output.subscribe(() => true);
    yield* launchExec(d, id, undefined, cause);
    const until = (yield* now()) + timeoutUs;
    let timedOut = false;
    while (d.records.get('execs', id)?.running) {
      const left = until - (yield* now());
      if (left <= 0 && !timedOut) {
        timedOut = true;
        if (live.process) yield* live.process.kill('SIGKILL');
      }
      yield* waitOn(live.changed, timedOut ? undefined : Math.max(0, left));
    }
    const text = yield* textOf(output);
    if (timedOut) {
      const limit = `Health check exceeded timeout (${goDuration(timeoutUs)})`;
      return { exitCode: -1, output: text === '' ? limit : `${limit}: ${text}` };
    }
    return { exitCode: d.records.get('execs', id)?.exitCode ?? -1, output: text };
  } catch (error) {
    if (!isDaemonError(error)) throw error;
    return { exitCode: -1, output: error.message };
  } finally {
    // Nobody asks for its status any more. One that still runs (the container is being stopped) is left to those that end by themselves.
    const exec = d.records.get('execs', id);
    if (exec && !exec.running) forgetExecs(d, [exec], cause);
  }
}

function* textOf(output: ReturnType<ReturnType<ContainerServices['live']['exec']>['output']['subscribe']>): Sim<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = yield* output.next();
    if (chunk === null) break;
    if (size < OUTPUT_BYTES_MAX) parts.push(chunk.data.subarray(0, OUTPUT_BYTES_MAX - size));
    size += chunk.data.length;
  }
  const text = decodeUtf8(concatBytes(parts));
  return size > OUTPUT_BYTES_MAX ? `${text}...` : text;
}

/** Go's Duration.String for whole microseconds. */
function goDuration(us: number): string {
  if (us < 1000) return `${us}µs`;
  if (us < 1_000_000) return `${us / 1000}ms`;
  const seconds = us / 1_000_000;
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = Number((seconds % 60).toFixed(6));
  return `${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${s}s`;
}
