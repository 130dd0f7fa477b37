/** `docker attach`, and how `docker run` sees its container. */
import type { AttachOptions } from '../../api/types/options.ts';
import type { HijackedStreams } from '../../api/types/streams.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { ThreadHandle } from '../../kernel/syscalls.ts';
import { thread, waitOn } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import type { Cause } from '../../lib/records.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { conflict } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import { checkDetachKeys } from './detachKeys.ts';
import { logContainerEvent } from './events.ts';
import type { LiveContainer } from './live.ts';
import { readLog } from './logReader.ts';
import { logSource } from './logs.ts';
import { feedStdin, pumpOutput } from './pump.ts';
import type { ContainerServices } from './services.ts';

export function* attach(
  d: ContainerServices,
  name: string,
  options: AttachOptions,
  open: (tty: boolean) => Sim<HijackedStreams>,
  cause: Cause,
): Sim<void> {
  const c = findContainer(d.records, name);
  if (c.state.status === 'paused') throw conflict(`container ${name} is paused, unpause the container before attach`);
  if (c.state.status === 'restarting') throw conflict(`container ${name} is restarting, wait until the container is running`);
  checkDetachKeys(options.detachKeys);
  const live = d.live.container(c.id);
  const output = live.output.subscribe((stream) => (stream === 'stdout' ? options.stdout : options.stderr));
  let feeder: ThreadHandle | undefined;
  try {
    const streams = yield* open(c.config.Tty);
    if (options.logs) yield* replay(d, c, options, streams);
    logContainerEvent(d, cause, c, 'attach');
    if (options.stream) {
      if (options.stdin && c.config.OpenStdin) feeder = yield* thread(() => feed(live, c, streams), 'attach stdin');
      yield* pumpOutput(output, streams);
    }
    yield* streams.close();
  } finally {
    feeder?.cancel();
    live.output.unsubscribe(output);
  }
}

function* replay(d: ContainerServices, c: ContainerRecord, options: AttachOptions, to: HijackedStreams): Sim<void> {
  yield* readLog(logSource(d, c), EVERYTHING, {
    gone: { closed: false, gone: new WaitQueue() },
    *entry({ stream, log }) {
      if (stream === 'stdout' && options.stdout) yield* to.stdout(encodeUtf8(log));
      if (stream === 'stderr' && options.stderr) yield* to.stderr(encodeUtf8(log));
    },
  });
}

const EVERYTHING = { tail: -1, since: undefined, until: undefined, follow: false };

/** Waits for the start: clients attach before it. */
function* feed(live: LiveContainer, c: ContainerRecord, from: HijackedStreams): Sim<void> {
  while (!live.task) {
    if (live.removed) return;
    yield* waitOn(live.started);
  }
  const { streams } = live.task;
  if (streams.stdin !== undefined) yield* feedStdin(from, streams, c.config.StdinOnce && !c.config.Tty);
}
