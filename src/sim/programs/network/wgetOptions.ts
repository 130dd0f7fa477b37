/** The options of wget, of GNU's and of busybox's. */
import { own } from '../../lib/dictionary.ts';

/** How wget was called. */
export interface WgetOptions {
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

/** A wrong call, in getopt's words. */
export class WgetUsage extends Error {}

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

/** Reads the arguments; throws WgetUsage. */
export function parseWget(args: readonly string[]): WgetOptions {
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
      const letter = own(LONG, name);
      if (letter === undefined) throw new WgetUsage(`unrecognized option '${arg}'`);
      set(letter, valued.includes(letter) ? (rest.length > 0 ? rest.join('=') : (args[++i] ?? '')) : '');
    } else {
      for (let k = 1; k < arg.length; k++) {
        if (arg.slice(k) === 'nv') {
          set('n', '');
          break;
        }
        if (!'qOTtUPScYdv46'.includes(arg[k])) throw new WgetUsage(`invalid option -- '${arg[k]}'`);
        if (!'OTtUPY'.includes(arg[k])) {
          set(arg[k], '');
          continue;
        }
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined) throw new WgetUsage(`option requires an argument -- '${arg[k]}'`);
        set(arg[k], value);
        break;
      }
    }
  }
  if (o.urls.length === 0) throw new WgetUsage('missing URL');
  return o;
}
