/** What containers are to clients that speak an older version of the API. */
import { RequestError } from '../../httpStatus.ts';
import type { Mount } from '../../types/common.ts';
import type { ContainerInspect, CreateRequest } from '../../types/container.ts';
import { olderThan } from '../../version.ts';

interface Versioned {
  readonly version: string;
}

const PRESET_NETWORKS = ['default', 'bridge', 'host', 'none'];

/** Until 1.45 a container's short id and host name stood among its aliases. */
export function inspectFor(req: Versioned, container: ContainerInspect): ContainerInspect {
  if (!olderThan(req, '1.45')) return container;
  const own = [container.Id.slice(0, 12), container.Config.Hostname];
  const networks = Object.entries(container.NetworkSettings.Networks).map(([name, endpoint]) => [
    name,
    PRESET_NETWORKS.includes(name) ? endpoint : { ...endpoint, Aliases: [...new Set([...(endpoint.Aliases ?? []), ...own])] },
  ]);
  return { ...container, NetworkSettings: { ...container.NetworkSettings, Networks: Object.fromEntries(networks) } };
}

/** Takes out what the client's version did not know, and refuses what it could not mean. */
export function createFor(req: Versioned, request: CreateRequest): CreateRequest {
  const host = request.HostConfig;
  const mounts = (host?.Mounts ?? []).map((mount) => mountFor(req, mount));
  const endpoints = request.NetworkingConfig?.EndpointsConfig ?? {};
  if (olderThan(req, '1.44') && Object.keys(endpoints).length > 1) {
    throw new RequestError('invalid', `Container cannot be created with multiple network endpoints: ${Object.keys(endpoints).join(', ')}`);
  }
  if (!host) return request;
  return {
    ...request,
    HostConfig: {
      ...host,
      ...(host.Mounts ? { Mounts: mounts } : {}),
      ...(olderThan(req, '1.25') ? { AutoRemove: false } : {}),
      ...(olderThan(req, '1.42') ? { ConsoleSize: [0, 0] as const } : {}),
      ...(olderThan(req, '1.43') ? { Annotations: undefined } : {}),
      ...(olderThan(req, '1.40') && !host.IpcMode ? { IpcMode: 'shareable' } : {}),
    },
  };
}

function mountFor(req: Versioned, mount: Mount): Mount {
  const options = [
    ['VolumeOptions', 'volume'],
    ['BindOptions', 'bind'],
    ['TmpfsOptions', 'tmpfs'],
  ] as const;
  if (mount.Type === 'image' && olderThan(req, '1.48')) throw new RequestError('invalid', 'Mount type "Image" needs API v1.48 or newer');
  const out: Record<string, unknown> = { ...mount };
  for (const [member, type] of options) {
    if (!mount[member] || mount.Type === type) continue;
    if (!olderThan(req, '1.42')) throw new RequestError('invalid', `${member} must not be specified on mount type "${mount.Type ?? ''}"`);
    if (member !== 'BindOptions') out[member] = undefined;
  }
  return out as Mount;
}
