import type { WaitResponse } from '../../../api/types/container.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { HttpResponse } from '../../../net/http/client.ts';
import type { Duplex } from '../../../net/http/duplex.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { log } from '../../cli/log.ts';
import type { Engine } from '../../engine/engine.ts';
import { runSession } from '../../engine/session.ts';
import { defaultSignals, followWindowSize, forwardSignals } from '../../engine/terminal.ts';
import { checkedBody, createContainer, withHelp } from './create.ts';

export const command = defineCommand({
  path: 'container run',
  *run({ cli, flags, args }) {
    const body = yield* checkedBody(cli, flags, args, 'run');
    const { config } = body;
    const detached = flags.bool('detach');
    if (detached) {
      if (flags.list('attach').length > 0) throw new CliError('conflicting options: cannot specify both --attach and --detach');
      Object.assign(config, { AttachStdin: false, AttachStdout: false, AttachStderr: false, StdinOnce: false });
    } else if (config.AttachStdin && config.Tty && !(yield* cli.isTerminal(0))) throw new CliError('the input device is not a TTY');

    let id: string;
    try {
      id = yield* createContainer(cli, flags, body);
    } catch (error) {
      throw statusError(error);
    }
    const engine = yield* cli.engine();
    const keys = flags.string('detach-keys') || (yield* cli.config()).detachKeys;
    const attached = config.AttachStdin || config.AttachStdout || config.AttachStderr;
    if (!detached && flags.bool('sig-proxy') && !config.Tty) yield* forwardSignals(engine, id);

    let stream: Duplex | undefined;
    if (attached) {
      stream = yield* engine.hijack(`/containers/${id}/attach`, {
        query: {
          stream: 1,
          stdin: config.AttachStdin,
          stdout: config.AttachStdout,
          stderr: config.AttachStderr,
          detachKeys: keys || undefined,
        },
      });
    }
    // The id is told before the start, which may fail: docker writes it beside its requests.
    if (!stream) yield* cli.out(`${id}\n`);
    const wait = yield* beginWait(engine, id, flags.bool('rm') ? 'removed' : 'next-exit');
    try {
      yield* engine.call('POST', `/containers/${id}/start`);
    } catch (error) {
      yield* stream?.close() ?? nothing();
      if (flags.bool('rm')) yield* exitStatus(cli, wait);
      throw statusError(error);
    }
    if (config.Tty && attached) yield* followWindowSize(engine, `/containers/${id}`);
    if (stream) {
      const end = yield* runSession(cli, stream, { tty: config.Tty, stdin: config.AttachStdin, detachKeys: keys });
      if (end === 'detached') return 0;
    }
    if (detached) return 0;
    const status = yield* exitStatus(cli, wait);
    yield* defaultSignals();
    return status;
  },
});

function* nothing(): Sim<void> {}

/** The open answer of a wait, or why there is none. */
export type PendingWait = HttpResponse | CliError;

/** The daemon answers the head at once and the body when the container ends; only then may it be started. */
export function* beginWait(engine: Engine, id: string, condition?: 'next-exit' | 'removed'): Sim<PendingWait> {
  try {
    return yield* engine.open('POST', `/containers/${id}/wait`, { query: { condition } });
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}

/** Waits until the container has ended. Throws CliError when the daemon cannot tell. */
export function* waitAnswer(wait: PendingWait): Sim<WaitResponse> {
  if (wait instanceof CliError) throw wait;
  const text = yield* wait.body.text();
  if (text.trim() === '') throw new CliError('EOF');
  try {
    return JSON.parse(text) as WaitResponse;
  } catch {
    // A proxy that cut the answer off has written why in its place.
    throw new CliError(text);
  }
}

/** The exit status of the container for `run` and `start -a`: 125, and a line that says why, when the daemon could not tell. */
export function* exitStatus(cli: Cli, wait: PendingWait): Sim<number> {
  try {
    const { StatusCode, Error: failure } = yield* waitAnswer(wait);
    if (!failure?.Message) return StatusCode;
    yield* log(cli, 'error', `Error waiting for container: ${failure.Message}`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    yield* log(cli, 'error', `error waiting for container: ${error.message}`);
  }
  return 125;
}

/** 127: no such program, 126: it cannot be executed, 125: everything else. */
function statusError(error: unknown): unknown {
  if (!(error instanceof CliError)) return error;
  const { message } = error;
  if (/executable file not found|no such file or directory/.test(message)) return withHelp(error, 'run', 127);
  if (/permission denied|is a directory/.test(message)) return withHelp(error, 'run', 126);
  return withHelp(error, 'run', 125);
}
