/** wget: GNU's for the machine, busybox's for small images. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, connect, getpid, isatty, kill, now, open, socket, statOrNull, wallClock, write } from '../kernel/syscalls.ts';
import { HostNotFound, resolveHost } from '../net/dns/resolve.ts';
import type { HttpResponse } from '../net/http/client.ts';
import { hostHeader, httpConnection } from '../net/http/client.ts';
import { calendarTime } from '../net/http/date.ts';
import { fdDuplex, HttpError } from '../net/http/duplex.ts';
import { Headers } from '../net/http/headers.ts';
import { canonicalAddress } from '../net/ip/address.ts';
import { TlsError, tlsClientHandshake } from '../net/tls.ts';
import { withTimeout } from './network/timeout.ts';
import type { Url } from './network/url.ts';
import { fileNameOf, formatUrl, parseUrl, resolveUrl } from './network/url.ts';

interface WgetOptions {
  urls: string[];
  output: string | undefined;
  folder: string | undefined;
  quiet: boolean;
  verbose: boolean;
  serverResponse: boolean;
  spider: boolean;
  timeoutUs: number | undefined;
  tries: number;
  userAgent: string | undefined;
  headers: string[];
  post: string | undefined;
  insecure: boolean;
  continued: boolean;
}

class Usage extends Error {}

const LONG: Readonly<Record<string, string>> = {
  quiet: 'q',
  'output-document': 'O',
  spider: '#',
  timeout: 'T',
  tries: 't',
  'user-agent': 'U',
  header: 'H',
  'post-data': 'D',
  'no-check-certificate': 'K',
  'server-response': 'S',
  'directory-prefix': 'P',
  continue: 'c',
  'no-verbose': 'n',
  'connect-timeout': 'T',
  'read-timeout': 'T',
  'show-progress': '-',
  progress: '=',
  'no-cache': '-',
  'post-file': 'F',
  'content-on-error': '-',
  'no-proxy': '-',
  'retry-connrefused': '-',
  recursive: '-',
};

function parse(args: readonly string[]): WgetOptions {
  const o: WgetOptions = {
    urls: [],
    output: undefined,
    folder: undefined,
    quiet: false,
    verbose: true,
    serverResponse: false,
    spider: false,
    timeoutUs: undefined,
    tries: 20,
    userAgent: undefined,
    headers: [],
    post: undefined,
    insecure: false,
    continued: false,
  };
  const valued = 'OTtUHDP=F';
  const set = (letter: string, value: string) => {
    switch (letter) {
      case 'q':
        o.quiet = true;
        break;
      case 'O':
        o.output = value;
        break;
      case '#':
        o.spider = true;
        break;
      case 'T':
        o.timeoutUs = Number(value) * 1_000_000;
        break;
      case 't':
        o.tries = Number(value);
        break;
      case 'U':
        o.userAgent = value;
        break;
      case 'H':
        o.headers.push(value);
        break;
      case 'D':
        o.post = value;
        break;
      case 'K':
        o.insecure = true;
        break;
      case 'S':
        o.serverResponse = true;
        break;
      case 'P':
        o.folder = value;
        break;
      case 'c':
        o.continued = true;
        break;
      case 'n':
        o.verbose = false;
        break;
    }
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-') || arg === '-') {
      o.urls.push(arg);
    } else if (arg.startsWith('--')) {
      const [name, ...rest] = arg.slice(2).split('=');
      const letter = LONG[name];
      if (letter === undefined) throw new Usage(`unrecognized option '${arg}'`);
      set(letter, valued.includes(letter) ? (rest.length > 0 ? rest.join('=') : (args[++i] ?? '')) : '');
    } else {
      for (let k = 1; k < arg.length; k++) {
        if (arg.slice(k) === 'nv') {
          set('n', '');
          break;
        }
        if (!'qOTtUPScYdv46'.includes(arg[k])) throw new Usage(`invalid option -- '${arg[k]}'`);
        if (!'OTtUPY'.includes(arg[k])) {
          set(arg[k], '');
          continue;
        }
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined) throw new Usage(`option requires an argument -- '${arg[k]}'`);
        set(arg[k], value);
        break;
      }
    }
  }
  if (o.urls.length === 0) throw new Usage('missing URL');
  return o;
}

/** What a program says on the way; the two wgets differ in nothing else. */
interface Voice {
  readonly userAgent: string;
  resolving(url: Url): Sim<void>;
  resolved(url: Url, addresses: readonly string[]): Sim<void>;
  connecting(url: Url, address: string): Sim<void>;
  connected(): Sim<void>;
  connectFailed(error: Errno): Sim<void>;
  answered(response: HttpResponse): Sim<void>;
}

function* openStream(url: Url, o: WgetOptions, voice: Voice): Sim<HttpResponse & { close(): Sim<void> }> {
  yield* voice.resolving(url);
  const addresses = yield* resolveHost(url.host);
  yield* voice.resolved(url, addresses);
  let last: unknown;
  for (const address of addresses) {
    yield* voice.connecting(url, address);
    const fd = yield* socket(address.includes(':') ? 'inet6' : 'inet', 'stream');
    try {
      yield* connect(fd, { address, port: url.port });
    } catch (error) {
      yield* close(fd);
      if (!(error instanceof Errno)) throw error;
      last = error;
      yield* voice.connectFailed(error);
      continue;
    }
    yield* voice.connected();
    const stream = fdDuplex(fd);
    if (url.scheme === 'https') yield* tlsClientHandshake(stream, url.host, { insecure: o.insecure });
    const headers = new Headers([
      ['Host', hostHeader(url.host, url.port, url.scheme === 'https')],
      ['User-Agent', o.userAgent ?? voice.userAgent],
      ['Accept', '*/*'],
      ['Connection', 'close'],
    ]);
    for (const header of o.headers) {
      const at = header.indexOf(':');
      headers.set(header.slice(0, at), header.slice(at + 1).trim());
    }
    if (o.post !== undefined && !headers.has('Content-Type')) headers.append('Content-Type', 'application/x-www-form-urlencoded');
    const connection = httpConnection(stream, url.host);
    const response = yield* connection.request({
      method: o.post !== undefined ? 'POST' : o.spider ? 'HEAD' : 'GET',
      path: url.path,
      headers,
      body: o.post,
    });
    return { ...response, close: () => connection.close() };
  }
  throw last;
}

// ---- busybox -------------------------------------------------------------------------------------------------------

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
    o = parse(argv.slice(1));
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
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
        const opened = yield* withTimeout(o.timeoutUs, () => openStream(target, o, voice));
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
        const done = yield* withTimeout(o.timeoutUs === undefined ? undefined : o.timeoutUs * 10, () => store(response, path));
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

function* store(response: HttpResponse, path: string): Sim<number> {
  const fd = path === '-' ? 1 : yield* open(path, 'w', 0o666);
  let count = 0;
  try {
    for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) {
      count += data.length;
      yield* write(fd, data);
    }
  } finally {
    if (fd !== 1) yield* close(fd);
  }
  return count;
}

// ---- GNU -----------------------------------------------------------------------------------------------------------

function* stamp(): Sim<string> {
  const t = calendarTime(yield* wallClock());
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${t.year}-${String(months.indexOf(t.month) + 1).padStart(2, '0')}-${t.day} ${t.time}`;
}

function human(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  const kilo = bytes / 1024;
  if (kilo < 1024) return `${kilo < 10 ? kilo.toFixed(1) : Math.round(kilo)}K`;
  const mega = kilo / 1024;
  return `${mega < 10 ? mega.toFixed(1) : Math.round(mega)}M`;
}

function* gnuWget(argv: readonly string[]): Sim<number> {
  let o: WgetOptions;
  try {
    o = parse(argv.slice(1));
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    const text =
      error.message === 'missing URL'
        ? "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n"
        : `wget: ${error.message}\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`;
    yield* write(2, text);
    return error.message === 'missing URL' ? 1 : 2;
  }
  let status = 0;
  for (const url of o.urls) status = (yield* gnuFetch(url, o)) || status;
  return status;
}

function* gnuFetch(text: string, o: WgetOptions): Sim<number> {
  const say = function* (message: string): Sim<void> {
    if (!o.quiet && o.verbose) yield* write(2, message);
  };
  let url = parseUrl(text);
  if (!url || (url.scheme !== 'http' && url.scheme !== 'https')) {
    yield* write(2, `${text}: Unsupported scheme.\n`);
    return 1;
  }
  const voice: Voice = {
    userAgent: 'Wget/1.21.3',
    *resolving(at) {
      if (canonicalAddress(at.host) === null) yield* say(`Resolving ${at.host} (${at.host})... `);
    },
    *resolved(at, addresses) {
      if (canonicalAddress(at.host) === null) yield* say(`${addresses.join(', ')}\n`);
    },
    *connecting(at, address) {
      yield* say(`Connecting to ${canonicalAddress(at.host) === null ? `${at.host} (${at.host})|${address}|` : at.host}:${at.port}... `);
    },
    *connected() {
      yield* say('connected.\n');
    },
    *connectFailed(error) {
      yield* say(`failed: ${error.message}.\n`);
    },
    *answered(response) {
      yield* say(`${response.status} ${response.reason}\n`);
    },
  };
  for (let redirects = 0; redirects <= 20; redirects++) {
    const target: Url = url;
    yield* say(`--${yield* stamp()}--  ${formatUrl(target)}\n`);
    let response: HttpResponse & { close(): Sim<void> };
    try {
      const opened = yield* withTimeout(o.timeoutUs, () => openStream(target, o, voice));
      if (!opened) {
        yield* say('failed: Connection timed out.\nGiving up.\n\n');
        return 4;
      }
      response = opened.value;
    } catch (error) {
      if (error instanceof HostNotFound) {
        yield* say(`failed: ${error.message}.\n`);
        if (!o.quiet) yield* write(2, `wget: unable to resolve host address ‘${target.host}’\n`);
        return 4;
      }
      if (error instanceof TlsError) {
        if (!o.quiet) yield* write(2, certificateFault(error, target.host));
        return 5;
      }
      if (error instanceof Errno || error instanceof HttpError) return 4;
      throw error;
    }
    yield* say(`${target.scheme.toUpperCase()} request sent, awaiting response... `);
    yield* voice.answered(response);
    if (o.serverResponse)
      yield* write(
        2,
        `  ${response.version} ${response.status} ${response.reason}\n${response.headers
          .entries()
          .map(([k, v]) => `  ${k}: ${v}\n`)
          .join('')}`,
      );
    const location = response.headers.get('Location');
    if (response.status >= 300 && response.status < 400 && location !== undefined) {
      yield* say(`Location: ${location} [following]\n`);
      yield* response.close();
      url = resolveUrl(target, location) ?? target;
      continue;
    }
    if (response.status >= 400) {
      yield* response.close();
      if (!o.quiet)
        yield* write(2, `${o.verbose ? '' : `${formatUrl(target)}:\n`}${yield* stamp()} ERROR ${response.status}: ${response.reason}.\n\n`);
      return 8;
    }
    if (o.spider) {
      yield* say('Remote file exists.\n\n');
      yield* response.close();
      return 0;
    }
    return yield* gnuStore(response, target, o);
  }
  yield* say('20 redirections exceeded.\n');
  return 8;
}

function* gnuStore(response: HttpResponse & { close(): Sim<void> }, url: Url, o: WgetOptions): Sim<number> {
  const base = (o.folder !== undefined && o.output === undefined ? `${o.folder}/` : '') + (fileNameOf(url) || 'index.html');
  let path = o.output ?? base;
  for (let n = 1; o.output === undefined && !o.continued && (yield* statOrNull(path)); n++) path = `${base}.${n}`;
  const length = response.body.length;
  const type = response.headers.get('Content-Type')?.split(';')[0];
  const shown = path === '-' ? 'STDOUT' : path;
  const talk = !o.quiet && o.verbose;
  if (talk) {
    const size = length === undefined ? 'unspecified' : `${length}${length >= 1024 ? ` (${human(length)})` : ''}`;
    yield* write(2, `Length: ${size}${type ? ` [${type}]` : ''}\nSaving to: ‘${shown}’\n\n`);
  }
  const begin = yield* now();
  let count: number;
  try {
    count = yield* store(response, path);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `${path}: ${error.message}\n\nCannot write to ‘${path}’ (${error.message}).\n`);
    return 3;
  }
  yield* response.close();
  const seconds = Math.max(1, (yield* now()) - begin) / 1_000_000;
  const rate = count / seconds;
  const speed =
    rate >= 1024 * 1024 ? `${(rate / 1024 / 1024).toFixed(rate >= 10 * 1024 * 1024 ? 1 : 2)} MB/s` : `${(rate / 1024).toFixed(1)} KB/s`;
  if (talk) {
    const short = speed.replace(' ', '');
    if (yield* isatty(2))
      yield* write(
        2,
        `\r${shown.slice(0, 20).padEnd(20)}100%[${'='.repeat(19)}>] ${human(count).padStart(7)}  --.-KB/s    in ${seconds.toFixed(1)}s    \n\n`,
      );
    else
      yield* write(
        2,
        `     0K ${'.'.repeat(Math.min(50, Math.ceil(count / 1024)))}${' '.repeat(Math.max(0, 53 - Math.min(50, Math.ceil(count / 1024))))} 100% ${short.replace(/B\/s$/, '')}=${seconds < 0.05 ? '0s' : `${seconds.toFixed(1)}s`}\n\n`,
      );
    yield* write(
      2,
      `${yield* stamp()} (${speed}) - ${path === '-' ? 'written to stdout' : `‘${path}’ saved`} [${count}${length === undefined ? '' : `/${length}`}]\n\n`,
    );
  } else if (!o.quiet) {
    yield* write(2, `${yield* stamp()} URL:${formatUrl(url)} [${count}${length === undefined ? '' : `/${length}`}] -> "${path}" [1]\n`);
  }
  return 0;
}

export const program: Program = { name: 'wget', main: gnuWget };

/** As GnuTLS, which Debian's wget uses, words it. */
function certificateFault(error: TlsError, host: string): string {
  switch (error.reason) {
    case 'notTls':
      return 'GnuTLS: An unexpected TLS packet was received.\nUnable to establish SSL connection.\n';
    case 'wrongName':
      return `ERROR: The certificate's owner does not match hostname ‘${host}’\n`;
    case 'expired':
      return `ERROR: The certificate of ‘${host}’ is not trusted.\nERROR: The certificate of ‘${host}’ has expired.\n`;
    case 'unknownAuthority':
      return `ERROR: The certificate of ‘${host}’ is not trusted.\nERROR: The certificate of ‘${host}’ doesn't have a known issuer.\n`;
  }
}
