/** The command line: nginx [-?hvVtTq] [-s signal] [-c filename] [-g directives]. */

const CONFIG = '/etc/nginx/nginx.conf';

/** What the command line asks for. */
export interface Arguments {
  config: string;
  test: boolean;
  dump: boolean;
  quiet: boolean;
  signal: string | undefined;
  /** Directives of -g. */
  globals: string;
  version: '' | 'v' | 'V';
  help: boolean;
}

/** What -h prints. */
export const HELP = `Usage: nginx [-?hvVtTq] [-s signal] [-c filename] [-g directives]

Options:
  -v            version
  -t            test the configuration and stop
  -s signal     stop, quit, reopen or reload the master process
  -c filename   configuration file (default: ${CONFIG})
  -g directives global directives before those of the file
`;

/** Reads the command line, or says what is wrong with it. */
export function parseArguments(args: readonly string[]): Arguments | string {
  const out: Arguments = {
    config: CONFIG,
    test: false,
    dump: false,
    quiet: false,
    signal: undefined,
    globals: '',
    version: '',
    help: false,
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-')) return `invalid option: "${arg}"`;
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k];
      if ('csgpe'.includes(letter)) {
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined)
          return `option "-${letter}" requires ${letter === 's' ? 'parameter' : letter === 'c' ? 'file name' : 'parameter'}`;
        if (letter === 'c') out.config = value.startsWith('/') ? value : `/etc/nginx/${value}`;
        else if (letter === 'g') out.globals += `${value}\n`;
        else if (letter === 's') {
          if (!['stop', 'quit', 'reopen', 'reload'].includes(value)) return `invalid option: "-s ${value}"`;
          out.signal = value;
        }
        break;
      }
      if (letter === 't') out.test = true;
      else if (letter === 'T') out.test = out.dump = true;
      else if (letter === 'q') out.quiet = true;
      else if (letter === 'v' || letter === 'V') out.version = letter;
      else if (letter === '?' || letter === 'h') out.help = true;
      else return `invalid option: "${arg}"`;
    }
  }
  return out;
}
