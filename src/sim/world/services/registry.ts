import type { Internet } from '../../net/internet.ts';
import type { NetWorld } from '../../net/network.ts';

/** Images for a world that does not use the catalogue: what is there at the start, and what docker.io hands out. */
export interface RegistrySource {
  readonly present: readonly unknown[];
  readonly offered: readonly unknown[];
}

/** Puts the registries on the internet. */
export function connectRegistries(_net: NetWorld, _internet: Internet, _source: RegistrySource | undefined): void {}
