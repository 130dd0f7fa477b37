import type { Mount } from '../../api/types/common.ts';
import type { Sim } from '../../kernel/sim.ts';
import { statOrNull } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { invalid, notFound, notImplemented } from '../errors.ts';
import type { MountRecord } from '../records.ts';
import type { MountRequest } from '../services.ts';
import type { VolumeContext } from './context.ts';
import { createVolume } from './create.ts';
import { checkMount, cleanPath, parseBind } from './specification.ts';

/** All mounts of a new container: --volumes-from, -v, --mount, --tmpfs, and the image's volumes, in that order of precedence. */
export function* planMounts(d: VolumeContext, request: MountRequest, cause: Cause): Sim<readonly MountRecord[]> {
  const { hostConfig } = request;
  const out = new Map<string, MountRecord>();
  for (const from of hostConfig.VolumesFrom ?? []) for (const mount of inherited(d, from)) out.set(mount.Destination, mount);
  const given = new Set<string>();
  const add = (mount: MountRecord): void => {
    if (given.has(mount.Destination)) throw invalid(`Duplicate mount point: ${mount.Destination}`);
    given.add(mount.Destination);
    out.set(mount.Destination, mount);
  };
  // What is wrong in a specification is said before anything is made.
  const binds = (hostConfig.Binds ?? []).map(parseBind);
  for (const mount of hostConfig.Mounts ?? []) checkMount(mount);
  const destinations = [...binds.map((b) => b.destination), ...(hostConfig.Mounts ?? []).map((m) => cleanPath(m.Target ?? ''))];
  const twice = destinations.find((path, i) => destinations.indexOf(path) !== i);
  if (twice !== undefined) throw invalid(`Duplicate mount point: ${twice}`);
  for (const bind of binds) {
    const common = {
      Destination: bind.destination,
      Mode: bind.mode === '' && bind.type === 'volume' ? 'z' : bind.mode,
      RW: !bind.readonly,
      Propagation: bind.propagation,
      anonymous: bind.type === 'volume' && bind.source === '',
      copyData: !bind.noCopy,
    };
    if (bind.type === 'bind') add({ Type: 'bind', Source: bind.source, ...common, copyData: false, origin: 'bind' });
    else {
      const volume = yield* createVolume(
        d,
        { name: bind.source, driver: hostConfig.VolumeDriver ?? '', options: null, labels: null },
        cause,
      );
      add({ Type: 'volume', Name: volume.id, Source: volume.mountpoint, Driver: volume.driver, ...common, origin: 'bind' });
    }
  }
  for (const mount of hostConfig.Mounts ?? []) add(yield* fromMount(d, mount, cause));
  for (const [path, options] of Object.entries(hostConfig.Tmpfs ?? {})) {
    const Destination = cleanPath(path);
    add({
      Type: 'tmpfs',
      Source: '',
      Destination,
      Mode: options,
      RW: !options.split(',').includes('ro'),
      Propagation: '',
      anonymous: false,
      copyData: false,
      tmpfsOptions: options,
      origin: 'tmpfs',
    });
  }
  for (const path of request.volumes) {
    const Destination = cleanPath(path);
    if (out.has(Destination)) continue;
    const volume = yield* createVolume(d, { name: '', driver: hostConfig.VolumeDriver ?? '', options: null, labels: null }, cause);
    out.set(Destination, {
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
    });
  }
  return [...out.values()];
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
