/** GNU wget. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { isatty, now, statOrNull, wallClock, write } from '../kernel/syscalls.ts';
import { HostNotFound } from '../net/dns/resolve.ts';
import { calendarTime } from '../net/http/date.ts';
import { HttpError } from '../net/http/duplex.ts';
import { canonicalAddress } from '../net/ip/address.ts';
import { TlsError } from '../net/tls.ts';
import { withTimeout } from './network/timeout.ts';
import { fileNameOf, formatUrl, parseUrl, resolveUrl, type Url } from './network/url.ts';
import { parseWget, type WgetOptions, WgetUsage } from './network/wgetOptions.ts';
import { type OpenResponse, openResponse, storeBody, type Voice } from './network/wgetTransfer.ts';

/** wget [OPTION]... [URL]... */
export const program: Program = { name: 'wget', main: wget };

function* wget(argv: readonly string[]): Sim<number> {
  let o: WgetOptions;
  try {
    o = parseWget(argv.slice(1));
  } catch (error) {
    if (!(error instanceof WgetUsage)) throw error;
    const text =
      error.message === 'missing URL'
        ? "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n"
        : `wget: ${error.message}\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`;
    yield* write(2, text);
    return error.message === 'missing URL' ? 1 : 2;
  }
  let status = 0;
  for (const url of o.urls) status = (yield* fetch(url, o)) || status;
  return status;
}

function* fetch(text: string, o: WgetOptions): Sim<number> {
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
    let response: OpenResponse;
    try {
      const opened = yield* withTimeout(o.timeoutUs, () => openResponse(target, o, voice));
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
    return yield* save(response, target, o);
  }
  yield* say('20 redirections exceeded.\n');
  return 8;
}

function* save(response: OpenResponse, url: Url, o: WgetOptions): Sim<number> {
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
    count = yield* storeBody(response, path);
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
