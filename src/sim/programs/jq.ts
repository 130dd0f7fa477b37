import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { environ, getpid, isatty, kill, readText, wallClock, write } from '../kernel/syscalls.ts';
import { timeZone } from './date.ts';
import { Halt, type Host } from './lib/jq/builtins/control.ts';
import { makeBuiltins } from './lib/jq/builtins.ts';
import { Compiler } from './lib/jq/compile.ts';
import { describeErrors } from './lib/jq/errors.ts';
import { InputProblem, Inputs } from './lib/jq/input.ts';
import { wellFormed } from './lib/jq/jsonParser.ts';
import { type Code, JqExhausted, JqUncaught, Machine } from './lib/jq/machine.ts';
import { type JqOptions, OptionProblem, readOptions } from './lib/jq/options.ts';
import { parseProgram } from './lib/jq/parser.ts';
import { type PrintStyle, parseColours, printJson, toJson } from './lib/jq/print.ts';
import { JqError, type Json, objectOf } from './lib/jq/values.ts';
import { type Tool, tool } from './lib/tool.ts';

const VERSION = 'jq-1.8.2';

const USAGE = `jq - a filter for JSON [version 1.8.2]

Usage:\tjq [options] <jq filter> [file...]
\tjq [options] --args <jq filter> [strings...]
\tjq [options] --jsonargs <jq filter> [JSON_TEXTS...]

Reads JSON texts, applies the filter to each and writes the results as JSON.
The filter . writes what it reads, laid out and coloured.

Example:

\t$ echo '{"foo": 0}' | jq .
\t{
\t  "foo": 0
\t}

`;

const OPTIONS = `Command options:
  -n, --null-input          run once, on null, and read inputs only when asked;
  -R, --raw-input           take each line as a string;
  -s, --slurp               take all inputs as one array;
  -c, --compact-output      each result on one line;
  -r, --raw-output          strings as they are, without quotes;
      --raw-output0         like -r, with a NUL after each result;
  -j, --join-output         like -r, with nothing after each result;
  -a, --ascii-output        escape all that is not ASCII;
  -S, --sort-keys           keys in order;
  -C, --color-output        colours even if not on a terminal;
  -M, --monochrome-output   no colours;
      --tab                 indent with tabs;
      --indent n            indent with n spaces (at most 7);
      --unbuffered          write each result at once;
      --stream              read as [path, leaf] events;
      --seq                 read and write application/json-seq;
  -f, --from-file           the filter is in a file;
      --arg name value      $name is a string;
      --argjson name value  $name is a JSON value;
      --slurpfile name file $name is the array of the file's values;
      --rawfile name file   $name is the file's text;
      --args                the other arguments are strings;
      --jsonargs            the other arguments are JSON values;
  -e, --exit-status         the last result decides the exit status;
  -V, --version             the version;
  -h, --help                this help;
  --                        no options after this.

Named arguments are also $ARGS.named, the others $ARGS.positional.
`;

const COMPILE_ERROR = 3;
const SYSTEM_ERROR = 2;
const NO_OUTPUT = 4;
const RUN_ERROR = 5;

/** Filters JSON with a program in jq's language (https://jqlang.org/manual/v1.8/). */
export function* jq(t: Tool): Sim<number> {
  let o: JqOptions;
  try {
    const read = yield* readOptions(t.args);
    if (read === 'help') {
      yield* t.print(USAGE + OPTIONS);
      return 0;
    }
    if (typeof read === 'string') {
      yield* t.print(read === 'version' ? `${VERSION}\n` : 'simulated\n');
      return 0;
    }
    o = read;
  } catch (error) {
    if (!(error instanceof OptionProblem)) throw error;
    const hint = 'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs at https://jqlang.org\n';
    yield* write(2, `${error.message}\n${error.hint ? hint : ''}`);
    return error.status;
  }
  const terminal = yield* isatty(1);
  if (o.program === undefined && !o.fromFile && (!terminal || !(yield* isatty(0)))) o.program = '.';
  if (o.program === undefined) {
    yield* write(2, `${USAGE}For listing the command options, use jq --help.\n`);
    return SYSTEM_ERROR;
  }
  return yield* new Run(t, o, terminal).main(o.program);
}

/** How the program ended on one input. */
interface End {
  /** After an error or a halt. */
  readonly status?: number;
  /** Of the last result. */
  readonly truth?: boolean;
  readonly halted?: boolean;
}

/** One run: its inputs, its program, what it prints and ends with. */
class Run {
  readonly #t: Tool;
  readonly #o: JqOptions;
  readonly #inputs: Inputs;
  readonly #machine = new Machine();
  readonly #terminal: boolean;
  #style: PrintStyle = {};

  constructor(t: Tool, o: JqOptions, terminal: boolean) {
    this.#t = t;
    this.#o = o;
    this.#terminal = terminal;
    this.#inputs = new Inputs({
      files: o.files,
      raw: o.rawInput,
      slurp: o.slurp,
      stream: o.stream,
      streamErrors: o.streamErrors,
      seq: o.seq,
      openFailed: (name, reason) => this.#say(`jq: error: Could not open file ${name}: ${reason}\n`),
    });
  }

  *main(source: string): Sim<number> {
    const environment = yield* environ();
    yield* this.#chooseStyle(environment);
    let text = source;
    if (this.#o.fromFile) {
      try {
        text = yield* readText(source);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* this.#say(`jq: Could not open ${source}: ${error.message}\n`);
        return SYSTEM_ERROR;
      }
    }
    const code = yield* this.#compile(wellFormed(text), new Map(environment));
    if (code === undefined) return COMPILE_ERROR;
    return yield* this.#all(code);
  }

  *#chooseStyle(environment: ReadonlyMap<string, string>): Sim<void> {
    const { ascii, sortKeys, indent } = this.#o;
    const wanted = this.#o.colour ?? (this.#terminal && (environment.get('NO_COLOR') ?? '') === '');
    const colours = parseColours(environment.get('JQ_COLORS'));
    if (colours === undefined) yield* this.#say('Failed to set $JQ_COLORS\n');
    this.#style = { ascii, sortKeys, indent, colours: wanted ? (colours ?? parseColours(undefined)) : undefined };
  }

  /** To standard error; like stdio, what waits on standard output stays there. */
  *#say(text: string): Sim<void> {
    yield* write(2, text);
  }

  *#compile(text: string, environment: ReadonlyMap<string, string>): Sim<Code | undefined> {
    const parsed = parseProgram(text);
    if (parsed.modules) {
      yield* this.#say('drydock: jq modules (import, include) are not simulated\n');
      return undefined;
    }
    const errors = [...parsed.errors];
    if (errors.length === 0 && parsed.program === undefined) {
      yield* this.#say('jq: error: Top-level program not given (try ".")\njq: 1 compile error\n');
      return undefined;
    }
    let code: Code | undefined;
    if (parsed.program !== undefined) {
      const { named, positional } = this.#o;
      const globals = new Map<string, Json>([...named, ['ENV', environment], ['ARGS', objectOf({ positional, named: new Map(named) })]]);
      const compiler = new Compiler(this.#machine, makeBuiltins(this.#host(environment), yield* timeZone()), globals);
      code = compiler.compile(parsed.program, undefined);
      errors.push(...compiler.errors);
    }
    if (errors.length === 0) return code;
    yield* this.#say(describeErrors(text, errors));
    return undefined;
  }

  #host(environment: ReadonlyMap<string, string>): Host {
    const inputs = this.#inputs;
    const say = (text: string): Sim<void> => this.#say(text);
    const oneLine = (): PrintStyle => ({ ...this.#style, indent: undefined });
    return {
      *input() {
        try {
          return yield* inputs.next();
        } catch (error) {
          if (error instanceof InputProblem) throw new JqError(error.message);
          throw error;
        }
      },
      debug: (v) => say(`${printJson(['DEBUG:', v], oneLine())}\n`),
      stderr: (v) => say(typeof v === 'string' ? v : toJson(v)),
      *now() {
        return (yield* wallClock()) / 1e6;
      },
      filename: () => inputs.filename ?? null,
      line: () => inputs.line,
      environment,
    };
  }

  /** Every input in turn. Answers the exit status. */
  *#all(code: Code): Sim<number> {
    if (this.#o.nullInput) return this.#status(yield* this.#one(code, null), undefined);
    let end: End = {};
    let last: boolean | undefined;
    while (this.#inputs.failures === 0) {
      let value: Json | undefined;
      try {
        value = yield* this.#inputs.next();
      } catch (error) {
        if (!(error instanceof InputProblem)) throw error;
        if (this.#o.seq) {
          yield* this.#say(`jq: ignoring parse error: ${error.message}\n`);
          continue;
        }
        yield* this.#say(`jq: parse error: ${error.message}\n`);
        end = { status: RUN_ERROR };
        break;
      }
      if (value === undefined) break;
      end = yield* this.#one(code, value);
      if (end.truth !== undefined) last = end.truth;
      if (end.halted) break;
    }
    return this.#inputs.failures > 0 ? SYSTEM_ERROR : this.#status(end, last);
  }

  /** With `--exit-status`: 1 after a last result of false or null, 4 after none at all. */
  #status(end: End, last: boolean | undefined): number {
    if (end.status !== undefined) return end.status;
    if (!this.#o.exitStatus) return 0;
    const truth = end.truth ?? last;
    return truth === undefined ? NO_OUTPUT : truth ? 0 : 1;
  }

  *#one(code: Code, value: Json): Sim<End> {
    let truth: boolean | undefined;
    try {
      yield* this.#machine.run(code, value, undefined, (result) => {
        truth = result !== null && result !== false;
        return this.#print(result);
      });
    } catch (error) {
      if (error instanceof JqExhausted) {
        yield* this.#say('jq: error: cannot allocate memory\n');
        yield* kill(yield* getpid(), 'SIGABRT');
      }
      if (error instanceof Halt) return { status: yield* this.#halted(error), halted: true };
      if (!(error instanceof JqUncaught)) throw error;
      const position = this.#inputs.position;
      const message = typeof error.value === 'string' ? `: ${error.value}` : ` (not a string): ${toJson(error.value)}`;
      yield* this.#say(`jq: error (at ${position})${message}\n`);
      return { status: RUN_ERROR };
    }
    return { truth };
  }

  *#halted(halt: Halt): Sim<number> {
    const v = halt.output;
    if (typeof v === 'string') yield* this.#say(v);
    else if (v !== undefined && v !== null) yield* this.#say(`${toJson(v)}\n`);
    return halt.status;
  }

  *#print(result: Json): Sim<void> {
    const { rawOutput, ascii, nulOutput, joinOutput, seq, unbuffered } = this.#o;
    let text: string;
    if (rawOutput && typeof result === 'string') {
      if (nulOutput && result.includes('\0')) throw new JqUncaught('Cannot dump a string containing NUL with --raw-output0 option');
      text = ascii ? printJson(result, { ascii }) : result;
    } else text = (seq ? '\x1e' : '') + printJson(result, this.#style);
    yield* this.#t.print(text + (nulOutput ? '\0' : joinOutput ? '' : '\n'));
    if (unbuffered) yield* this.#t.out.flush();
  }
}

export const program = tool('jq', jq, { failStatus: 2 });
