/** The client's side of a fetch: over http, or from a folder of this machine. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { now, statOrNull } from '../../../kernel/syscalls.ts';
import { concatBytes } from '../../../lib/bytes.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { HostNotFound } from '../../../net/dns/resolve.ts';
import { connectHttp } from '../../../net/http/client.ts';
import { HttpError } from '../../../net/http/duplex.ts';
import { Headers } from '../../../net/http/headers.ts';
import { TlsError } from '../../../net/tls.ts';
import { parseUrl, resolveUrl, type Url } from '../../network/url.ts';
import { Fatal } from '../failure.ts';
import { absolute } from './commands/init.ts';
import { type GitObject, parseTree } from './objects.ts';
import { readPack } from './pack.ts';
import { FLUSH, pktLine, readPktLines } from './pktLine.ts';
import { Repository } from './repository.ts';

/** What another repository has. */
export interface Advertised {
  readonly refs: ReadonlyMap<string, string>;
  /** The branch of its HEAD, by full name. */
  readonly head: string | undefined;
}

export interface Fetched {
  readonly objects: readonly GitObject[];
  /** Commits whose parents were left out. */
  readonly shallow: readonly string[];
  /** Bytes that came. */
  readonly size: number;
}

export interface Wanted {
  readonly wants: readonly string[];
  readonly haves: readonly string[];
  readonly depth: number | undefined;
  /** What the other side tells, line by line; none asks it to be quiet. */
  readonly progress: ((text: string) => Sim<void>) | undefined;
}

export interface Remote {
  readonly local: boolean;
  list(): Sim<Advertised>;
  fetch(wanted: Wanted): Sim<Fetched>;
}

/** A repository by its URL or path. */
export function* openRemote(url: string, warn: (text: string) => Sim<void>): Sim<Remote> {
  if (/^https?:\/\//.test(url)) return httpRemote(url, warn);
  if (/^(ssh|git):\/\//.test(url) || /^[\w.-]+@[\w.-]+:/.test(url))
    throw new Fatal('drydock: git over ssh and the git protocol is not simulated; use an https:// address', 128);
  const path = yield* absolute(url.replace(/^file:\/\//, ''));
  const root = (yield* statOrNull(`${path}/.git/HEAD`)) !== null ? path : undefined;
  if (root === undefined) throw new Fatal(`repository '${url}' does not exist`, 128);
  return localRemote(new Repository(root));
}

function localRemote(repo: Repository): Remote {
  return {
    local: true,
    *list() {
      const head = yield* repo.head();
      return { refs: new Map([...(yield* repo.refs('refs/heads/')), ...(yield* repo.refs('refs/tags/'))]), head: head.ref };
    },
    *fetch({ wants, haves }) {
      const objects = new Map<string, GitObject>();
      const have = new Set(haves);
      const take = function* (id: string): Sim<GitObject> {
        const object = yield* repo.read(id);
        objects.set(id, object);
        return object;
      };
      const tree = function* (id: string): Sim<void> {
        if (objects.has(id)) return;
        for (const entry of parseTree((yield* take(id)).data)) {
          if (entry.mode === '40000') yield* tree(entry.id);
          else yield* take(entry.id);
        }
      };
      for (const { id, commit } of yield* repo.history(wants)) {
        if (have.has(id)) continue;
        yield* take(id);
        yield* tree(commit.tree);
      }
      return { objects: [...objects.values()], shallow: [], size: 0 };
    },
  };
}

function httpRemote(address: string, warn: (text: string) => Sim<void>): Remote {
  let base = `${address.replace(/\/+$/, '')}/`;
  const shown = base;

  function* call(path: string, body?: Uint8Array): Sim<Uint8Array> {
    const started = yield* now();
    let url = parseUrl(base + path) as Url;
    for (let hops = 0; ; hops++) {
      try {
        const { host, port } = url;
        const connection = yield* connectHttp({ host, port, tls: url.scheme === 'https' });
        const headers = new Headers([
          ['User-Agent', 'git/2.39.5'],
          ['Accept', '*/*'],
        ]);
        if (body) headers.set('Content-Type', 'application/x-git-upload-pack-request');
        const response = yield* connection.request({ method: body ? 'POST' : 'GET', path: url.path, headers, body });
        const bytes = yield* response.body.bytes();
        yield* connection.close();
        const location = response.headers.get('Location');
        const next =
          location === undefined || response.status < 300 || response.status >= 400 || hops > 5 ? null : resolveUrl(url, location);
        if (next !== null) {
          base = (location as string).replace(/info\/refs.*$/, '');
          yield* warn(`warning: redirecting to ${base}\n`);
          url = next;
          continue;
        }
        if (response.status === 200) return bytes;
        if (response.status === 401)
          throw new Fatal(`could not read Username for '${url.scheme}://${host}': No such device or address`, 128);
        if (response.headers.get('Content-Type')?.startsWith('text/plain')) yield* warn(decodeUtf8(bytes).replace(/^(?=.)/gm, 'remote: '));
        if (response.status === 404) throw new Fatal(`repository '${shown}' not found`, 128);
        throw new Fatal(`unable to access '${shown}': The requested URL returned error: ${response.status}`, 128);
      } catch (error) {
        const reason = reasonOf(error, url, (yield* now()) - started);
        if (reason === undefined) throw error;
        throw new Fatal(`unable to access '${shown}': ${reason}`, 128);
      }
    }
  }

  return {
    local: false,
    *list() {
      const lines = readPktLines(yield* call('info/refs?service=git-upload-pack')).map((l) =>
        l === undefined ? '' : decodeUtf8(l).trimEnd(),
      );
      if (!lines[0]?.startsWith('# service=')) throw new Fatal(`${shown}info/refs not valid: is this a git repository?`, 128);
      const refs = new Map<string, string>();
      for (const line of lines.slice(1)) {
        const m = /^([0-9a-f]{40}) (refs\/[^\0]+)/.exec(line);
        if (m) refs.set(m[2], m[1]);
      }
      return { refs, head: /symref=HEAD:(\S+)/.exec(lines.join('\n'))?.[1] };
    },
    *fetch({ wants, haves, depth, progress }) {
      const capabilities = `side-band-64k ofs-delta${progress ? '' : ' no-progress'} agent=git/2.39.5`;
      const request = concatBytes([
        ...wants.map((id, i) => pktLine(`want ${id}${i === 0 ? ` ${capabilities}` : ''}\n`)),
        ...(depth === undefined ? [] : [pktLine(`deepen ${depth}\n`)]),
        FLUSH,
        ...haves.map((id) => pktLine(`have ${id}\n`)),
        pktLine('done\n'),
      ]);
      const answer = yield* call('git-upload-pack', request);
      const pack: Uint8Array[] = [];
      const shallow: string[] = [];
      for (const line of readPktLines(answer)) {
        if (line === undefined) continue;
        if (line[0] === 1) pack.push(line.subarray(1));
        else if (line[0] === 2) yield* progress?.(decodeUtf8(line.subarray(1))) ?? nothing();
        else {
          const text = decodeUtf8(line).trimEnd();
          if (text.startsWith('shallow ')) shallow.push(text.slice(8));
          if (text.startsWith('ERR ')) throw new Fatal(`remote error: ${text.slice(4)}`, 128);
        }
      }
      return { objects: readPack(concatBytes(pack)), shallow, size: answer.length };
    },
  };
}

function* nothing(): Sim<void> {}

/** A failure of the network in libcurl's words. */
function reasonOf(error: unknown, url: Url, elapsed: number): string | undefined {
  if (error instanceof HostNotFound) return `Could not resolve host: ${url.host}`;
  if (error instanceof TlsError) return `SSL certificate problem: ${error.message}`;
  if (error instanceof HttpError) return 'Empty reply from server';
  if (error instanceof Errno)
    return `Failed to connect to ${url.host} port ${url.port} after ${Math.round(elapsed / 1000)} ms: Couldn't connect to server`;
  return undefined;
}
