/** What `world` wires. */
export { createDaemon } from './daemon.ts';
export type { Daemon, DaemonParts } from './daemon.ts';
export type { DaemonBackend, SystemParts } from './backend.ts';
export { RECORDED_ENGINE, defaultConfig } from './defaultConfig.ts';
export { EventLog } from './events.ts';
export type { DaemonEvent } from './events.ts';
export { DAEMON_TABLES } from './records.ts';
export type { DaemonTables } from './records.ts';
export type { ContainerServices } from './containers/services.ts';
export type { DaemonConfig, ImageServices, NetworkServices, Services, VolumeServices } from './services.ts';
