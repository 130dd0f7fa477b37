import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { readText, write } from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { type OptionSpec, parseArguments } from './lib/options.ts';
import { parseScript } from './lib/sed/parse.ts';
import { SedRun } from './lib/sed/run.ts';
import { SedError } from './lib/sed/script.ts';
import { sedUsage } from './lib/sed/usage.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: 'bsnrzuEe:f:i::l:V:hs',
  long: {
    quiet: 'n',
    silent: 'n',
    expression: 'e:',
    file: 'f:',
    'in-place': 'i::',
    'line-length': 'l:',
    'null-data': 'z',
    separate: 's',
    unbuffered: 'u',
    'regexp-extended': 'E',
    posix: 'p',
    debug: 'debug',
    sandbox: 'sandbox',
    'follow-symlinks': 'follow',
    binary: 'b',
  },
  usage: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
  about: '',
};

/** The stream editor. */
export function* sed(t: Tool): Sim<number> {
  let o: ReturnType<typeof parseArguments>;
  try {
    o = parseArguments(t.args, SPEC);
  } catch (error) {
    if (!(error instanceof UsageError) || t.busybox) throw error;
    yield* write(2, `${t.name}: ${error.message}\n${sedUsage(t.name)}`);
    return 1;
  }
  if (o.has('--help')) {
    yield* t.print(sedUsage(t.name));
    return 0;
  }
  if (o.has('--version')) {
    yield* t.print('sed (GNU sed) 4.9\n');
    return 0;
  }
  const files = [...o.operands];
  const sources: { text: string; label: string }[] = [];
  let expression = 0;
  for (const [key, value] of o.options) {
    if (key === 'e') sources.push({ text: value, label: `-e expression #${++expression}` });
    else if (key === 'f') sources.push({ text: (yield* scriptFile(value)).replace(/\n$/, ''), label: `file ${value}` });
  }
  if (sources.length === 0) {
    if (files.length === 0) {
      if (t.busybox) throw new UsageError('');
      yield* write(2, sedUsage(t.name));
      return 1;
    }
    sources.push({ text: files.shift()!, label: '-e expression #1' });
  }
  const inPlace = o.has('i') ? o.value('i')! : undefined;
  try {
    const script = parseScript(sources, {
      extended: o.has('E') || o.has('r'),
      sandbox: o.has('sandbox'),
      nullData: o.has('z'),
      busybox: t.busybox,
    });
    const run = new SedRun(t, script, {
      quiet: o.has('n') || script.quiet,
      separate: o.has('s') || inPlace !== undefined,
      inPlace,
      end: o.has('z') ? '\0' : '\n',
      lineLength: Number(o.value('l') ?? 70),
      unbuffered: o.has('u'),
    });
    return yield* run.files(files.length === 0 ? ['-'] : files);
  } catch (error) {
    if (error instanceof SedError) throw new Fatal(error.message, 1);
    throw error;
  }
}

function* scriptFile(path: string): Sim<string> {
  try {
    return yield* readText(path === '-' ? '/dev/stdin' : path);
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`couldn't open file ${path}: ${error.message}`, 1);
    throw error;
  }
}

export const program = tool('sed', sed);
