/** A worker process: it accepts connections and answers on them. */
import type { Sim } from '../../../kernel/sim.ts';
import {
  accept,
  credentials,
  exit,
  getsockname,
  setCredentials,
  setProcessTitle,
  sigaction,
  sigsuspend,
  sleep,
  thread,
} from '../../../kernel/syscalls.ts';
import { fdDuplex } from '../../../net/http/duplex.ts';
import { serveConnection } from '../../../net/http/server.ts';
import type { Worker } from './exchange.ts';
import { type ErrorLog, openLog } from './log.ts';
import type { Configuration } from './model.ts';
import { HEAD_LIMITS, refuse } from './refuse.ts';
import { answer } from './serve.ts';
import type { Sockets } from './sockets.ts';

/** How long a worker that shall quit waits for its last requests. */
const GRACE_STEP = 10_000;

/** Runs until it is told to quit, and then until its last request is answered. `ids`: whom it becomes if it is root. */
export function* worker(
  config: Configuration,
  product: string,
  errors: ErrorLog,
  sockets: Sockets,
  upstreams: Worker['upstreams'],
  ids: { uid: number; gid: number } | undefined,
): Sim<number> {
  yield* setProcessTitle('nginx', ['nginx: worker process']);
  let quit = false;
  yield* sigaction('SIGQUIT', function* () {
    quit = true;
  });
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    yield* sigaction(name, function* () {
      yield* errors.line('notice', 'exiting');
      yield* errors.line('notice', 'exit');
      yield* exit(0);
    });
  }
  yield* sigaction('SIGHUP', 'ignore');
  yield* sigaction('SIGCHLD', 'default');
  const logs = new Map<string, number>();
  for (const settings of allSettings(config)) {
    const log = settings.accessLog;
    if (log && !logs.has(log.path)) logs.set(log.path, yield* openLog(log.path));
  }
  if (ids && (yield* credentials()).euid === 0)
    yield* setCredentials({ uid: ids.uid, euid: ids.uid, gid: ids.gid, egid: ids.gid, groups: [ids.gid] });
  const state: Worker = { config, product, errors, accessLogs: logs, upstreams, turns: new Map(), connections: 0, requests: 0 };
  let busy = 0;
  let total = 0;
  const acceptors = [];
  for (const fd of sockets.values()) {
    acceptors.push(
      yield* thread(function* () {
        for (;;) {
          const { fd: client, peer } = yield* accept(fd);
          const local = yield* getsockname(client);
          const number = ++total;
          yield* thread(function* () {
            const stream = fdDuplex(client);
            state.connections++;
            try {
              yield* serveConnection(
                stream,
                { peer, local },
                function* (req, res, conn) {
                  busy++;
                  try {
                    yield* answer(state, req, res, conn, number);
                  } finally {
                    busy--;
                  }
                },
                { headLimits: HEAD_LIMITS, refuse: (refused, res, conn) => refuse(state, refused, res, conn) },
              );
            } finally {
              state.connections--;
              yield* stream.close();
            }
          });
        }
      }),
    );
  }
  while (!quit) yield* sigsuspend();
  for (const handle of acceptors) handle.cancel();
  yield* errors.line('notice', 'gracefully shutting down');
  while (busy > 0) yield* sleep(GRACE_STEP);
  yield* errors.line('notice', 'exiting');
  yield* errors.line('notice', 'exit');
  return 0;
}

/** The settings of all servers and locations. */
function allSettings(config: Configuration): Configuration['servers'][number]['settings'][] {
  const out: Configuration['servers'][number]['settings'][] = [];
  const collect = (locations: Configuration['servers'][number]['locations']) => {
    for (const l of locations) {
      out.push(l.settings);
      collect(l.inner);
    }
  };
  for (const server of config.servers) {
    out.push(server.settings);
    collect(server.locations);
  }
  return out;
}
