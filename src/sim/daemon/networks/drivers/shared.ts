import type { NetworkDriver } from './driver.ts';

/** Drivers that give a container nothing of its own: `host` leaves it in the machine's namespace, `null` in an empty one. */
function withoutEndpoints(name: string): NetworkDriver {
  return {
    name,
    scope: 'local',
    single: true,
    addresses: false,
    publishes: false,
    createNetwork() {},
    removeNetwork() {},
    join() {},
    leave() {},
  };
}

export const hostDriver = withoutEndpoints('host');
export const nullDriver = withoutEndpoints('null');
