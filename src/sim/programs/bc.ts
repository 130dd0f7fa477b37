/** bc: calculates with as many digits as asked for; a language with variables, loops and functions. */
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { getenv, isatty, open, write } from '../kernel/syscalls.ts';
import { Halt, Interpreter } from './lib/bc/interpreter.ts';
import { FoldedOutput } from './lib/bc/output.ts';
import { parseLine } from './lib/bc/parser.ts';
import { BcSyntaxError, Incomplete } from './lib/bc/syntax.ts';
import { UsageError } from './lib/failure.ts';
import { LineReader } from './lib/input.ts';
import { parseArguments } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const VERSION = 'bc 1.07.1\n';
const USAGE = `usage: bc [options] [file ...]
  -l  --mathlib      has e, l, s, c, a and j, and calculates with 20 decimal places
  -i  --interactive  behaves as on a terminal
  -q  --quiet        says nothing at the start
  -s  --standard     only what POSIX has
  -w  --warn         warns of what POSIX does not have
  -v  --version      shows the version
  -h  --help         shows this
`;
const LONG = { mathlib: 'l', interactive: 'i', quiet: 'q', standard: 's', warn: 'w' };

function* bc(t: Tool): Sim<number> {
  const args = t.args.map((arg) => ({ '-h': '--help', '-v': '--version' })[arg] ?? arg);
  let o: ReturnType<typeof parseArguments>;
  try {
    o = parseArguments(args, { short: 'lqswi', long: LONG, usage: '', about: '' });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* write(2, `${t.name}: ${error.message}\n`);
    yield* t.print(USAGE);
    return 1;
  }
  if (o.has('--help') || o.has('--version')) {
    yield* t.print(o.has('--help') ? USAGE : VERSION);
    return 0;
  }
  const interactive = o.has('i') || ((yield* isatty(0)) && (yield* isatty(1)));
  if (interactive && !o.has('q')) yield* t.print(VERSION);
  const width = Number((yield* getenv('BC_LINE_LENGTH')) ?? 70);
  const out = new FoldedOutput(t.out, Number.isNaN(width) || (width < 3 && width !== 0) ? 70 : width);
  const stdin = new LineReader(0);
  const interpreter = new Interpreter({ out, library: o.has('l'), readLine: () => stdin.next() });
  try {
    for (const file of o.operands) {
      let fd: number;
      try {
        fd = yield* open(file, 'r');
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        yield* t.out.flush();
        yield* write(2, `File ${file} is unavailable.\n`);
        return 1;
      }
      if (yield* lines(interpreter, new LineReader(fd), file, out)) return 0;
    }
    yield* lines(interpreter, stdin, '(standard_in)', out);
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
  }
  return 0;
}

/** Runs line by line; what is open at the end of a line goes on in the next. True: the program said `quit`. */
function* lines(interpreter: Interpreter, reader: LineReader, name: string, out: FoldedOutput): Sim<boolean> {
  let waiting = '';
  let number = 1;
  let first = 1;
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    waiting += `${line}\n`;
    if (!reader.terminated) break;
    number++;
    if (line.endsWith('\\')) continue;
    try {
      const { statements, quit } = parseLine(waiting, first);
      yield* interpreter.run(statements);
      if (quit) return true;
    } catch (error) {
      if (error instanceof Incomplete) continue;
      if (!(error instanceof BcSyntaxError)) throw error;
      yield* out.flush();
      yield* write(2, `${name} ${error.line}: ${error.message}\n`);
    }
    waiting = '';
    first = number;
    yield* out.flush();
  }
  if (waiting.trim() !== '') {
    yield* out.flush();
    const open = (waiting.split('"').length - 1) % 2 === 1;
    yield* write(2, `${name} ${Math.max(1, reader.terminated ? number - 1 : number)}: ${open ? 'illegal character: "' : 'syntax error'}\n`);
  }
  return false;
}

export const program = tool('bc', bc);
