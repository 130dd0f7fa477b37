/**
 * How a client and a simulated database talk: one JSON text a line. It stands for the databases' own binary protocols, which nothing
 * but these clients speaks here; what passes (login, statement, rows, errors) is the same.
 */
import type { Sim } from '../../kernel/sim.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Duplex, StreamReader } from '../../net/http/duplex.ts';
import type { Answer } from './select.ts';

export interface Hello {
  readonly user: string;
  readonly password: string | undefined;
  /** '' for none (MySQL). */
  readonly database: string;
}

export interface Fault {
  readonly message: string;
  readonly state: string;
  readonly number: number;
  readonly at?: number;
  readonly detail?: string;
  /** The session ends with it. */
  readonly fatal?: boolean;
}

export interface Reply {
  readonly fault?: Fault;
  /** What the statements before the last one of the same request gave. */
  readonly before?: readonly Reply[];
  readonly tag?: string;
  readonly answer?: Answer;
  readonly affected?: number;
  readonly notice?: string;
  /** Database that is now in use, and the server's version. */
  readonly database?: string;
  readonly version?: string;
  /** Facts for meta commands. */
  readonly facts?: unknown;
}

export type Request = { readonly sql: string } | { readonly ask: string; readonly name?: string };

export function* send(stream: Duplex, message: unknown): Sim<void> {
  yield* stream.write(encodeUtf8(`${JSON.stringify(message)}\n`));
}

/** Undefined when the other side has gone, or speaks something else. */
export function* receive<T>(reader: StreamReader): Sim<T | undefined> {
  const line = yield* reader.line();
  if (line === null || line === '') return undefined;
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
