/** `docker ps`. */

import type { ContainerSummary } from '../../api/types/container.ts';
import type { ListOptions } from '../../api/types/options.ts';
import type { SimTime } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import { unixSeconds } from '../clock.ts';
import type { ContainerRecord } from '../records.ts';
import { foldFilters, keepListed } from './listFilters.ts';
import type { ContainerServices } from './services.ts';
import { endpointMap, mountPoints, portSummaries } from './shown.ts';
import { containerSize } from './size.ts';
import { commandText, statusText } from './state.ts';

export function* list(d: ContainerServices, options: ListOptions): Sim<readonly ContainerSummary[]> {
  const filter = foldFilters(d, options);
  const newestFirst = d.records
    .all('containers')
    .toReversed()
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const time = yield* now();
  return keepListed(newestFirst, filter).map((c) => summary(d, c, time, options.size));
}

export function summary(d: ContainerServices, c: ContainerRecord, time: SimTime, size: boolean): ContainerSummary {
  const sizes = size ? containerSize(d, c) : undefined;
  return {
    Id: c.id,
    Names: [`/${c.name}`],
    Image: imageName(d, c),
    ImageID: c.imageId,
    Command: commandText(c),
    Created: unixSeconds(d.clock, c.createdAt),
    Ports: portSummaries(c),
    ...(sizes ? { ...(sizes.rw > 0 ? { SizeRw: sizes.rw } : {}), SizeRootFs: sizes.rootFs } : {}),
    Labels: c.config.Labels ?? {},
    State: c.state.status,
    Status: statusText(c.state, time),
    HostConfig: { NetworkMode: c.hostConfig.NetworkMode, ...(c.hostConfig.Annotations ? { Annotations: c.hostConfig.Annotations } : {}) },
    NetworkSettings: { Networks: listedEndpoints(c) },
    Mounts: mountPoints(c),
  };
}

/** The name that was asked for, or the image's id once the name means another image. */
function imageName(d: ContainerServices, c: ContainerRecord): string {
  const name = c.config.Image;
  if (name === c.imageId || c.imageId === '') return name;
  try {
    return d.images.find(name).id === c.imageId ? name : c.imageId;
  } catch {
    return c.imageId;
  }
}

/** The list leaves out what only inspect shows. */
function listedEndpoints(c: ContainerRecord): ContainerSummary['NetworkSettings']['Networks'] {
  return Object.fromEntries(
    Object.entries(endpointMap(c)).map(([name, e]) => [name, { ...e, Links: null, Aliases: null, DriverOpts: null, DNSNames: null }]),
  );
}
