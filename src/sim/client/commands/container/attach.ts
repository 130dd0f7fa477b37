import type { ContainerInspect } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { parseDetachKeys } from '../../engine/detachKeys.ts';
import { containerPath } from '../../engine/paths.ts';
import { runSession } from '../../engine/session.ts';
import { consoleSize, defaultSignals, followWindowSize, forwardSignals } from '../../engine/terminal.ts';
import { beginWait, waitStatus } from './run.ts';

export const command = defineCommand({
  path: 'container attach',
  *run({ cli, flags, args: [name] }) {
    const engine = yield* cli.engine();
    const path = containerPath(name);
    const wait = yield* beginWait(engine, name);
    const { State, Config } = yield* engine.get<ContainerInspect>(`${path}/json`);
    if (!State.Running) throw new CliError('cannot attach to a stopped container, start it first');
    if (State.Paused) throw new CliError('cannot attach to a paused container, unpause it first');
    if (State.Restarting) throw new CliError('cannot attach to a restarting container, wait until it is running');
    const stdin = !flags.bool('no-stdin') && Config.OpenStdin;
    if (stdin && Config.Tty && !(yield* cli.isTerminal(0))) throw new CliError('the input device is not a TTY');
    const keys = flags.string('detach-keys') || (yield* cli.config()).detachKeys;
    if (flags.bool('sig-proxy') && !Config.Tty) yield* forwardSignals(engine, name);
    const stream = yield* engine.hijack(`${path}/attach`, {
      query: { stream: 1, stdin, stdout: 1, stderr: 1, detachKeys: keys || undefined },
    });
    if (Config.Tty) {
      // A change of size makes the program draw its screen again.
      const [h, w] = yield* consoleSize();
      if (h > 0) yield* engine.call('POST', `${path}/resize`, { query: { h: h + 1, w: w + 1 } });
      yield* followWindowSize(engine, path);
    }
    const end = yield* runSession(cli, stream, { tty: Config.Tty, stdin, detachKeys: parseDetachKeys(keys) });
    if (end === 'detached') {
      yield* cli.err('read escape sequence\n');
      return 0;
    }
    const status = yield* waitStatus(wait);
    yield* defaultSignals();
    return status;
  },
});
