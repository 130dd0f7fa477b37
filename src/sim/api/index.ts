/** What `world` wires: the server, the routers and what each needs. */

export { clusterRouter } from './router/cluster/routes.ts';

export { containerRouter } from './router/container/routes.ts';

export { execRouter } from './router/exec/routes.ts';
export { notSimulatedRouter } from './router/notSimulated.ts';
export { pluginRouter } from './router/plugin/routes.ts';

export { systemRouter } from './router/system/routes.ts';

export { serveApi } from './server.ts';
