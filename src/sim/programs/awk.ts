import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { environ, randomBelow, readText, write } from '../kernel/syscalls.ts';
import { AwkRuntimeError } from './lib/awk/format.ts';
import { AwkInterpreter } from './lib/awk/interpreter.ts';
import { unescapeAwk } from './lib/awk/lexer.ts';
import { parseAwk } from './lib/awk/parser.ts';
import { AwkOutputError } from './lib/awk/streams.ts';
import { type AwkExpr, type AwkProgram, AwkSyntaxError } from './lib/awk/syntax.ts';
import { UsageError } from './lib/failure.ts';
import { type Tool, tool } from './lib/tool.ts';

const HELP = `Usage: mawk [Options] [Program] [file ...]

Program:
    The -f option value is the name of a file containing program text.
    If no -f option is given, a "--" ends option processing; the following
    parameters are the program text.

Options:
    -f program-file  Program  text is read from file instead of from the
                     command-line.  Multiple -f options are accepted.
    -F value         sets the field separator, FS, to value.
    -v var=value     assigns value to program variable var.
    --               unambiguous end of options.

    Implementation-specific options are prefixed with "-W".  They can be
    abbreviated:

    -W version       show version information and exit.
    -W dump          show assembler-like listing of program and exit.
    -W help          show this message and exit.
    -W interactive   set unbuffered output, line-buffered input.
    -W exec file     use file as program as well as last option.
    -W random=number set initial random seed.
    -W sprintf=number adjust size of sprintf buffer.
    -W posix_space   do not consider "\\n" a space.
    -W usage         show this message and exit.
`;

function* complain(t: Tool, message: string): Sim<number> {
  yield* t.out.flush();
  yield* write(2, `${t.name}: ${message}\n`);
  return 2;
}

/** awk as mawk does it. */
export function* awk(t: Tool): Sim<number> {
  const args = t.args;
  let fs: string | undefined;
  const assignments: [string, string][] = [];
  const sources: string[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const a = args[at];
    if (a === '--') {
      at++;
      break;
    }
    if (!a.startsWith('-') || a === '-') break;
    const letter = a[1];
    if (letter === 'W' || a === '--version' || a === '--help' || a === '-V') {
      const word = letter === 'W' ? (a.length > 2 ? a.slice(2) : (args[++at] ?? '')) : a.slice(2);
      if (/^v/.test(word) || a === '-V' || a === '--version') {
        yield* t.print('mawk 1.3.4 20260302\n');
        return 0;
      }
      if (/^[hu]/.test(word)) {
        yield* t.print(HELP);
        return 0;
      }
      continue;
    }
    if (letter !== 'F' && letter !== 'v' && letter !== 'f') {
      if (t.busybox) throw new UsageError(a.startsWith('--') ? `unrecognized option '${a}'` : `invalid option -- '${letter}'`);
      yield* complain(t, `not an option: ${a}`);
      return 2;
    }
    const value = a.length > 2 ? a.slice(2) : args[++at];
    if (value === undefined) {
      if (t.busybox) throw new UsageError(`option requires an argument -- '${letter}'`);
      return yield* complain(t, `option -${letter} lacks argument`);
    }
    if (letter === 'F') fs = unescapeAwk(value);
    else if (letter === 'v') {
      const m = /^([A-Za-z_]\w*)=(.*)$/s.exec(value);
      if (!m) return yield* complain(t, `improper assignment: -v ${value}`);
      assignments.push([m[1], unescapeAwk(m[2])]);
    } else {
      try {
        sources.push(yield* readText(value === '-' ? '/dev/stdin' : value));
      } catch (error) {
        if (!isErrno(error)) throw error;
        return yield* complain(t, t.busybox ? `can't open '${value}': ${error.message}` : `cannot open ${value} (${error.message})`);
      }
    }
  }
  if (sources.length === 0) {
    if (at >= args.length) {
      if (t.busybox) throw new UsageError('');
      yield* write(2, HELP);
      return 2;
    }
    sources.push(args[at++]);
  }
  let program: AwkProgram;
  try {
    program = parseAwk(sources.join('\n'));
    const missing = undefinedFunction(program);
    if (missing !== undefined)
      return yield* complain(
        t,
        `line ${sources.join('\n').replace(/\n$/, '').split('\n').length + 1}: function ${missing.name} never defined`,
      );
  } catch (error) {
    if (!(error instanceof AwkSyntaxError)) throw error;
    return yield* complain(t, t.busybox ? 'cmd. line:1: Unexpected token' : error.message);
  }
  const interpreter = new AwkInterpreter(t, program, [t.name, ...args.slice(at)], yield* environ(), yield* randomBelow(2 ** 31));
  if (fs !== undefined) interpreter.vars.assignText('FS', fs);
  for (const [name, value] of assignments) interpreter.vars.assignText(name, value);
  try {
    return yield* interpreter.run();
  } catch (error) {
    if (error instanceof AwkOutputError) return yield* complain(t, error.message);
    if (error instanceof AwkRuntimeError || error instanceof AwkSyntaxError) {
      const g = interpreter.vars;
      return yield* complain(
        t,
        `run time error: ${error.message}\n\tFILENAME="${g.text('FILENAME')}" FNR=${g.text('FNR')} NR=${g.text('NR')}`,
      );
    }
    throw error;
  }
}

/** The first call of a function that the program does not define. */
function undefinedFunction(program: AwkProgram): { readonly name: string; readonly line: number } | undefined {
  let found: { name: string; line: number } | undefined;
  const walk = (node: unknown): void => {
    if (found !== undefined || node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const n of node) walk(n);
      return;
    }
    const e = node as AwkExpr;
    if (e.op === 'call' && !program.functions.has(e.name)) {
      found = { name: e.name, line: e.line };
      return;
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'regex') walk(value);
  };
  walk(program.rules);
  for (const f of program.functions.values()) walk(f.body);
  return found;
}

const OPTIONS = { failStatus: 2, usageStatus: 2, shortName: true };

/** Debian's awk is mawk. */
export const programs: readonly Program[] = [tool('awk', awk, OPTIONS), tool('mawk', awk, OPTIONS)];
