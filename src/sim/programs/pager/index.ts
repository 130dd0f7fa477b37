/** Pagers: less [OPTION]... [FILE]..., more [FILE]... */
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getenv, isatty, open, write } from '../../kernel/syscalls.ts';
import { UsageError } from '../lib/failure.ts';
import { copyAll } from '../lib/input.ts';
import { type Tool, tool } from '../lib/tool.ts';
import { runLess } from './less.ts';
import { more } from './more.ts';
import { readOptions } from './options.ts';
import { type LineSource, openSource } from './source.ts';

/** less(1). When standard output is no terminal it copies its input. */
export function* less(t: Tool): Sim<number> {
  if (t.args.includes('--version') || t.args.includes('-V')) {
    yield* t.print('less 590 (GNU regular expressions)\n');
    return 0;
  }
  if (t.args.includes('--help') || t.args.includes('-?')) {
    yield* t.print('Usage: less [OPTION]... [FILE]...\nShows text on the terminal; press h in it for its keys.\n');
    return 0;
  }
  let plan: ReturnType<typeof readOptions>;
  try {
    plan = readOptions(t, (yield* getenv('LESS')) ?? '');
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* write(2, `${error.message} ("less --help" for help)\n`);
    return 1;
  }
  const { options, files } = plan;
  if (files.length === 0 && (yield* isatty(0))) {
    yield* write(2, t.busybox ? 'less: missing filename\n' : 'Missing filename ("less --help" for help)\n');
    return 1;
  }
  const names = files.length === 0 ? ['-'] : files;
  if (!(yield* isatty(1))) return yield* copy(t, names);
  let first: LineSource | undefined;
  const readable: string[] = [];
  for (const name of names) {
    const opened = yield* openSource(name);
    if (typeof opened === 'string') {
      yield* write(2, `${opened}\n`);
      continue;
    }
    first ??= opened;
    readable.push(name);
  }
  if (!first) return 1;
  const keysFd = (yield* isatty(0)) ? 0 : yield* open('/dev/tty', 'r');
  return yield* runLess(t, options, readable, first, keysFd);
}

function* copy(t: Tool, names: readonly string[]): Sim<number> {
  for (const name of names) {
    if (name === '-') {
      yield* copyAll(0, (data) => write(1, data));
      continue;
    }
    // Without a terminal less tells of a file that it cannot open where the text would go, and that is no failure.
    const opened = yield* openSource(name);
    if (typeof opened === 'string') yield* write(t.busybox ? 2 : 1, `${opened}\n`);
    else yield* copyAll(yield* open(name, 'r'), (data) => write(1, data));
  }
  return t.status;
}

export const programs: readonly Program[] = [
  tool('less', less, { shortName: true }),
  tool('pager', less, { shortName: true }),
  tool('more', more, { shortName: true }),
];
