import type { Sim } from '../kernel/sim.ts';
import {
  close,
  getenv,
  gethostname,
  isatty,
  makeRaw,
  pipe,
  poll,
  readAll,
  sigaction,
  spawn,
  tcsetattr,
  waitpid,
  wallClock,
} from '../kernel/syscalls.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { KeyReader } from './editor/keys.ts';
import { Screen } from './editor/screen.ts';
import { formatTime } from './lib/calendar.ts';
import { Done, Fatal, UsageError } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';
import { layOut } from './pager/layout.ts';

const SPEC = {
  short: '+bcCd::efgn:pq:rtxw',
  long: {
    beep: 'b',
    color: 'c',
    'no-color': 'C',
    differences: 'd::',
    errexit: 'e',
    chgexit: 'g',
    equexit: 'q:',
    interval: 'n:',
    precise: 'p',
    'no-rerun': 'r',
    'no-title': 't',
    'no-wrap': 'w',
    exec: 'x',
  },
  usage: '[options] command',
  about: 'Runs a command again and again and shows what it prints.',
  version: 'procps-ng 4.0.4)',
};

/** watch(1): the command's output on the whole screen, every two seconds, until ^C. */
export function* watch(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing command');
  const text = o.value('n') ?? (yield* getenv('WATCH_INTERVAL')) ?? '2';
  if (!/^\d*[.,]?\d+$/.test(text)) throw new Fatal(`failed to parse argument: '${text}'`);
  const seconds = Math.max(0.1, Number(text.replace(',', '.')));
  const command = o.operands.join(' ');
  const argv = o.has('x') ? [...o.operands] : ['sh', '-c', command];
  const path = o.has('x') ? `/usr/bin/${o.operands[0]}` : '/bin/sh';
  const screen = new Screen(1);
  const terminal = yield* isatty(0);
  const before = terminal ? yield* makeRaw(0) : undefined;
  const keys = new KeyReader(0);
  const stop = function* (): Sim<void> {
    throw new Done(130);
  };
  yield* sigaction('SIGINT', stop);
  yield* sigaction('SIGTERM', stop);
  yield* screen.open();
  try {
    let last: string | undefined;
    for (;;) {
      yield* screen.measure();
      const { output, status } = yield* capture(path, argv);
      yield* paint(
        screen,
        o.has('t') ? undefined : yield* title(seconds, command, screen.size.columns),
        output,
        o.has('w'),
        o.has('d') ? last : undefined,
      );
      if (o.has('e') && status !== 0) return status;
      if (o.has('g') && last !== undefined && last !== output) return 0;
      last = output;
      const ready = yield* poll(terminal ? [{ fd: 0, read: true }] : [], Math.round(seconds * 1e6));
      if (ready.length > 0) {
        const key = (yield* keys.next())?.name;
        if (key === undefined || key === 'Ctrl-C' || key === 'q') return key === 'q' ? 0 : 130;
      }
    }
  } finally {
    yield* screen.close();
    if (before) yield* tcsetattr(0, before);
  }
}

function* capture(path: string, argv: readonly string[]): Sim<{ readonly output: string; readonly status: number }> {
  const [from, to] = yield* pipe({ cloexec: true });
  const pid = yield* spawn({
    path,
    argv,
    fds: new Map([
      [0, 0],
      [1, to],
      [2, to],
    ]),
  });
  yield* close(to);
  const output = decodeUtf8(yield* readAll(from));
  yield* close(from);
  const ended = (yield* waitpid(pid))?.status;
  return { output, status: ended?.kind === 'exited' ? ended.code : 1 };
}

function* title(seconds: number, command: string, columns: number): Sim<string> {
  const left = `Every ${seconds.toFixed(1)}s: ${command}`;
  const right = `${yield* gethostname()}: ${formatTime('%a %b %e %H:%M:%S %Y', yield* wallClock())}`;
  const room = Math.max(0, columns - right.length - 1);
  const head = left.length > room ? `${left.slice(0, Math.max(0, room - 3))}...` : left;
  return `${head.padEnd(columns - right.length)}${right}`.slice(0, columns);
}

function* paint(screen: Screen, head: string | undefined, output: string, chop: boolean, last: string | undefined): Sim<void> {
  const { rows, columns } = screen.size;
  const out: string[] = head === undefined ? [] : [head, ''];
  const old = last?.split('\n');
  for (const [i, line] of output.replace(/\n$/, '').split('\n').entries()) {
    const marks: (readonly [number, number])[] = [];
    if (old) for (let k = 0; k < line.length; k++) if (line[k] !== old[i]?.[k]) marks.push([k, k + 1]);
    out.push(...layOut(line, { columns, chop, shift: 0, colours: false }, marks));
  }
  while (out.length < rows) out.push('');
  yield* screen.paint(out.slice(0, rows), { row: rows - 1, column: 0 });
}

export const program = tool('watch', watch, { shortName: true });
