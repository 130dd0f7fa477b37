/** The watch applet: clears, prints, runs, waits; it needs no terminal. After procps/watch.c of BusyBox. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getWindowSize, sleep, spawn, waitpid, wallClock, write } from '../../kernel/syscalls.ts';
import { timeZone } from '../date.ts';
import { formatTime } from '../lib/calendar.ts';
import { Fatal, UsageError } from '../lib/failure.ts';
import { parseOptions } from '../lib/options.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';

const SPEC = { short: '+dtn:', usage: '[-n SEC] [-t] PROG ARGS', about: 'Runs a program again and again.' };

export const watch: Applet = (argv, build) => runTool(main, argv, build);

function* main(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length === 0) throw new UsageError('');
  const period = o.value('n') ?? '2';
  if (!/^(\d+\.?\d*|\.\d+)$/.test(period)) throw new Fatal(`invalid number '${period}'`);
  const command = o.operands.join(' ');
  const zone = yield* timeZone();
  for (;;) {
    const head = o.has('t')
      ? ''
      : `${title(Number(period), command, yield* width(), formatTime('%Y-%m-%d %H:%M:%S', yield* wallClock(), zone))}\n\n`;
    yield* write(1, `\x1b[H\x1b[J${head}`);
    yield* waitpid(yield* spawn({ path: '/bin/sh', argv: ['sh', '-c', command] }));
    yield* sleep(Math.round(Number(period) * 1e6));
  }
}

/** The time stands at the right end of the line, over whatever of the command reaches there. */
function title(period: number, command: string, columns: number, time: string): string {
  const head = `Every ${period.toFixed(1)}s: ${command.padEnd(columns)}`;
  return time.length + 1 < columns ? head.slice(0, columns - time.length - 1) + time : head;
}

function* width(): Sim<number> {
  try {
    return (yield* getWindowSize(2)).columns || 80;
  } catch (error) {
    if (isErrno(error)) return 80;
    throw error;
  }
}
