/** What systemctl and the manager say to each other: one JSON object a line on a unix socket. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, connect, read, shutdown, socket, write } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';

/** Root's own way to the manager. */
export const MANAGER_SOCKET = '/run/systemd/private';
/** Everybody's way: it tells, and changes nothing. */
export const BUS_SOCKET = '/run/dbus/system_bus_socket';

export type Verb = 'start' | 'stop' | 'restart' | 'reload' | 'kill' | 'state' | 'list' | 'daemon-reload' | 'reset-failed';

export interface ManagerRequest {
  readonly verb: Verb;
  readonly unit: string;
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
  for (const path of [MANAGER_SOCKET, BUS_SOCKET]) {
    const reply = yield* askAt(path, request);
    if (reply !== null) return reply;
  }
  return null;
}

function* askAt(path: string, request: ManagerRequest): Sim<ManagerReply | null> {
  const fd = yield* socket('unix', 'stream');
  try {
    yield* connect(fd, { path });
    yield* write(fd, `${JSON.stringify(request)}\n`);
    yield* shutdown(fd, 'write');
    return JSON.parse(yield* readToEnd(fd)) as ManagerReply;
  } catch (error) {
    // A manager that ends in the middle of its answer is one that is not there.
    if (error instanceof Errno || error instanceof SyntaxError) return null;
    throw error;
  } finally {
    yield* close(fd);
  }
}

/** Undefined for what is no request: anybody may write to the bus. */
export function parseRequest(text: string): ManagerRequest | undefined {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { verb, unit } = (request ?? {}) as Partial<ManagerRequest>;
  return typeof verb === 'string' && typeof unit === 'string' ? (request as ManagerRequest) : undefined;
}

export function* readToEnd(fd: number): Sim<string> {
  let text = '';
  for (;;) {
    const chunk = yield* read(fd, 65_536);
    if (chunk.length === 0) return text;
    text += decodeUtf8(chunk);
  }
}
