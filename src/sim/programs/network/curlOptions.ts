/** The command line of curl. */

export interface CurlOptions {
  urls: string[];
  /** One per URL, in order: -o FILE, -O (null), or none. */
  outputs: (string | null)[];
  silent: boolean;
  showError: boolean;
  include: boolean;
  head: boolean;
  verbose: boolean;
  location: boolean;
  maxRedirects: number;
  method: string | undefined;
  data: DataPart[];
  form: string[];
  get: boolean;
  headers: string[];
  writeOut: string | undefined;
  insecure: boolean;
  fail: boolean;
  failWithBody: boolean;
  user: string | undefined;
  unixSocket: string | undefined;
  connectTimeout: number | undefined;
  maxTime: number | undefined;
  userAgent: string;
  referer: string | undefined;
  cookie: string | undefined;
  upload: string | undefined;
  dumpHeader: string | undefined;
  resolve: string[];
  retry: number;
  retryDelay: number | undefined;
  retryRefused: boolean;
  progressBar: boolean;
  createDirs: boolean;
  show: 'version' | 'help' | undefined;
}

export interface DataPart {
  readonly kind: 'text' | 'raw' | 'binary' | 'urlencode';
  readonly value: string;
}

export class CurlUsage extends Error {}

/** Option names: long -> short or ''. Those in VALUED take an argument. */
const SHORT: Readonly<Record<string, string>> = {
  o: 'output',
  O: 'remote-name',
  s: 'silent',
  S: 'show-error',
  i: 'include',
  I: 'head',
  v: 'verbose',
  L: 'location',
  X: 'request',
  d: 'data',
  F: 'form',
  G: 'get',
  H: 'header',
  w: 'write-out',
  k: 'insecure',
  f: 'fail',
  u: 'user',
  m: 'max-time',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  c: 'cookie-jar',
  T: 'upload-file',
  D: 'dump-header',
  '#': 'progress-bar',
  N: 'no-buffer',
  V: 'version',
  h: 'help',
  4: 'ipv4',
  6: 'ipv6',
  g: 'globoff',
  q: 'disable',
  J: 'remote-header-name',
  R: 'remote-time',
  0: 'http1.0',
  n: 'netrc',
  x: 'proxy',
  Z: 'parallel',
  a: 'append',
  C: 'continue-at',
};
const VALUED = new Set([
  'output',
  'request',
  'data',
  'data-raw',
  'data-binary',
  'data-ascii',
  'data-urlencode',
  'json',
  'form',
  'header',
  'write-out',
  'user',
  'max-time',
  'user-agent',
  'referer',
  'cookie',
  'cookie-jar',
  'upload-file',
  'dump-header',
  'unix-socket',
  'connect-timeout',
  'resolve',
  'retry',
  'retry-delay',
  'retry-max-time',
  'max-redirs',
  'url',
  'cacert',
  'cert',
  'key',
  'limit-rate',
  'proxy',
  'noproxy',
  'interface',
  'continue-at',
  'connect-to',
  'keepalive-time',
]);
const FLAGS = new Set([
  'remote-name',
  'silent',
  'show-error',
  'include',
  'head',
  'verbose',
  'location',
  'location-trusted',
  'get',
  'insecure',
  'fail',
  'fail-with-body',
  'progress-bar',
  'no-buffer',
  'version',
  'help',
  'ipv4',
  'ipv6',
  'globoff',
  'disable',
  'remote-header-name',
  'remote-time',
  'http1.0',
  'http1.1',
  'http2',
  'compressed',
  'netrc',
  'parallel',
  'create-dirs',
  'retry-connrefused',
  'retry-all-errors',
  'no-progress-meter',
  'no-keepalive',
  'tlsv1.2',
  'tlsv1.3',
  'append',
  'raw',
  'path-as-is',
]);

export function parseCurl(args: readonly string[], version: string): CurlOptions {
  const o: CurlOptions = {
    urls: [],
    outputs: [],
    silent: false,
    showError: false,
    include: false,
    head: false,
    verbose: false,
    location: false,
    maxRedirects: 50,
    method: undefined,
    data: [],
    form: [],
    get: false,
    headers: [],
    writeOut: undefined,
    insecure: false,
    fail: false,
    failWithBody: false,
    user: undefined,
    unixSocket: undefined,
    connectTimeout: undefined,
    maxTime: undefined,
    userAgent: `curl/${version}`,
    referer: undefined,
    cookie: undefined,
    upload: undefined,
    dumpHeader: undefined,
    resolve: [],
    retry: 0,
    retryDelay: undefined,
    retryRefused: false,
    progressBar: false,
    createDirs: false,
    show: undefined,
  };
  let literal = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (literal || arg === '-' || !arg.startsWith('-')) {
      o.urls.push(arg);
    } else if (arg === '--') {
      literal = true;
    } else if (arg.startsWith('--')) {
      let name = arg.slice(2);
      const off = name.startsWith('no-') && !FLAGS.has(name);
      if (off) name = name.slice(3);
      if (VALUED.has(name)) {
        if (++i >= args.length) throw new CurlUsage(`option ${arg}: requires parameter`);
        apply(o, name, args[i], true, arg);
      } else if (FLAGS.has(name)) {
        apply(o, name, '', !off, arg);
      } else {
        throw new CurlUsage(`option ${arg}: is unknown`);
      }
    } else {
      for (let k = 1; k < arg.length; k++) {
        const name = SHORT[arg[k]];
        if (name === undefined) throw new CurlUsage(`option ${arg}: is unknown`);
        if (!VALUED.has(name)) {
          apply(o, name, '', true, arg);
          continue;
        }
        const rest = arg.slice(k + 1);
        if (rest === '' && i + 1 >= args.length) throw new CurlUsage(`option ${arg}: requires parameter`);
        apply(o, name, rest !== '' ? rest : args[++i], true, arg);
        break;
      }
    }
  }
  return o;
}

function seconds(value: string, shown: string): number {
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(value)) throw new CurlUsage(`option ${shown}: expected a proper numerical parameter`);
  return Number(value) * 1_000_000;
}

function count(value: string, shown: string): number {
  if (!/^\d+$/.test(value)) throw new CurlUsage(`option ${shown}: expected a proper numerical parameter`);
  return Number(value);
}

function apply(o: CurlOptions, name: string, value: string, on: boolean, shown: string): void {
  switch (name) {
    case 'output':
      o.outputs.push(value);
      break;
    case 'remote-name':
      o.outputs.push(null);
      break;
    case 'url':
      o.urls.push(value);
      break;
    case 'silent':
    case 'no-progress-meter':
      o.silent = on;
      if (name === 'no-progress-meter') o.showError = true;
      break;
    case 'show-error':
      o.showError = on;
      break;
    case 'include':
      o.include = on;
      break;
    case 'head':
      o.head = on;
      break;
    case 'verbose':
      o.verbose = on;
      break;
    case 'location':
    case 'location-trusted':
      o.location = on;
      break;
    case 'max-redirs':
      o.maxRedirects = Number(value);
      break;
    case 'request':
      o.method = value;
      break;
    case 'data':
    case 'data-ascii':
      o.data.push({ kind: 'text', value });
      break;
    case 'data-raw':
      o.data.push({ kind: 'raw', value });
      break;
    case 'data-binary':
      o.data.push({ kind: 'binary', value });
      break;
    case 'data-urlencode':
      o.data.push({ kind: 'urlencode', value });
      break;
    case 'json':
      o.data.push({ kind: 'binary', value });
      o.headers.push('Content-Type: application/json', 'Accept: application/json');
      break;
    case 'form':
      o.form.push(value);
      break;
    case 'get':
      o.get = on;
      break;
    case 'header':
      o.headers.push(value);
      break;
    case 'write-out':
      o.writeOut = value;
      break;
    case 'insecure':
      o.insecure = on;
      break;
    case 'fail':
      o.fail = on;
      break;
    case 'fail-with-body':
      o.failWithBody = on;
      break;
    case 'user':
      o.user = value;
      break;
    case 'unix-socket':
      o.unixSocket = value;
      break;
    case 'connect-timeout':
      o.connectTimeout = seconds(value, shown);
      break;
    case 'max-time':
      o.maxTime = seconds(value, shown);
      break;
    case 'user-agent':
      o.userAgent = value;
      break;
    case 'referer':
      o.referer = value;
      break;
    case 'cookie':
      o.cookie = value;
      break;
    case 'upload-file':
      o.upload = value;
      break;
    case 'dump-header':
      o.dumpHeader = value;
      break;
    case 'resolve':
      o.resolve.push(value);
      break;
    case 'retry':
      o.retry = count(value, shown);
      break;
    case 'retry-delay':
      o.retryDelay = seconds(value, shown);
      break;
    case 'retry-connrefused':
    case 'retry-all-errors':
      o.retryRefused = on;
      break;
    case 'progress-bar':
      o.progressBar = on;
      break;
    case 'create-dirs':
      o.createDirs = on;
      break;
    case 'version':
      o.show = 'version';
      break;
    case 'help':
      o.show = 'help';
      break;
    // The rest changes nothing that can be seen here (HTTP versions, buffering, certificates of clients).
  }
}
