/** What `world` wires: the server, the routers and what each needs. */

export type { Router } from './route.ts';
export { clusterRouter } from './router/cluster/routes.ts';
export type { ContainerBackend } from './router/container/backend.ts';
export { containerRouter } from './router/container/routes.ts';
export type { ExecBackend } from './router/exec/backend.ts';
export { execRouter } from './router/exec/routes.ts';
export { notSimulatedRouter } from './router/notSimulated.ts';
export { pluginRouter } from './router/plugin/routes.ts';
export type { SystemBackend } from './router/system/backend.ts';
export { systemRouter } from './router/system/routes.ts';
export type { ServerInfo } from './server.ts';
export { serveApi } from './server.ts';
export type { ApiTap } from './tap.ts';
