import type { ContainerInspect } from '../../../api/types/container.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { containerPath } from '../../engine/paths.ts';
import { runSession } from '../../engine/session.ts';
import { consoleSize, defaultSignals, followWindowSize, forwardSignals } from '../../engine/terminal.ts';
import { beginWait, waitAnswer } from './run.ts';

export const command = defineCommand({
  path: 'container attach',
  *run({ cli, flags, args: [name] }) {
    const engine = yield* cli.engine();
    const path = containerPath(name);
    const wait = yield* beginWait(engine, name);
    const { Config } = yield* inspectAttachable(engine, path);
    const stdin = !flags.bool('no-stdin') && Config.OpenStdin;
    if (stdin && Config.Tty && !(yield* cli.isTerminal(0))) throw new CliError('the input device is not a TTY');
    const keys = flags.string('detach-keys') || (yield* cli.config()).detachKeys;
    if (flags.bool('sig-proxy') && !Config.Tty) yield* forwardSignals(engine, name);
    const stream = yield* engine.hijack(`${path}/attach`, {
      query: { stream: 1, stdin, stdout: 1, stderr: 1, detachKeys: keys || undefined },
    });
    // It may have ended between the first look and the attachment, which would then wait for ever.
    yield* inspectAttachable(engine, path);
    if (Config.Tty) {
      // A change of size makes the program draw its screen again.
      const [h, w] = yield* consoleSize();
      if (h > 0) yield* engine.call('POST', `${path}/resize`, { query: { h: h + 1, w: w + 1 } });
      yield* followWindowSize(engine, path);
    }
    const end = yield* runSession(cli, stream, { tty: Config.Tty, stdin, detachKeys: keys });
    if (end === 'detached') throw new CliError('read escape sequence');
    const { StatusCode, Error: failure } = yield* waitAnswer(wait);
    if (failure?.Message) throw new CliError(failure.Message);
    yield* defaultSignals();
    return StatusCode;
  },
});

/** Throws when the container is in no state to be attached to. */
function* inspectAttachable(engine: Engine, path: string): Sim<ContainerInspect> {
  const container = yield* engine.get<ContainerInspect>(`${path}/json`);
  const { State } = container;
  if (!State.Running) throw new CliError('You cannot attach to a stopped container, start it first');
  if (State.Paused) throw new CliError('You cannot attach to a paused container, unpause it first');
  if (State.Restarting) throw new CliError('You cannot attach to a restarting container, wait until it is running');
  return container;
}
