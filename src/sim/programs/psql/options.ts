import { own } from '../../lib/dictionary.ts';

/** psql's command line. */
export interface PsqlOptions {
  host: string | undefined;
  port: string | undefined;
  user: string | undefined;
  database: string | undefined;
  password: string | undefined;
  work: { kind: 'command' | 'file'; text: string }[];
  list: boolean;
  aligned: boolean;
  tuplesOnly: boolean;
  expanded: boolean;
  quiet: boolean;
  stopOnError: boolean;
  separator: string;
  version: boolean;
  help: boolean;
}

const WITH_VALUE: Readonly<Record<string, string>> = {
  host: 'h',
  port: 'p',
  username: 'U',
  dbname: 'd',
  command: 'c',
  file: 'f',
  variable: 'v',
  set: 'v',
  'field-separator': 'F',
  pset: 'P',
};
const WITHOUT: Readonly<Record<string, string>> = {
  list: 'l',
  'no-align': 'A',
  'tuples-only': 't',
  expanded: 'x',
  quiet: 'q',
  'no-password': 'w',
  password: 'W',
  'no-psqlrc': 'X',
  version: 'V',
  help: '?',
  'single-transaction': '1',
};

/** Or what is wrong with it. */
export function parseOptions(args: readonly string[]): PsqlOptions | string {
  const o: PsqlOptions = {
    host: undefined,
    port: undefined,
    user: undefined,
    database: undefined,
    password: undefined,
    work: [],
    list: false,
    aligned: true,
    tuplesOnly: false,
    expanded: false,
    quiet: false,
    stopOnError: false,
    separator: '|',
    version: false,
    help: false,
  };
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg.startsWith('--')) {
      const [name, inline] = arg.slice(2).split(/=(.*)/s);
      const letter = own(WITH_VALUE, name) ?? own(WITHOUT, name);
      if (letter === undefined) return `unrecognized option '${arg}'`;
      if (own(WITH_VALUE, name) === undefined) apply(o, letter, '');
      else {
        const value = inline ?? args[++i];
        if (value === undefined) return `option '--${name}' requires an argument`;
        apply(o, letter, value);
      }
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let k = 1; k < arg.length; k++) {
        const letter = arg[k];
        if ('hpUdcfvFP'.includes(letter)) {
          const value = arg.slice(k + 1) || args[++i];
          if (value === undefined) return `option requires an argument -- '${letter}'`;
          apply(o, letter, value);
          break;
        }
        if (!'lAtxqwWXV?1abnE'.includes(letter)) return `invalid option -- '${letter}'`;
        apply(o, letter, '');
      }
    } else words.push(arg);
  }
  if (words[0] !== undefined) apply(o, 'd', words[0]);
  if (words[1] !== undefined) o.user = words[1];
  return o;
}

function apply(o: PsqlOptions, letter: string, value: string): void {
  switch (letter) {
    case 'h':
      o.host = value;
      break;
    case 'p':
      o.port = value;
      break;
    case 'U':
      o.user = value;
      break;
    case 'd': {
      const url = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@]*))?@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(value);
      if (!url) {
        o.database = value;
        break;
      }
      const [, user, password, host, port, database] = url;
      o.user = user || o.user;
      o.password = password || o.password;
      o.host = host || o.host;
      o.port = port || o.port;
      o.database = database || o.database;
      break;
    }
    case 'c':
      o.work.push({ kind: 'command', text: value });
      break;
    case 'f':
      o.work.push({ kind: 'file', text: value });
      break;
    case 'v':
      if (/^ON_ERROR_STOP=(1|on|true)$/i.test(value)) o.stopOnError = true;
      break;
    case 'F':
      o.separator = value;
      break;
    case 'l':
      o.list = true;
      break;
    case 'A':
      o.aligned = false;
      break;
    case 't':
      o.tuplesOnly = true;
      break;
    case 'x':
      o.expanded = true;
      break;
    case 'q':
      o.quiet = true;
      break;
    case 'V':
      o.version = true;
      break;
    case '?':
      o.help = true;
  }
}
