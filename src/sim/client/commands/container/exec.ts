import type { ContainerInspect } from '../../../api/types/container.ts';
import type { ExecInspect } from '../../../api/types/exec.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { isConnectionFailed } from '../../engine/errors.ts';
import { containerPath } from '../../engine/paths.ts';
import { runSession } from '../../engine/session.ts';
import { consoleSize, followWindowSize } from '../../engine/terminal.ts';
import { expandEnvironment, readKeyValueFile } from './envFiles.ts';

export const command = defineCommand({
  path: 'container exec',
  *run({ cli, flags, args: [name, ...argv] }) {
    const env: string[] = [];
    for (const file of flags.list('env-file')) env.push(...(yield* readKeyValueFile(file, (n) => cli.env.get(n))));
    env.push(...expandEnvironment(flags.list('env'), cli.env));
    const detach = flags.bool('detach');
    const tty = flags.bool('tty');
    const stdin = flags.bool('interactive') && !detach;
    const keys = flags.string('detach-keys') || (yield* cli.config()).detachKeys;
    const engine = yield* cli.engine();
    // The daemon refuses a container that does not run with better words at the next call.
    yield* engine.get<ContainerInspect>(`${containerPath(name)}/json`);
    if (!detach && tty && stdin && !(yield* cli.isTerminal(0))) throw new CliError('the input device is not a TTY');
    const console = tty ? { ConsoleSize: yield* consoleSize() } : {};
    const { Id } = yield* engine.json<{ readonly Id: string }>('POST', `${containerPath(name)}/exec`, {
      json: {
        User: flags.string('user'),
        Privileged: flags.bool('privileged'),
        Tty: tty,
        ...console,
        AttachStdin: stdin,
        AttachStderr: !detach,
        AttachStdout: !detach,
        Detach: detach,
        DetachKeys: keys,
        Env: env.length === 0 ? null : env,
        WorkingDir: flags.string('workdir'),
        Cmd: argv,
      },
    });
    if (Id === '') throw new CliError('exec ID empty');
    const start = { Detach: detach, Tty: tty, ...console };
    if (detach) {
      yield* engine.call('POST', `/exec/${Id}/start`, { json: start });
      return 0;
    }
    const stream = yield* engine.hijack(`/exec/${Id}/start`, { json: start });
    if (tty) yield* followWindowSize(engine, `/exec/${Id}`);
    const end = yield* runSession(cli, stream, { tty, stdin, detachKeys: keys });
    if (end === 'detached') throw new CliError('read escape sequence');
    try {
      return (yield* engine.get<ExecInspect>(`/exec/${Id}/json`)).ExitCode ?? 0;
    } catch (error) {
      // Then the daemon has probably died: -1, without a word.
      if (isConnectionFailed(error)) return 255;
      throw error;
    }
  },
});
