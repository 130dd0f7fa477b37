/** The life of a server: it listens, loads its data, serves until a signal or SHUTDOWN, saves once more. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  getpid,
  isatty,
  kill,
  listen,
  setProcessTitle,
  setsockopt,
  sigaction,
  sigsuspend,
  socket,
  thread,
  wallClock,
  write,
} from '../../../kernel/syscalls.ts';
import { banner } from './banner.ts';
import { converse } from './conversation.ts';
import { saveDump } from './persistence.ts';
import { load, saveNowAndThen } from './saving.ts';
import type { Server } from './server.ts';

/** Serves until it is told to stop; `configured`: something was set by a file or an option. */
export function* serve(server: Server, configured: boolean): Sim<number> {
  const pid = yield* getpid();
  yield* server.log('*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  yield* server.log('*', `Redis version=${server.version}, bits=64, commit=00000000, modified=0, pid=${pid}, just started`);
  if (configured) yield* server.log('*', 'Configuration loaded');
  else
    yield* server.log(
      '#',
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    );
  server.role = 'M';
  yield* server.log('*', 'monotonic clock: POSIX clock_gettime');
  const port = Number(server.config.get('port'));
  const listeners: number[] = [];
  for (const [domain, address] of [
    ['inet', ''],
    ['inet6', '::'],
  ] as const) {
    const fd = yield* socket(domain, 'stream');
    try {
      yield* setsockopt(fd, 'SO_REUSEADDR', 1);
      if (domain === 'inet6') yield* setsockopt(fd, 'IPV6_V6ONLY', 1);
      yield* bind(fd, { address, port });
      yield* listen(fd, 511);
      listeners.push(fd);
    } catch (error) {
      yield* close(fd);
      if (!(error instanceof Errno)) throw error;
      yield* server.log(
        '#',
        `Warning: Could not create server TCP listening socket ${domain === 'inet' ? '*' : '::*'}:${port}: bind: ${error.message}`,
      );
    }
  }
  if (listeners.length === 0) {
    yield* server.log('#', `Failed listening on port ${port} (tcp), aborting.`);
    return 1;
  }
  // The logo is for people: a log gets the facts in one line (always-show-logo no).
  if (yield* isatty(1)) yield* write(1, banner(server.version, port, pid));
  else yield* server.log('*', `Running mode=standalone, port=${port}.`);
  yield* setProcessTitle('redis-server', [`redis-server *:${port}`]);
  const stopped = { by: '' };
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    yield* sigaction(name, function* () {
      stopped.by = name;
      yield* server.log('*', `Received ${name} scheduling shutdown...`);
    });
  }
  yield* sigaction('SIGPIPE', 'ignore');
  yield* server.log('*', 'Server initialized');
  yield* load(server);
  yield* server.log('*', 'Ready to accept connections tcp');
  const quit = function* (): Sim<void> {
    stopped.by = 'SHUTDOWN';
    // Wakes the main thread out of its sleep.
    yield* kill(pid, 'SIGUSR2');
  };
  yield* sigaction('SIGUSR2', function* () {});
  for (const fd of listeners) {
    yield* thread(function* () {
      for (;;) {
        const { fd: connection, peer } = yield* accept(fd);
        const address = 'port' in peer ? `${peer.address}:${peer.port}` : '';
        yield* thread(() => converse(server, connection, address, quit));
      }
    });
  }
  yield* thread(() => saveNowAndThen(server));
  while (stopped.by === '') yield* sigsuspend();
  yield* server.log('*', 'User requested shutdown...');
  if (server.appendOnly) yield* server.log('*', 'Calling fsync() on the AOF file.');
  if (server.config.get('save') !== '' && server.databases.some((db) => db.dirty > 0 || db.entries.size > 0)) {
    yield* server.log('*', 'Saving the final RDB snapshot before exiting.');
    try {
      yield* saveDump(server.databases[0], server.places, (yield* wallClock()) / 1000);
      yield* server.log('*', 'DB saved on disk');
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* server.log('#', `Error trying to save the DB, can't exit: ${error.message}`);
    }
  }
  yield* server.log('#', 'Redis is now ready to exit, bye bye...');
  return 0;
}
