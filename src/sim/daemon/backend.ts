/** The daemon's verbs as the API's routers want them. Each line is one verb; nothing is decided here. */
import type { AuthRequest, AuthResponse } from '../api/types/system.ts';
import type { Sim } from '../kernel/sim.ts';
import { archiveGet, archivePut, archiveStat } from './containers/archive.ts';
import { attach } from './containers/attach.ts';
import { changes } from './containers/changes.ts';
import { commit } from './containers/commit.ts';
import { create } from './containers/create.ts';
import { execCreate } from './containers/execCreate.ts';
import { execInspect } from './containers/execInspect.ts';
import { execCheck, execStart } from './containers/execStart.ts';
import { exportContainer } from './containers/export.ts';
import { inspect } from './containers/inspect.ts';
import { kill } from './containers/kill.ts';
import { list } from './containers/list.ts';
import { logs } from './containers/logs.ts';
import { pause } from './containers/pause.ts';
import { prune } from './containers/prune.ts';
import { remove } from './containers/remove.ts';
import { rename } from './containers/rename.ts';
import { execResize, resize } from './containers/resize.ts';
import { restart } from './containers/restart.ts';
import type { ContainerServices } from './containers/services.ts';
import { start } from './containers/start.ts';
import { stats } from './containers/stats.ts';
import { stop } from './containers/stop.ts';
import { top } from './containers/top.ts';
import { unpause } from './containers/unpause.ts';
import { update } from './containers/update.ts';
import { wait } from './containers/wait.ts';
import type { UsageSources } from './system/diskUsage.ts';
import { diskUsage } from './system/diskUsage.ts';
import { events } from './system/events.ts';
import { info } from './system/info.ts';
import { version } from './system/version.ts';

/** Parts of the system calls that other owners answer. */
export interface SystemParts extends UsageSources {
  auth(request: AuthRequest): Sim<AuthResponse>;
}

type Rest<F> = F extends (d: ContainerServices, ...rest: infer R) => infer A ? (...rest: R) => A : never;

export function createBackend(d: ContainerServices, parts: SystemParts) {
  const bind = <F extends (d: ContainerServices, ...rest: never[]) => unknown>(verb: F): Rest<F> =>
    ((...rest: never[]) => verb(d, ...rest)) as Rest<F>;
  return {
    list: bind(list),
    inspect: bind(inspect),
    create: bind(create),
    start: bind(start),
    stop: bind(stop),
    restart: bind(restart),
    kill: bind(kill),
    pause: bind(pause),
    unpause: bind(unpause),
    rename: bind(rename),
    remove: bind(remove),
    update: bind(update),
    top: bind(top),
    prune: bind(prune),
    wait: bind(wait),
    attach: bind(attach),
    logs: bind(logs),
    resize: bind(resize),
    stats: bind(stats),
    changes: bind(changes),
    export: bind(exportContainer),
    commit: bind(commit),
    archiveStat: bind(archiveStat),
    archiveGet: bind(archiveGet),
    archivePut: bind(archivePut),
    execCreate: bind(execCreate),
    execCheck: bind(execCheck),
    execStart: bind(execStart),
    execResize: bind(execResize),
    *execInspect(id: string) {
      return execInspect(d, id);
    },
    ping: () => ({ swarm: 'inactive', builderVersion: '2' }),
    version: () => version(d.config),
    info: () => info(d),
    diskUsage: (types: Parameters<typeof diskUsage>[2]) => diskUsage(d, parts, types),
    auth: (request: AuthRequest) => parts.auth(request),
    events: (...args: Parameters<typeof events> extends [unknown, ...infer R] ? R : never) => events(d, ...args),
  };
}
export type DaemonBackend = ReturnType<typeof createBackend>;
