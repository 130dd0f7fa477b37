import { defineCommand } from '../../cli/command.ts';
import { eachName } from '../../cli/each.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { containerPath } from '../../engine/paths.ts';
import type { Query } from '../../engine/query.ts';

/** How long to wait for a container before it is killed, and the signal that it gets first. */
function stopQuery(flags: Flags): Query {
  const signal = flags.string('signal');
  const t = flags.changed('timeout') ? flags.number('timeout') : flags.changed('time') ? flags.number('time') : undefined;
  return { signal: signal === '' ? undefined : signal, t };
}

export const commands = (['stop', 'restart'] as const).map((verb) =>
  defineCommand({
    path: `container ${verb}`,
    *run({ cli, flags, args }) {
      const engine = yield* cli.engine();
      yield* eachName(cli, args, function* (name) {
        yield* engine.call('POST', `${containerPath(name)}/${verb}`, { query: stopQuery(flags) });
      });
    },
  }),
);
