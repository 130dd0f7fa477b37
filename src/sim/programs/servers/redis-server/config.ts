/** The settings of redis.conf, which are also the options `--name value`. */

/** What holds unless it is set. */
export const DEFAULTS: readonly (readonly [string, string])[] = [
  ['port', '6379'],
  ['bind', '* -::*'],
  ['appendonly', 'no'],
  ['save', '3600 1 300 100 60 10000'],
  ['dbfilename', 'dump.rdb'],
  ['appenddirname', 'appendonlydir'],
  ['appendfilename', 'appendonly.aof'],
  ['maxmemory', '0'],
  ['maxmemory-policy', 'noeviction'],
  ['databases', '16'],
  ['requirepass', ''],
  ['protected-mode', 'no'],
  ['loglevel', 'notice'],
  ['timeout', '0'],
  ['tcp-keepalive', '300'],
  ['appendfsync', 'everysec'],
  ['maxclients', '10000'],
];

/** More names that redis.conf may hold. */
const MORE_NAMES = new Set([
  'dir',
  'daemonize',
  'pidfile',
  'logfile',
  'user',
  'masterauth',
  'replicaof',
  'slaveof',
  'include',
  'tcp-backlog',
  'always-show-logo',
  'stop-writes-on-bgsave-error',
  'rdbcompression',
  'rdbchecksum',
  'unixsocket',
  'hz',
  'auto-aof-rewrite-percentage',
  'auto-aof-rewrite-min-size',
  'notify-keyspace-events',
  'slowlog-log-slower-than',
  'slowlog-max-len',
  'aof-use-rdb-preamble',
  'no-appendfsync-on-rewrite',
  'lazyfree-lazy-eviction',
  'io-threads',
  'cluster-enabled',
  'replica-read-only',
  'supervised',
  'set-proc-title',
  'enable-protected-configs',
  'enable-debug-command',
  'enable-module-command',
]);

/** 'name value' lines; the first wrong one is answered. */
export function readConfig(config: Map<string, string>, lines: readonly string[]): { line: number; text: string } | undefined {
  for (const [i, line] of lines.entries()) {
    const match = /^(\S+)\s*(.*)$/.exec(line);
    const name = match?.[1].toLowerCase() ?? '';
    if (!match || (!config.has(name) && !MORE_NAMES.has(name))) return { line: i + 2, text: line };
    config.set(name, match[2].replace(/^"(.*)"$/, '$1'));
  }
  return undefined;
}
