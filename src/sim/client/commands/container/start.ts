import type { ContainerInspect } from '../../../api/types/container.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { containerPath } from '../../engine/paths.ts';
import { runSession } from '../../engine/session.ts';
import { defaultSignals, followWindowSize, forwardSignals } from '../../engine/terminal.ts';
import { beginWait, exitStatus } from './run.ts';

export const command = defineCommand({
  path: 'container start',
  *run({ cli, flags, args }) {
    if (!flags.bool('attach') && !flags.bool('interactive')) return yield* startAll(cli, args);
    if (args.length > 1) throw new CliError('you cannot start and attach multiple containers at once');
    return yield* startAttached(cli, flags, args[0]);
  },
});

function* startAll(cli: Cli, names: readonly string[]): Sim<void> {
  const engine = yield* cli.engine();
  const failed: string[] = [];
  for (const name of names) {
    try {
      yield* engine.call('POST', `${containerPath(name)}/start`);
      yield* cli.out(`${name}\n`);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      yield* cli.err(`${error.message}\n`);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new CliError(`Error: failed to start containers: ${failed.join(', ')}`);
}

function* startAttached(cli: Cli, flags: Flags, name: string): Sim<number> {
  const engine = yield* cli.engine();
  const { Id: id, Config, HostConfig } = yield* engine.get<ContainerInspect>(`${containerPath(name)}/json`);
  const keys = flags.string('detach-keys') || (yield* cli.config()).detachKeys;
  const stdin = flags.bool('interactive') && Config.OpenStdin;
  const stream = yield* engine.hijack(`/containers/${id}/attach`, {
    query: { stream: 1, stdin, stdout: 1, stderr: 1, detachKeys: keys || undefined },
  });
  if (!Config.Tty) yield* forwardSignals(engine, id);
  const wait = yield* beginWait(engine, id, HostConfig.AutoRemove ? 'removed' : 'next-exit');
  try {
    yield* engine.call('POST', `/containers/${id}/start`);
  } catch (error) {
    yield* stream.close();
    if (HostConfig.AutoRemove) yield* exitStatus(cli, wait);
    throw error;
  }
  if (Config.Tty) yield* followWindowSize(engine, `/containers/${id}`);
  const end = yield* runSession(cli, stream, { tty: Config.Tty, stdin, detachKeys: keys });
  if (end === 'detached') return 0;
  const status = yield* exitStatus(cli, wait);
  yield* defaultSignals();
  return status;
}
