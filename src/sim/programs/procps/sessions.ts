/** Who is logged in: the leaders of sessions that have a terminal. There is no utmp; the processes themselves tell. */
import type { Sim } from '../../kernel/sim.ts';
import { wallClock } from '../../kernel/syscalls.ts';
import { readUsers } from '../lib/users.ts';
import { type ProcessInfo, readProcesses, readSystem, TICKS_PER_SECOND } from './processTable.ts';

export interface LoginSession {
  readonly user: string;
  readonly tty: string;
  readonly pid: number;
  /** Seconds since 1970. */
  readonly since: number;
  /** What stands in the terminal's foreground. */
  readonly what: ProcessInfo;
  readonly processes: readonly ProcessInfo[];
}

/** One entry for each terminal, by when it began. */
export function* readSessions(): Sim<readonly LoginSession[]> {
  const users = yield* readUsers();
  const all = yield* readProcesses();
  const { uptime } = yield* readSystem();
  const bootedAt = (yield* wallClock()) / 1e6 - uptime;
  return all
    .filter((p) => p.sid === p.pid && p.tty.startsWith('pts/'))
    .map((leader) => {
      const processes = all.filter((p) => p.sid === leader.sid);
      return {
        user: users.userName(leader.uid),
        tty: leader.tty,
        pid: leader.pid,
        since: bootedAt + leader.startTicks / TICKS_PER_SECOND,
        what: processes.filter((p) => p.foreground).at(-1) ?? leader,
        processes,
      };
    })
    .sort((a, b) => a.since - b.since);
}
