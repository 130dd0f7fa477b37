/** What systemctl and the manager say to each other: one JSON object a line on a unix socket. */
import type { Sim } from '../../kernel/sim.ts';
import { close, connect, read, shutdown, socket, write } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';

export const MANAGER_SOCKET = '/run/systemd/private';

export type Verb = 'start' | 'stop' | 'restart' | 'reload' | 'kill' | 'state' | 'list' | 'daemon-reload' | 'reset-failed';

export interface ManagerRequest {
  readonly verb: Verb;
  readonly unit: string;
  readonly uid: number;
  readonly signal?: string;
}

export type ActiveState = 'active' | 'inactive' | 'failed' | 'activating' | 'deactivating';

export interface UnitState {
  readonly unit: string;
  readonly description: string;
  readonly active: ActiveState;
  /** 'running', 'dead', 'exited', 'failed', 'auto-restart', 'listening'. */
  readonly sub: string;
  readonly mainPid: number;
  readonly comm: string;
  readonly command: string;
  /** Microseconds since 1970; 0 when it never changed. */
  readonly since: number;
  /** 'code=exited, status=1/FAILURE', of the last end. */
  readonly result: string;
  readonly startedPid: number;
}

export type ManagerReply =
  | { readonly ok: true; readonly units: readonly UnitState[] }
  | { readonly ok: false; readonly error: string; readonly units: readonly UnitState[] };

/** Asks the manager; null when none is running. */
export function* ask(request: ManagerRequest): Sim<ManagerReply | null> {
  const fd = yield* socket('unix', 'stream');
  try {
    yield* connect(fd, { path: MANAGER_SOCKET });
    yield* write(fd, `${JSON.stringify(request)}\n`);
    yield* shutdown(fd, 'write');
    return JSON.parse(yield* readToEnd(fd)) as ManagerReply;
  } catch {
    return null;
  } finally {
    yield* close(fd);
  }
}

export function* readToEnd(fd: number): Sim<string> {
  let text = '';
  for (;;) {
    const chunk = yield* read(fd, 65_536);
    if (chunk.length === 0) return text;
    text += decodeUtf8(chunk);
  }
}
