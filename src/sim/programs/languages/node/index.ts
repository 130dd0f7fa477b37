/** Node.js: runs programs on QuickJS. */
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getenv, isatty, readAll, write } from '../../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { packagedVersion } from '../../packages/database.ts';
import { OWN_MEMORY } from './bounds.ts';
import { type Invocation, runNode } from './runtime.ts';

const DEFAULT_VERSION = '26.7.0';

/** The version that the image, the package or nobody says. */
export function* nodeVersion(): Sim<string> {
  return (yield* getenv('NODE_VERSION')) ?? (yield* packagedVersion('nodejs')) ?? DEFAULT_VERSION;
}

/** Options that take a value which is of no consequence here. */
const WITH_VALUE = new Set([
  '--env-file',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--title',
  '--stack-trace-limit',
]);

function* main(argv: readonly string[]): Sim<number> {
  const version = yield* nodeVersion();
  const args = argv.slice(1);
  const execArgv: string[] = [];
  const preload: string[] = [];
  let text: string | undefined;
  let print = false;
  let module = false;
  let interactive = false;
  let heapBytes: number | undefined;
  while (args.length > 0 && args[0].startsWith('-') && args[0] !== '-') {
    const option = args.shift()!;
    if (option === '--') break;
    if (option === '-v' || option === '--version') {
      yield* write(1, `v${version}\n`);
      return 0;
    }
    if (option === '-h' || option === '--help') {
      yield* write(1, HELP);
      return 0;
    }
    execArgv.push(option);
    if (['-e', '--eval', '-p', '--print', '-pe', '-c', '--check', '-r', '--require'].includes(option)) {
      const value = args.shift();
      if (value === undefined) {
        yield* write(2, `${argv[0]}: ${option} requires an argument\n`);
        return 9;
      }
      execArgv.push(value);
      if (option === '-r' || option === '--require') preload.push(value);
      else if (option === '-c' || option === '--check') return yield* refuse(`node ${option}`);
      else text = value;
      print ||= option.startsWith('-p') || option === '--print';
    } else if (option === '-i' || option === '--interactive') interactive = true;
    else if (option === '--input-type=module') module = true;
    else if (option === '--test' || option === '--watch' || option.startsWith('--inspect')) return yield* refuse(`node ${option}`);
    else if (option.startsWith('--max-old-space-size=') || option.startsWith('--max_old_space_size='))
      heapBytes = Number(option.slice(option.indexOf('=') + 1)) * 2 ** 20 || undefined;
    else if (WITH_VALUE.has(option)) args.shift();
    else if (!option.startsWith('--')) {
      yield* write(2, `${argv[0]}: bad option: ${option}\n`);
      return 9;
    }
  }
  const heapOption = /--max[-_]old[-_]space[-_]size=(\d+)/.exec((yield* getenv('NODE_OPTIONS')) ?? '');
  if (heapOption) heapBytes ??= Number(heapOption[1]) * 2 ** 20;
  const how: Omit<Invocation, 'main' | 'argv'> = { version, execArgv, preload, heapBytes };
  if (text !== undefined) return yield* runNode({ ...how, argv: args, main: { kind: print ? 'print' : module ? 'module' : 'text', text } });
  const [script, ...rest] = args;
  if (script !== undefined && script !== '-') return yield* runNode({ ...how, argv: rest, main: { kind: 'file', text: script } });
  if (script === undefined && (interactive || (yield* isatty(0))))
    return yield* runNode({ ...how, argv: [], main: { kind: 'repl', text: '' } });
  const source = decodeUtf8(yield* readAll(0));
  return yield* runNode({ ...how, argv: args, fromStdin: true, main: { kind: module ? 'module' : 'text', text: source } });
}

function* refuse(what: string): Sim<number> {
  yield* write(2, `drydock: "${what}" is not simulated\n`);
  return 1;
}

const HELP = `Usage: node [options] [ script.js ] [arguments]
       node -e "script" [arguments]

Options:
  -                     read the script from standard input
  -e, --eval=...        run a text
  -p, --print [...]     run a text and print what it evaluates to
  -i, --interactive     always ask for input
  -r, --require=...     a module to load first
  -v, --version         print the version
  --input-type=...      set the type of a text: "module" or "commonjs"
  --max-old-space-size= bound of the heap, in MiB
`;

/** npm and npx: programs of node's own that are written in JavaScript. */
const tool = (name: string): Program => ({
  name,
  memory: OWN_MEMORY,
  *main(argv) {
    const version = yield* nodeVersion();
    return yield* runNode({
      version,
      argv: [name, ...argv.slice(1)],
      execArgv: [],
      preload: [],
      tool: 'tools/npm',
      main: { kind: 'text', text: '' },
    });
  },
});

export const programs: readonly Program[] = [{ name: 'node', main, memory: OWN_MEMORY }, tool('npm'), tool('npx')];
