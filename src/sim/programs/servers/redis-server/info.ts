/** INFO. */
import type { Server } from './server.ts';

/** The report, or one section of it. */
export function info(server: Server, section: string | undefined, nowUs: number): string {
  const [db] = server.databases;
  const keys = db.keys(nowUs / 1000);
  const withExpiry = keys.filter((key) => db.expiry(key) !== undefined).length;
  const uptime = Math.floor((nowUs - server.startedAt) / 1_000_000);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      'Server',
      [
        `redis_version:${server.version}`,
        'redis_git_sha1:00000000',
        'redis_git_dirty:0',
        `redis_build_id:${buildId(server.version)}`,
        'redis_mode:standalone',
        `os:${server.facts.os}`,
        'arch_bits:64',
        'monotonic_clock:POSIX clock_gettime',
        'multiplexing_api:epoll',
        'atomicvar_api:c11-builtin',
        `gcc_version:${server.facts.gcc}`,
        `process_id:${server.facts.pid}`,
        'process_supervised:no',
        `run_id:${server.facts.runId}`,
        `tcp_port:${server.config.get('port')}`,
        `server_time_usec:${nowUs}`,
        `uptime_in_seconds:${uptime}`,
        `uptime_in_days:${Math.floor(uptime / 86400)}`,
        'hz:10',
        'configured_hz:10',
        `lru_clock:${Math.floor(nowUs / 1_000_000) % 2 ** 24}`,
        'executable:/data/redis-server',
        `config_file:${server.facts.configFile}`,
        'io_threads_active:0',
        `listener0:name=tcp,bind=*,bind=-::*,port=${server.config.get('port')}`,
      ],
    ],
    ['Clients', [`connected_clients:${server.clients.size}`, `maxclients:${server.config.get('maxclients')}`, 'blocked_clients:0']],
    [
      'Memory',
      [
        'used_memory:1048576',
        'used_memory_human:1.00M',
        `maxmemory:${server.config.get('maxmemory')}`,
        `maxmemory_policy:${server.config.get('maxmemory-policy')}`,
      ],
    ],
    [
      'Persistence',
      [
        'loading:0',
        `rdb_changes_since_last_save:${db.dirty}`,
        `rdb_last_save_time:${Math.floor(server.lastSave / 1_000_000)}`,
        `aof_enabled:${server.appendOnly ? 1 : 0}`,
      ],
    ],
    ['Stats', [`total_connections_received:${server.connections}`, `total_commands_processed:${server.commands}`]],
    ['Replication', ['role:master', 'connected_slaves:0']],
    ['CPU', ['used_cpu_sys:0.010000', 'used_cpu_user:0.010000']],
    ['Keyspace', keys.length > 0 ? [`db0:keys=${keys.length},expires=${withExpiry},avg_ttl=0`] : []],
  ];
  const chosen =
    section === undefined || section === 'all' || section === 'default' || section === 'everything'
      ? sections
      : sections.filter(([name]) => name.toLowerCase() === section);
  return chosen.map(([name, lines]) => `# ${name}\r\n${lines.map((line) => `${line}\r\n`).join('')}`).join('\r\n');
}

/** A number of 64 bits that differs from version to version, as that of a build does (FNV-1a). */
function buildId(version: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const c of version) hash = ((hash ^ BigInt(c.charCodeAt(0))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16);
}
