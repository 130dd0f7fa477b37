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
        'redis_mode:standalone',
        'os:Linux x86_64',
        'arch_bits:64',
        'process_id:1',
        `tcp_port:${server.config.get('port')}`,
        `uptime_in_seconds:${uptime}`,
        `uptime_in_days:${Math.floor(uptime / 86400)}`,
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
