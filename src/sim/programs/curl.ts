/** curl, of the version that its system's release has. */

import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { now, sleep, write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { meterFirst, meterHead, meterLine } from './network/curlMeter.ts';
import type { CurlOptions } from './network/curlOptions.ts';
import { CurlUsage, parseCurl } from './network/curlOptions.ts';
import { curlRelease } from './network/curlRelease.ts';
import type { TransferInfo } from './network/curlTransfer.ts';
import { CurlError, newInfo, openSink, transfer, wantsMeter } from './network/curlTransfer.ts';
import { withTimeout } from './network/timeout.ts';
import { formatUrl } from './network/url.ts';

function* main(argv: readonly string[]): Sim<number> {
  const { version, openssl } = yield* curlRelease();
  let o: CurlOptions;
  try {
    o = parseCurl(argv.slice(1), version);
  } catch (error) {
    if (!(error instanceof CurlUsage)) throw error;
    yield* write(2, `curl: ${error.message}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`);
    return 2;
  }
  if (o.show === 'version') {
    yield* write(
      1,
      `curl ${version} (x86_64-pc-linux-gnu) libcurl/${version} OpenSSL/${openssl}\nProtocols: http https\nFeatures: AsynchDNS IPv6 Largefile SSL UnixSockets\n`,
    );
    return 0;
  }
  if (o.show === 'help') {
    yield* write(1, HELP);
    return 0;
  }
  if (o.urls.length === 0) {
    yield* write(2, "curl: try 'curl --help' or 'curl --manual' for more information\n");
    return 2;
  }
  let status = 0;
  for (const [i, url] of o.urls.entries()) status = yield* fetchOne(url, o.outputs[i], o);
  return status;
}

const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          Send data in a POST request
 -f, --fail                 Fail without output on HTTP errors
 -h, --help                 This text
 -i, --include              Show response headers too
 -I, --head                 Ask for the headers only
 -L, --location             Follow redirects
 -m, --max-time <seconds>   Give up after this time
 -o, --output <file>        Write to a file
 -O, --remote-name          Write to a file named as the remote one
 -s, --silent               No meter, no errors
 -S, --show-error           Show errors all the same
 -u, --user <user:password> Name and password for the server
 -v, --verbose              Tell what is going on
 -w, --write-out <format>   Print facts after the transfer
 -X, --request <method>     Request method
     --unix-socket <path>   Connect to a Unix domain socket
`;

/** Errors that a retry may help against: timeouts, and refusals if asked for. */
function worthRetry(code: number, status: number, o: CurlOptions): boolean {
  if (code === 28 || (code === 7 && o.retryRefused) || (code !== 0 && o.retryRefused)) return true;
  return [408, 429, 500, 502, 503, 504].includes(status);
}

function* fetchOne(url: string, output: string | null | undefined, o: CurlOptions): Sim<number> {
  for (let attempt = 0; ; attempt++) {
    const { code, info } = yield* attemptOne(url, output, o);
    if (attempt >= o.retry || !worthRetry(code, info.status, o)) return code;
    const delay = o.retryDelay ?? 2 ** attempt * 1_000_000;
    if (!o.silent) {
      const left = o.retry - attempt;
      yield* write(
        2,
        `Warning: Problem: ${code === 28 ? 'timeout' : code === 7 ? 'connection refused' : 'HTTP error'}. Will retry in ${Math.ceil(delay / 1_000_000)} seconds. ${left} ${left === 1 ? 'retry' : 'retries'} left.\n`,
      );
    }
    yield* sleep(delay);
  }
}

function* attemptOne(url: string, output: string | null | undefined, o: CurlOptions): Sim<{ code: number; info: TransferInfo }> {
  const info = newInfo(yield* now());
  let code = 0;
  let failure = '';
  let meter = false;
  try {
    const { sink, toFile, finish } = yield* openSink(url, output, o);
    meter = yield* wantsMeter(o, toFile);
    if (meter) yield* write(2, o.progressBar ? '' : meterHead() + meterFirst());
    try {
      const done = yield* withTimeout(o.maxTime, () => transfer(url, o, sink, info));
      if (!done) throw new CurlError(28, timeoutMessage(o, info));
    } finally {
      yield* finish();
    }
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    code = error.exit;
    failure = error.message;
  }
  info.total = (yield* now()) - info.started;
  // Where no address was found the line is not drawn again, nor ended.
  if (meter && code !== 6) yield* write(2, o.progressBar ? (code === 0 ? `\r${'#'.repeat(72)} 100.0%\n` : '\n') : `${meterLine(info)}\n`);
  if (code !== 0 && (!o.silent || o.showError)) yield* write(2, `curl: (${code}) ${failure}\n`);
  if (o.writeOut !== undefined) yield* write(1, writeOut(o.writeOut, info, code, failure));
  return { code, info };
}

function timeoutMessage(o: CurlOptions, info: TransferInfo): string {
  const ms = Math.round((o.maxTime ?? 0) / 1000) + 1;
  if (info.connected === 0 && o.unixSocket === undefined)
    return info.lookup === 0 ? `Resolving timed out after ${ms} milliseconds` : `Connection timed out after ${ms} milliseconds`;
  const of = info.expected === undefined ? '' : ` out of ${info.expected}`;
  return `Operation timed out after ${ms} milliseconds with ${info.downloaded}${of} bytes received`;
}

function writeOut(format: string, info: TransferInfo, code: number, failure: string): string {
  const seconds = (us: number) => (us / 1_000_000).toFixed(6);
  const speed = (bytes: number) => String(info.total === 0 ? 0 : Math.round((bytes * 1_000_000) / info.total));
  const values: Readonly<Record<string, string>> = {
    http_code: String(info.status).padStart(3, '0'),
    response_code: String(info.status).padStart(3, '0'),
    content_type: info.contentType,
    url_effective: info.url ? formatUrl(info.url) : '',
    url: info.url ? formatUrl(info.url) : '',
    size_download: String(info.downloaded),
    size_upload: String(info.uploaded),
    size_header: String(info.headerBytes),
    speed_download: speed(info.downloaded),
    speed_upload: speed(info.uploaded),
    time_total: seconds(info.total),
    time_namelookup: seconds(info.lookup),
    time_connect: seconds(info.connected),
    time_appconnect: seconds(0),
    time_pretransfer: seconds(info.connected),
    time_starttransfer: seconds(info.firstByte),
    time_redirect: seconds(0),
    num_redirects: String(info.redirects),
    redirect_url: info.redirectUrl,
    remote_ip: info.remote?.address ?? '',
    remote_port: String(info.remote?.port ?? 0),
    local_ip: info.local?.address ?? '',
    local_port: String(info.local?.port ?? 0),
    method: info.method,
    scheme: (info.url?.scheme ?? '').toUpperCase(),
    http_version: info.status === 0 ? '0' : '1.1',
    exitcode: String(code),
    errormsg: failure,
    num_connects: String(info.connected > 0 ? 1 : 0),
    filename_effective: '',
  };
  return format.replace(/%\{(\w+)\}|%%|\\n|\\t|\\r|\\\\/g, (match, name: string | undefined) => {
    if (name !== undefined) return own(values, name) ?? '';
    return match === '%%' ? '%' : match === '\\n' ? '\n' : match === '\\t' ? '\t' : match === '\\r' ? '\r' : '\\';
  });
}

export const program: Program = { name: 'curl', main, memory: 6 << 20 };
