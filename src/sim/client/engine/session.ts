/** A terminal or pipes joined to a hijacked stream: run, attach, start -a and exec. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { makeRaw, read, tcsetattr, thread, waitOn } from '../../kernel/syscalls.ts';
import type { Duplex } from '../../net/http/duplex.ts';
import type { Cli } from '../cli/cli.ts';
import { CliError } from '../cli/errors.ts';
import { log } from '../cli/log.ts';
import { DEFAULT_DETACH_KEYS, DetachFilter, parseDetachKeys } from './detachKeys.ts';
import { copyRaw, demultiplex } from './stdcopy.ts';

export interface SessionOptions {
  readonly tty: boolean;
  readonly stdin: boolean;
  /** With a terminal: the keys that end the session, as the user wrote them; '' for those of docker. */
  readonly detachKeys: string;
}

export type SessionEnd = 'closed' | 'detached';

/** Copies both ways until the daemon closes the stream or the user detaches. */
export function* runSession(cli: Cli, stream: Duplex, options: SessionOptions): Sim<SessionEnd> {
  const filter = options.stdin && options.tty ? new DetachFilter(yield* detachKeys(cli, options.detachKeys)) : undefined;
  const raw = options.stdin && options.tty && (yield* cli.isTerminal(0));
  const before = raw ? yield* makeRaw(0) : undefined;
  let failure: unknown;
  let detached = false;
  const outputs = { out: (data: Uint8Array) => cli.out(data), err: (data: Uint8Array) => cli.err(data) };
  try {
    const output = yield* thread(function* () {
      try {
        yield* options.tty ? copyRaw(stream, outputs) : demultiplex(stream, outputs);
      } catch (error) {
        if (!isErrno(error, 'ECONNRESET', 'EBADF')) failure = error;
      }
    }, 'docker-output');
    const input = options.stdin
      ? yield* thread(function* () {
          try {
            detached = yield* copyInput(stream, filter);
          } catch (error) {
            // The container may end while the user is still typing.
            if (!isErrno(error)) failure = error;
          }
        }, 'docker-input')
      : undefined;
    while (!output.done && !detached && !failure) yield* waitOn(input && !input.done ? [output.ended, input.ended] : [output.ended]);
    input?.cancel();
    output.cancel();
  } finally {
    if (before) yield* tcsetattr(0, before);
    yield* stream.close();
  }
  if (failure) throw failure;
  return detached ? 'detached' : 'closed';
}

/** Keys that nobody can type are no reason to end: the daemon has taken the request. */
function* detachKeys(cli: Cli, keys: string): Sim<readonly number[]> {
  if (keys === '') return DEFAULT_DETACH_KEYS;
  try {
    return parseDetachKeys(keys);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    yield* log(cli, 'warning', `invalid detach escape keys, using default: ${error.message}`);
    return DEFAULT_DETACH_KEYS;
  }
}

/** True if the detach keys were typed. At end of file the daemon is told so. */
function* copyInput(stream: Duplex, filter: DetachFilter | undefined): Sim<boolean> {
  for (;;) {
    const data = yield* read(0, 32 * 1024);
    if (data.length === 0) {
      yield* stream.closeWrite();
      return false;
    }
    if (!filter) {
      yield* stream.write(data);
      continue;
    }
    const { pass, detached } = filter.push(data);
    if (pass.length > 0) yield* stream.write(pass);
    if (detached) return true;
  }
}
