import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readText } from '../../../kernel/syscalls.ts';
import { JsonParser, wellFormed } from './jsonParser.ts';
import type { Json } from './values.ts';

export interface JqOptions {
  slurp: boolean;
  rawInput: boolean;
  nullInput: boolean;
  rawOutput: boolean;
  /** Each output is followed by a NUL instead of a newline. */
  nulOutput: boolean;
  joinOutput: boolean;
  ascii: boolean;
  /** Undefined: when standard output is a terminal. */
  colour: boolean | undefined;
  sortKeys: boolean;
  /** What a level is indented with; undefined for one line. */
  indent: string | undefined;
  unbuffered: boolean;
  exitStatus: boolean;
  seq: boolean;
  stream: boolean;
  /** A mistake in the text is an event too. */
  streamErrors: boolean;
  fromFile: boolean;
  program: string | undefined;
  readonly files: string[];
  readonly positional: Json[];
  readonly named: Map<string, Json>;
}

/** A command line that cannot be obeyed, in jq's words; `hint` adds where help is. */
export class OptionProblem extends Error {
  readonly hint: boolean;
  readonly status = 2;

  constructor(message: string, hint = true) {
    super(message);
    this.hint = hint;
  }
}

/** `--help` and `--version` end the reading. */
export type Asked = 'help' | 'version' | 'build-configuration';

const SHORT: Readonly<Record<string, string>> = {
  s: 'slurp',
  r: 'raw-output',
  j: 'join-output',
  c: 'compact-output',
  C: 'color-output',
  M: 'monochrome-output',
  a: 'ascii-output',
  S: 'sort-keys',
  R: 'raw-input',
  n: 'null-input',
  f: 'from-file',
  L: 'library-path',
  b: 'binary',
  e: 'exit-status',
  h: 'help',
  V: 'version',
};

type Flag = (o: JqOptions) => void;
const FLAGS: Readonly<Record<string, Flag>> = {
  slurp: (o) => {
    o.slurp = true;
  },
  'raw-output': (o) => {
    o.rawOutput = true;
  },
  'raw-output0': (o) => {
    o.rawOutput = true;
    o.nulOutput = true;
  },
  'join-output': (o) => {
    o.rawOutput = true;
    o.joinOutput = true;
  },
  'compact-output': (o) => {
    o.indent = undefined;
  },
  'color-output': (o) => {
    if (o.colour !== false) o.colour = true;
  },
  'monochrome-output': (o) => {
    o.colour = false;
  },
  'ascii-output': (o) => {
    o.ascii = true;
  },
  unbuffered: (o) => {
    o.unbuffered = true;
  },
  'sort-keys': (o) => {
    o.sortKeys = true;
  },
  'raw-input': (o) => {
    o.rawInput = true;
  },
  'null-input': (o) => {
    o.nullInput = true;
  },
  'from-file': (o) => {
    o.fromFile = true;
  },
  binary: () => undefined,
  tab: (o) => {
    o.indent = '\t';
  },
  seq: (o) => {
    o.seq = true;
  },
  stream: (o) => {
    o.stream = true;
  },
  'stream-errors': (o) => {
    o.stream = true;
    o.streamErrors = true;
  },
  'exit-status': (o) => {
    o.exitStatus = true;
  },
};

const isOption = (text: string): boolean => /^-[-a-zA-Z]/.test(text);

/** Reads jq's arguments: short options may stand together, and options may follow the filter. */
export function* readOptions(args: readonly string[]): Sim<JqOptions | Asked> {
  const o: JqOptions = {
    slurp: false,
    rawInput: false,
    nullInput: false,
    rawOutput: false,
    nulOutput: false,
    joinOutput: false,
    ascii: false,
    colour: undefined,
    sortKeys: false,
    indent: '  ',
    unbuffered: false,
    exitStatus: false,
    seq: false,
    stream: false,
    streamErrors: false,
    fromFile: false,
    program: undefined,
    files: [],
    positional: [],
    named: new Map(),
  };
  let rest: 'files' | 'args' | 'jsonargs' = 'files';
  let done = false;
  for (let i = 0; i < args.length; i++) {
    const text = args[i];
    if (done || !isOption(text)) {
      if (o.program === undefined) o.program = text;
      else if (rest === 'files') o.files.push(text);
      else o.positional.push(rest === 'args' ? text : jsonArgument(text, '--jsonargs'));
    } else if (text === '--') done = true;
    else {
      const long = text.startsWith('--');
      for (const name of long ? [text.slice(2)] : text.slice(1)) {
        const option = long ? name : SHORT[name];
        if (option === 'help' || option === 'version' || option === 'build-configuration') return option;
        if (option === 'args' || option === 'jsonargs') rest = option;
        else if (option === 'library-path') {
          if (!long && text.length > text.indexOf('L') + 1) break;
          if (++i >= args.length) throw new OptionProblem('-L takes a parameter: (e.g. -L /search/path or -L/search/path)');
        } else if (option === 'indent') o.indent = indentation(args[++i]);
        else if (option === 'arg' || option === 'argjson' || option === 'rawfile' || option === 'slurpfile') {
          yield* named(o, option, args[i + 1], args[i + 2]);
          i += 2;
        } else if (option !== undefined && Object.hasOwn(FLAGS, option)) FLAGS[option](o);
        else throw new OptionProblem(long ? `jq: Unknown option --${name}` : `jq: Unknown option -${name}`);
      }
    }
  }
  return o;
}

function indentation(text: string | undefined): string {
  if (text === undefined) throw new OptionProblem('jq: --indent takes one parameter');
  const n = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(n >= -1 && n <= 7)) throw new OptionProblem('jq: --indent takes a number between -1 and 7');
  return n < 0 ? '\t' : ' '.repeat(n);
}

function jsonArgument(text: string, option: string): Json {
  const parsed = JsonParser.parseText(text);
  if (parsed.error !== undefined) throw new OptionProblem(`jq: invalid JSON text passed to ${option}`);
  return parsed.value;
}

const TAKES: Readonly<Record<string, string>> = { arg: 'value', argjson: 'text', rawfile: 'filename', slurpfile: 'filename' };

function* named(o: JqOptions, option: string, name: string | undefined, value: string | undefined): Sim<void> {
  if (name === undefined || value === undefined)
    throw new OptionProblem(`jq: --${option} takes two parameters (e.g. --${option} varname ${TAKES[option]})`);
  if (o.named.has(name)) return;
  if (option === 'arg') o.named.set(name, value);
  else if (option === 'argjson') o.named.set(name, jsonArgument(value, '--argjson'));
  else o.named.set(name, yield* fileArgument(option, name, value));
}

function* fileArgument(option: string, name: string, path: string): Sim<Json> {
  const failed = (reason: string): OptionProblem => new OptionProblem(`jq: Bad JSON in --${option} ${name} ${path}: ${reason}`, false);
  let text: string;
  try {
    text = wellFormed(yield* readText(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw failed(`Could not open ${path}: ${error.message}`);
  }
  if (option === 'rawfile') return text;
  const parser = new JsonParser();
  parser.feed(text, true);
  const all: Json[] = [];
  for (let found = parser.next(); found !== undefined; found = parser.next()) {
    if (found.error !== undefined) throw failed(found.error);
    all.push(found.value);
  }
  return all;
}
