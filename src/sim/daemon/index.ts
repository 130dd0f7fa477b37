/** What `world` wires. */

export type { DaemonBackend, SystemParts } from './backend.ts';
export type { ContainerServices } from './containers/services.ts';
export type { Daemon, DaemonParts } from './daemon.ts';
export { createDaemon } from './daemon.ts';
export { defaultConfig, RECORDED_ENGINE } from './defaultConfig.ts';
export type { DaemonEvent } from './events.ts';
export { EventLog } from './events.ts';
export type { DaemonTables } from './records.ts';
export { DAEMON_TABLES } from './records.ts';
export type { DaemonConfig, ImageServices, NetworkServices, Services, VolumeServices } from './services.ts';
