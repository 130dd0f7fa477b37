/** `ulimit -a` of dash and ash: titles, letters, resources as getrlimit(2) names them, bytes per unit. */
export interface Limit {
  readonly title: string;
  readonly letter: string;
  readonly resource: string;
  readonly scale: number;
}

const limit = (title: string, letter: string, resource: string, scale = 1): Limit => ({ title, letter, resource, scale });

export const ASH_LIMITS: readonly Limit[] = [
  limit('core file size (blocks)', 'c', 'core', 512),
  limit('data seg size (kb)', 'd', 'data', 1024),
  limit('scheduling priority', 'e', 'nice'),
  limit('file size (blocks)', 'f', 'fsize', 512),
  limit('pending signals', 'i', 'sigpending'),
  limit('max locked memory (kb)', 'l', 'memlock', 1024),
  limit('max memory size (kb)', 'm', 'rss', 1024),
  limit('open files', 'n', 'nofile'),
  limit('POSIX message queues (bytes)', 'q', 'msgqueue'),
  limit('real-time priority', 'r', 'rtprio'),
  limit('stack size (kb)', 's', 'stack', 1024),
  limit('cpu time (seconds)', 't', 'cpu'),
  limit('max user processes', 'u', 'nproc'),
  limit('virtual memory (kb)', 'v', 'as', 1024),
  limit('file locks', 'x', 'locks'),
];

export const DASH_LIMITS: readonly Limit[] = [
  limit('time(seconds)', 't', 'cpu'),
  limit('file(blocks)', 'f', 'fsize', 512),
  limit('data(kbytes)', 'd', 'data', 1024),
  limit('stack(kbytes)', 's', 'stack', 1024),
  limit('coredump(blocks)', 'c', 'core', 512),
  limit('memory(kbytes)', 'm', 'rss', 1024),
  limit('locked memory(kbytes)', 'l', 'memlock', 1024),
  limit('process', 'p', 'nproc'),
  limit('nofiles', 'n', 'nofile'),
  limit('vmemory(kbytes)', 'v', 'as', 1024),
  limit('locks', 'w', 'locks'),
  limit('rtprio', 'r', 'rtprio'),
];

/** A line of `ulimit -a`. */
export function limitLine(dialect: 'dash' | 'ash', { title, letter }: Limit, value: string): string {
  return dialect === 'ash' ? `${title.padEnd(32)}(-${letter}) ${value}\n` : `${title.padEnd(20)} ${value}\n`;
}
