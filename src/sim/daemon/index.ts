/** What `world` wires. */

export type { Daemon } from './daemon.ts';
export { createDaemon } from './daemon.ts';
export { defaultConfig, RECORDED_ENGINE } from './defaultConfig.ts';

export { EventLog } from './events.ts';
export type { DaemonTables } from './records.ts';
