/** What containers use: one picture with --no-stream, else a table that is drawn anew twice a second. */
import type { ContainerSummary } from '../../../api/types/container.ts';
import type { EventMessage } from '../../../api/types/event.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { sleep, thread } from '../../../kernel/syscalls.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { joinErrors } from '../../cli/errors.ts';
import { formatList } from '../../cli/format/formatter.ts';
import { shortId } from '../../cli/format/words.ts';
import type { Engine } from '../../engine/engine.ts';
import { CutOff, EngineError } from '../../engine/errors.ts';
import { eachJson } from '../../engine/jsonMessage.ts';
import { filterQuery } from '../../engine/query.ts';
import { Collected, collect } from './statsCollect.ts';
import { STATS_LAYOUT, STATS_TABLE, statsRow } from './statsRow.ts';

const REDRAW_US = 500_000;

export const command = defineCommand({
  path: 'container stats',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    const stream = !flags.bool('no-stream');
    const all = flags.bool('all');
    const shown: Collected[] = [];
    const add = function* (name: string): Sim<void> {
      if (shown.some((one) => one.container === name)) return;
      const one = new Collected(name);
      shown.push(one);
      yield* thread(() => collect(engine, one, stream), 'docker-stats');
    };
    let failure: EngineError | undefined;
    if (args.length === 0)
      yield* followAll(engine, all, shown, add, (error) => {
        failure ??= error;
      });
    else for (const name of args) yield* add(name);
    for (const one of [...shown]) yield* one.first();
    if (args.length > 0) joinErrors(shown.flatMap((one) => (one.error === undefined ? [] : [one.error])));

    const format = flags.string('format') || (yield* cli.config()).format('statsFormat') || 'table';
    const draw = (): string =>
      formatList(
        STATS_LAYOUT,
        format === 'table' ? STATS_TABLE : format,
        shown.map((one) => statsRow(one, flags.bool('no-trunc'))),
      );
    if (stream) {
      yield* redraw(cli, draw, () => failure !== undefined || (args.length > 0 && shown.length === 0));
      // A daemon that restarts is no failure of this command.
      if (failure && !(failure instanceof CutOff)) throw failure;
    } else {
      yield* sleep(REDRAW_US);
      yield* cli.out(draw());
    }
  },
});

function* redraw(cli: Cli, draw: () => string, finished: () => boolean): Sim<void> {
  for (;;) {
    yield* sleep(REDRAW_US);
    const lines = draw().split('\n');
    // A shorter text leaves the rest of what stood there: every line is cleared to its end, and the screen below.
    yield* cli.out(`\x1b[H${lines.map((line) => `${line} \x1b[K\n`).join('')}\x1b[J`);
    if (finished()) return;
  }
}

/** Containers that are there, and those that come and go. */
function* followAll(
  engine: Engine,
  all: boolean,
  shown: Collected[],
  add: (name: string) => Sim<void>,
  failed: (error: EngineError) => void,
): Sim<void> {
  const { body } = yield* engine.open('GET', '/events', { query: { filters: filterQuery(['type=container']) } });
  yield* thread(function* () {
    try {
      yield* eachJson<EventMessage>(body, function* ({ Action, Actor }) {
        if (Action === 'start' || (all && Action === 'create')) yield* add(shortId(Actor.ID));
        else if (Action === 'destroy' || (!all && Action === 'die')) {
          const at = shown.findIndex((one) => one.container === shortId(Actor.ID));
          if (at >= 0) shown.splice(at, 1);
        }
      });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      failed(error);
    }
  }, 'docker-events');
  for (const { Id } of yield* engine.get<readonly ContainerSummary[]>('/containers/json', { all })) yield* add(shortId(Id));
}
