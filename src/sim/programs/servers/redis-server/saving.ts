/** When a server loads its data, and when it saves it by itself. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { sleep, wallClock } from '../../../kernel/syscalls.ts';
import { HttpError } from '../../../net/http/duplex.ts';
import { loadDump, openAppendOnly, saveDump } from './persistence.ts';
import type { Server } from './server.ts';

/** Loads what an earlier server has left. */
export function* load(server: Server): Sim<void> {
  const now = (yield* wallClock()) / 1000;
  const [db] = server.databases;
  try {
    if (server.appendOnly) {
      if (yield* openAppendOnly(db, server.places, now)) yield* server.log('*', 'DB loaded from append only file: 0.000 seconds');
      else yield* server.log('*', `Creating AOF base file ${server.places.appendName}.1.base.rdb on server start`);
    } else if (yield* loadDump(db, server.places, now)) {
      yield* server.log('*', `Done loading RDB, keys loaded: ${db.entries.size}, keys expired: 0.`);
      yield* server.log('*', 'DB loaded from disk: 0.000 seconds');
    }
  } catch (error) {
    if (!(error instanceof Errno) && !(error instanceof HttpError)) throw error;
    yield* server.log('#', `Fatal error loading the DB: ${error.message}. Exiting.`);
  }
}

/** "save 3600 1 300 100": after so many seconds with at least so many changes. */
export function* saveNowAndThen(server: Server): Sim<void> {
  for (;;) {
    yield* sleep(10_000_000);
    const rules = (server.config.get('save') ?? '').split(/\s+/).map(Number);
    const [db] = server.databases;
    const now = yield* wallClock();
    for (let i = 0; i + 1 < rules.length; i += 2) {
      if (now - server.lastSave < rules[i] * 1_000_000 || db.dirty < rules[i + 1]) continue;
      yield* server.log('*', `${rules[i + 1]} changes in ${rules[i]} seconds. Saving...`);
      server.lastSave = now;
      yield* saveDump(db, server.places, now / 1000);
      yield* server.log('*', 'Background saving terminated with success');
      break;
    }
  }
}
