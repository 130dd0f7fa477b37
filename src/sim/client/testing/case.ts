/** A row of a command's test: what is typed, what the engine must be asked and answers, and what then comes out. */
import { encodeBase64 } from '../../lib/base64.ts';
import { concatBytes } from '../../lib/bytes.ts';
import { readTar } from '../../lib/tar/index.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

export interface ClientCase {
  /** Words of a command line after `docker`; quotes as in a shell, nothing else of it. */
  readonly docker: string;
  /** All requests in their order, but for pings. Any other is answered with 404, and the test fails. */
  readonly engine?: readonly Exchange[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the home directory, /root, where the command is run. */
  readonly files?: Readonly<Record<string, string>>;
  /** '' if it is not stated, as with `stderr`. */
  readonly stdout?: string;
  readonly stderr?: string;
  /** 0 if it is not stated. */
  readonly exit?: number;
  /** Files of the home directory afterwards; null for none. A tar file is told by the names in it. */
  readonly leaves?: Readonly<Record<string, unknown>>;
}

/**
 * `METHOD /path?query` (decoded, without the version); the status; the answer: JSON, with an error status its message, or an `Answer`;
 * the request's body: JSON, text, or the names in a tar file.
 */
export type Exchange = readonly [request: string, status: number, answer?: unknown, body?: unknown];

/** An answer that is not one JSON value. After a status of 101 it is what a raw stream brings before it ends. */
export class Answer {
  readonly data: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;

  constructor(data: Uint8Array, headers: Readonly<Record<string, string>> = {}) {
    this.data = data;
    this.headers = headers;
  }
}

export const text = (content: string): Answer => new Answer(encodeUtf8(content), { 'Content-Type': 'text/plain; charset=utf-8' });

/** One JSON object a line, as pulls and events are told. */
export const lines = (...objects: readonly unknown[]): Answer =>
  new Answer(encodeUtf8(objects.map((o) => `${JSON.stringify(o)}\r\n`).join('')), { 'Content-Type': 'application/json' });

/** A stream of a container without a terminal: each piece in a frame that says where it goes. */
export const frames = (...pieces: readonly (readonly ['stdout' | 'stderr', string])[]): Answer =>
  new Answer(
    concatBytes(
      pieces.flatMap(([stream, content]) => {
        const data = encodeUtf8(content);
        return [new Uint8Array([stream === 'stdout' ? 1 : 2, 0, 0, 0, 0, 0, data.length >> 8, data.length & 255]), data];
      }),
    ),
    { 'Content-Type': 'application/vnd.docker.multiplexed-stream' },
  );

/** A path of a container for `cp`: what the header says of it, and a tar file with it if it is asked for. */
export function pathStat(
  stat: { readonly name: string; readonly mode: number; readonly size?: number; readonly linkTarget?: string },
  archive?: Uint8Array,
): Answer {
  const all = { size: 0, mtime: '2026-01-02T03:04:05Z', linkTarget: '', ...stat };
  return new Answer(archive ?? new Uint8Array(), {
    'Content-Type': 'application/x-tar',
    'X-Docker-Container-Path-Stat': encodeBase64(encodeUtf8(JSON.stringify(all))),
  });
}

/** The words of a line: blanks divide it, quotes of both kinds hold it together. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

/** Plays the engine's part of a case and keeps what was said. */
export class Script {
  readonly #open: Exchange[];
  readonly #said: Exchange[] = [];

  constructor(exchanges: readonly Exchange[] = []) {
    this.#open = [...exchanges];
  }

  /** The requests so far, each with its answer: equal to what the case states if all is well. */
  get said(): readonly Exchange[] {
    return this.#said;
  }

  /** `target` as in the request line, `/v1.50` and all. */
  answer(method: string, target: string, sent: Uint8Array): readonly [status: number, answer: Answer] {
    const request = `${method} ${decodeURIComponent(target.replace(/^\/v1\.\d+/, '').replaceAll('+', ' '))}`;
    const index = this.#find(request);
    const [, status, answer, stated] = index < 0 ? [request, 404, 'not in the script'] : this.#open.splice(index, 1)[0];
    const body = bodyOf(sent);
    if (body !== undefined || stated !== undefined) this.#said.push([request, status, answer, body]);
    else this.#said.push(answer === undefined ? [request, status] : [request, status, answer]);
    return [status, answerOf(status, answer)];
  }

  /** With another query it is still answered, so that the difference is seen where it is. */
  #find(request: string): number {
    const exact = this.#open.findIndex(([r]) => r === request);
    const path = request.split('?')[0];
    return exact >= 0 ? exact : this.#open.findIndex(([r]) => r.split('?')[0] === path);
  }
}

function answerOf(status: number, answer: unknown): Answer {
  if (answer instanceof Answer) return answer;
  if (answer === undefined) return new Answer(new Uint8Array());
  const value = status >= 400 ? { message: answer } : answer;
  return new Answer(encodeUtf8(`${JSON.stringify(value)}\n`), { 'Content-Type': 'application/json' });
}

function bodyOf(sent: Uint8Array): unknown {
  if (sent.length === 0) return undefined;
  const content = contentOf(sent);
  try {
    return typeof content === 'string' ? JSON.parse(content) : content;
  } catch {
    return content;
  }
}

/** A file as a case tells it. */
export function contentOf(data: Uint8Array): unknown {
  const isTar = data.length >= 512 && decodeUtf8(data.subarray(257, 262)) === 'ustar';
  return isTar ? readTar(data).entries.map((entry) => entry.name) : decodeUtf8(data);
}

/** The case as it went, with the fields that it states. */
export function asStated(
  stated: ClientCase,
  went: { readonly engine: readonly Exchange[]; readonly stdout: string; readonly stderr: string; readonly exit: number },
  leaves: Readonly<Record<string, unknown>>,
): ClientCase {
  return {
    ...stated,
    ...(stated.engine || went.engine.length > 0 ? { engine: went.engine } : {}),
    ...(stated.stdout !== undefined || went.stdout !== '' ? { stdout: went.stdout } : {}),
    ...(stated.stderr !== undefined || went.stderr !== '' ? { stderr: went.stderr } : {}),
    ...(stated.exit !== undefined || went.exit !== 0 ? { exit: went.exit } : {}),
    ...(stated.leaves ? { leaves } : {}),
  };
}
