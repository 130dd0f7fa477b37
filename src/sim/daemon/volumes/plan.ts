import type { Mount } from '../../api/types/common.ts';
import type { Sim } from '../../kernel/sim.ts';
import { statOrNull } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { invalid, notFound, notImplemented } from '../errors.ts';
import type { MountRecord } from '../records.ts';
import type { MountRequest } from '../services.ts';
import { usersOf, type VolumeContext } from './context.ts';
import { createVolume } from './create.ts';
import { dropVolume } from './remove.ts';
import type { BindSpec } from './specification.ts';
import { checkMount, cleanPath, parseBind } from './specification.ts';

/**
 * The mounts that were asked for: --volumes-from, -v, --mount, --tmpfs, in that order of precedence. Volumes are made. When
 * something is wrong, those without a name are removed again.
 */
export function* planMounts(d: VolumeContext, request: MountRequest, cause: Cause): Sim<readonly MountRecord[]> {
  const { hostConfig } = request;
  const out = new Map<string, MountRecord>();
  for (const from of hostConfig.VolumesFrom ?? []) for (const mount of inherited(d, from)) out.set(mount.Destination, mount);
  // What is wrong in a specification is said before anything is made.
  const binds = (hostConfig.Binds ?? []).map(parseBind);
  for (const mount of hostConfig.Mounts ?? []) checkMount(mount);
  const tmpfs = Object.entries(hostConfig.Tmpfs ?? {});
  const destinations = [
    ...binds.map((b) => b.destination),
    ...(hostConfig.Mounts ?? []).map((m) => cleanPath(m.Target ?? '')),
    ...tmpfs.map(([path]) => cleanPath(path)),
  ];
  const twice = destinations.find((path, i) => destinations.indexOf(path) !== i);
  if (twice !== undefined) throw invalid(`Duplicate mount point: ${twice}`);
  const made: MountRecord[] = [];
  try {
    for (const bind of binds) made.push(yield* fromBind(d, bind, hostConfig.VolumeDriver ?? '', cause));
    for (const mount of hostConfig.Mounts ?? []) made.push(yield* fromMount(d, mount, cause));
  } catch (error) {
    yield* forgetMounts(d, made, cause);
    throw error;
  }
  for (const mount of [...made, ...tmpfs.map(([path, options]) => fromTmpfs(path, options))]) out.set(mount.Destination, mount);
  return [...out.values()];
}

/** With a new volume at a path of `Config.Volumes`, the image's included, unless something is mounted there already. */
export function* addVolume(
  d: VolumeContext,
  mounts: readonly MountRecord[],
  path: string,
  driver: string,
  cause: Cause,
): Sim<readonly MountRecord[]> {
  const Destination = cleanPath(path);
  if (mounts.some((mount) => mount.Destination === Destination)) return mounts;
  const volume = yield* createVolume(d, { name: '', driver, options: null, labels: null }, cause);
  return [
    ...mounts,
    {
      Type: 'volume',
      Name: volume.id,
      Source: volume.mountpoint,
      Destination,
      Driver: volume.driver,
      Mode: '',
      RW: true,
      Propagation: '',
      anonymous: true,
      copyData: true,
      origin: 'image',
    },
  ];
}

/** Removes the volumes without a name among the mounts that no container has. */
export function* forgetMounts(d: VolumeContext, mounts: readonly MountRecord[], cause: Cause): Sim<void> {
  for (const m of mounts) {
    if (m.Type !== 'volume' || !m.anonymous || m.origin === 'from' || m.Name === undefined) continue;
    const volume = d.records.get('volumes', m.Name);
    if (volume && usersOf(d, volume.id).length === 0) yield* dropVolume(d, volume, cause);
  }
}

function* fromBind(d: VolumeContext, bind: BindSpec, driver: string, cause: Cause): Sim<MountRecord> {
  const common = {
    Destination: bind.destination,
    Mode: bind.mode === '' && bind.type === 'volume' ? 'z' : bind.mode,
    RW: !bind.readonly,
    Propagation: bind.propagation,
    anonymous: bind.type === 'volume' && bind.source === '',
    origin: 'bind',
  } as const;
  if (bind.type === 'bind') return { Type: 'bind', Source: bind.source, ...common, copyData: false };
  const volume = yield* createVolume(d, { name: bind.source, driver, options: null, labels: null }, cause);
  return { Type: 'volume', Name: volume.id, Source: volume.mountpoint, Driver: volume.driver, ...common, copyData: !bind.noCopy };
}

function fromTmpfs(path: string, options: string): MountRecord {
  return {
    Type: 'tmpfs',
    Source: '',
    Destination: cleanPath(path),
    Mode: options,
    RW: !options.split(',').includes('ro'),
    Propagation: '',
    anonymous: false,
    copyData: false,
    tmpfsOptions: options,
    origin: 'tmpfs',
  };
}

function* fromMount(d: VolumeContext, mount: Mount, cause: Cause): Sim<MountRecord> {
  const Destination = cleanPath(mount.Target ?? '');
  const RW = mount.ReadOnly !== true;
  const base = { Destination, RW, Mode: '', anonymous: false, copyData: false, origin: 'mount' } as const;
  switch (mount.Type) {
    case 'bind': {
      const Source = cleanPath(mount.Source ?? '');
      if (mount.BindOptions?.CreateMountpoint !== true && !(yield* statOrNull(Source)))
        throw invalid(`invalid mount config for type "bind": bind source path does not exist: ${Source}`);
      return { Type: 'bind', Source, ...base, Propagation: mount.BindOptions?.Propagation || 'rprivate' };
    }
    case 'tmpfs':
      return {
        Type: 'tmpfs',
        Source: '',
        ...base,
        Propagation: '',
        tmpfsSizeBytes: mount.TmpfsOptions?.SizeBytes,
        tmpfsMode: mount.TmpfsOptions?.Mode,
      };
    case 'volume': {
      const options = mount.VolumeOptions;
      const anonymous = (mount.Source ?? '') === '';
      const volume = yield* createVolume(
        d,
        {
          name: mount.Source ?? '',
          driver: options?.DriverConfig?.Name ?? '',
          options: options?.DriverConfig?.Options ?? null,
          labels: options?.Labels ?? null,
        },
        cause,
      );
      const subpath = options?.Subpath ? { subpath: options.Subpath } : {};
      return {
        Type: 'volume',
        Name: volume.id,
        Source: volume.mountpoint,
        Driver: volume.driver,
        ...base,
        Mode: 'z',
        Propagation: '',
        anonymous,
        copyData: options?.NoCopy !== true,
        ...subpath,
      };
    }
    default:
      throw notImplemented(`drydock: mounts of type "${mount.Type}" are not simulated`);
  }
}

/** `--volumes-from name[:ro|rw]`: the other container's mounts, except its tmpfs ones. */
function inherited(d: VolumeContext, spec: string): readonly MountRecord[] {
  const [name, mode = ''] = spec.split(':');
  if (name === '') throw invalid('malformed volumes-from: empty container name');
  if (mode !== '' && mode !== 'ro' && mode !== 'rw' && mode !== 'z' && mode !== 'Z')
    throw invalid(`invalid mode for volumes-from: ${mode}`);
  const containers = d.records.all('containers');
  const source = containers.find((c) => c.name === name || c.id === name) ?? containers.find((c) => c.id.startsWith(name));
  if (!source) throw notFound(`No such container: ${name}`);
  return source.mounts
    .filter((m) => m.Type !== 'tmpfs')
    .map((m) => ({ ...m, Mode: mode, RW: m.RW && mode !== 'ro', copyData: false, origin: 'from' as const }));
}
