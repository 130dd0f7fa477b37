import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getpid, open, wallClock, write } from '../../../kernel/syscalls.ts';
import { calendarTime } from '../../../net/http/date.ts';

const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The error log: '2026/01/31 12:00:00 [notice] 1#1: text'. */
export class ErrorLog {
  readonly fd: number;
  readonly #least: number;

  constructor(fd: number, level: string) {
    this.fd = fd;
    this.#least = Math.max(0, LEVELS.indexOf(level));
  }

  *line(level: string, text: string): Sim<void> {
    if (LEVELS.indexOf(level) < this.#least) return;
    const t = calendarTime(yield* wallClock());
    const pid = yield* getpid();
    const month = String(MONTHS.indexOf(t.month) + 1).padStart(2, '0');
    yield* write(this.fd, `${t.year}/${month}/${t.day} ${t.time} [${level}] ${pid}#${pid}: ${text}\n`);
  }
}

/** Opens a log to append to; /dev/stdout and /dev/stderr work whatever they are. */
export function* openLog(path: string): Sim<number> {
  if (path === '/dev/stdout') return 1;
  if (path === '/dev/stderr' || path === 'stderr') return 2;
  try {
    return yield* open(path, { append: true, create: true, write: true }, 0o644);
  } catch (error) {
    // The logs of the image are links to /dev/stdout and /dev/stderr, which cannot be opened when they are sockets.
    if (error instanceof Errno && (error.code === 'ENXIO' || path.startsWith('/var/log/nginx/'))) return path.includes('error') ? 2 : 1;
    throw error;
  }
}
