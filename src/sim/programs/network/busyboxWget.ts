/** busybox's wget. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getpid, kill, statOrNull, write } from '../../kernel/syscalls.ts';
import { HostNotFound } from '../../net/dns/resolve.ts';
import { HttpError } from '../../net/http/duplex.ts';
import { canonicalAddress } from '../../net/ip/address.ts';
import { TlsError } from '../../net/tls.ts';
import { withTimeout } from './timeout.ts';
import { fileNameOf, parseUrl, resolveUrl, type Url } from './url.ts';
import { parseWget, type WgetOptions, WgetUsage } from './wgetOptions.ts';
import { openResponse, storeBody, type Voice } from './wgetTransfer.ts';

/** `busybox wget`. */
export function* busyboxWget(argv: readonly string[]): Sim<number> {
  return yield* busyboxFetch(argv, function* (host) {
    yield* write(2, `wget: bad address '${host}'\n`);
    return 1;
  });
}

/** Debian's statically linked busybox: its wget dies of a name that does not resolve, for the libraries that look names up are not in it. */
export function* staticBusyboxWget(argv: readonly string[]): Sim<number> {
  return yield* busyboxFetch(argv, function* () {
    yield* kill(yield* getpid(), 'SIGSEGV');
    // Process 1 outlives a signal that it does not expect; a fault of its own ends it all the same.
    return 139;
  });
}

function* busyboxFetch(argv: readonly string[], unknownHost: (host: string) => Sim<number>): Sim<number> {
  let o: WgetOptions;
  try {
    o = parseWget(argv.slice(1));
  } catch (error) {
    if (!(error instanceof WgetUsage)) throw error;
    const head = error.message === 'missing URL' ? '' : `wget: ${error.message}\n`;
    yield* write(
      2,
      `${head}BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[-P DIR] [-U AGENT] [-T SEC] URL...\n`,
    );
    return 1;
  }
  const say = function* (text: string): Sim<void> {
    if (!o.quiet) yield* write(2, text);
  };
  for (const text of o.urls) {
    let url = parseUrl(text);
    if (!url) {
      yield* write(2, `wget: not an http or ftp url: ${text}\n`);
      return 1;
    }
    if (url.scheme !== 'http' && url.scheme !== 'https') {
      yield* write(2, `wget: not an http or ftp url: ${text}\n`);
      return 1;
    }
    const voice: Voice = {
      userAgent: 'Wget',
      *resolving() {},
      *resolved() {},
      *connecting(at, address) {
        yield* say(`Connecting to ${at.host}${at.port === 80 ? '' : `:${at.port}`} (${address}:${at.port})\n`);
      },
      *connected() {},
      *connectFailed() {},
      *answered() {},
    };
    try {
      const name = o.output ?? (fileNameOf(url) || 'index.html');
      const path = o.folder !== undefined && o.output === undefined ? `${o.folder}/${name}` : name;
      if (path !== '-' && !o.spider && o.output === undefined && !o.continued && (yield* statOrNull(path))) {
        yield* write(2, `wget: can't open '${path}': File exists\n`);
        return 1;
      }
      for (let redirects = 0; ; redirects++) {
        const target: Url = url;
        const opened = yield* withTimeout(o.timeoutUs, () => openResponse(target, o, voice));
        if (!opened) {
          yield* write(2, 'wget: download timed out\n');
          return 1;
        }
        const response = opened.value;
        if (o.serverResponse) {
          yield* write(
            2,
            `  ${response.version} ${response.status} ${response.reason}\n${response.headers
              .entries()
              .map(([key, value]) => `  ${key}: ${value}\n`)
              .join('')}  \n`,
          );
        }
        const location = response.headers.get('Location');
        if (response.status >= 300 && response.status < 400 && location !== undefined) {
          yield* response.close();
          if (redirects >= 5) {
            yield* write(2, 'wget: too many redirections\n');
            return 1;
          }
          url = resolveUrl(url, location) ?? url;
          continue;
        }
        if (response.status >= 400 || response.status < 200) {
          yield* write(2, `wget: server returned error: ${response.version} ${response.status} ${response.reason}\n`);
          yield* response.close();
          return 1;
        }
        if (o.spider) {
          yield* say('remote file exists\n');
          yield* response.close();
          break;
        }
        if (path === '-') yield* say('writing to stdout\n');
        else yield* say(`saving to '${path}'\n`);
        const done = yield* withTimeout(o.timeoutUs === undefined ? undefined : o.timeoutUs * 10, () => storeBody(response, path));
        yield* response.close();
        if (!done) {
          yield* write(2, 'wget: download timed out\n');
          return 1;
        }
        if (path === '-')
          yield* say(`-                    100% |${'*'.repeat(32)}| ${String(done.value).padStart(5)}  0:00:00 ETA\nwritten to stdout\n`);
        else
          yield* say(
            `${path.split('/').at(-1)?.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(done.value).padStart(5)}  0:00:00 ETA\n'${path}' saved\n`,
          );
        break;
      }
    } catch (error) {
      if (error instanceof HostNotFound) return yield* unknownHost(`${url.host}${url.port === 80 ? '' : `:${url.port}`}`);
      if (error instanceof Errno)
        yield* write(2, `wget: can't connect to remote host${canonicalAddress(url.host) ? ` (${url.host})` : ''}: ${error.message}\n`);
      else if (error instanceof HttpError) yield* write(2, 'wget: error getting response\n');
      else if (error instanceof TlsError) yield* write(2, 'wget: error getting response: Invalid argument\n');
      else throw error;
      return 1;
    }
  }
  return 0;
}
