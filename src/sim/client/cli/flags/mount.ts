/** --mount type=bind,src=...,dst=...[,readonly][,...] */
import type { Mount } from '../../../api/types/common.ts';
import { parseRamSize } from '../../../lib/goSize.ts';
import { csvFields } from './csv.ts';
import { parseBool } from './numbers.ts';

type Draft = { -readonly [K in keyof Mount]: Mount[K] };

/** Fields that may stand alone. */
const SWITCHES = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive']);

export function parseMount(text: string): Mount {
  const mount: Draft = { Type: 'volume' };
  const bind: Record<string, unknown> = {};
  const volume: {
    NoCopy?: boolean;
    Labels?: Record<string, string>;
    Subpath?: string;
    DriverConfig?: { Name?: string; Options?: Record<string, string> };
  } = {};
  const tmpfs: { SizeBytes?: number; Mode?: number } = {};
  let image: { Subpath: string } | undefined;
  for (const field of csvFields(text)) {
    const at = field.indexOf('=');
    const key = (at < 0 ? field : field.slice(0, at)).toLowerCase();
    if (at < 0 && !SWITCHES.has(key)) throw new Error(`invalid field '${field}' must be a key=value pair`);
    const value = at < 0 ? 'true' : field.slice(at + 1);
    const flag = (): boolean => {
      try {
        return parseBool(value);
      } catch {
        throw new Error(`invalid value for ${key}: ${value}`);
      }
    };
    switch (key) {
      case 'type':
        mount.Type = value.toLowerCase();
        break;
      case 'source':
      case 'src':
        mount.Source = value;
        break;
      case 'target':
      case 'dst':
      case 'destination':
        mount.Target = value;
        break;
      case 'readonly':
      case 'ro':
        mount.ReadOnly = flag();
        break;
      case 'consistency':
        mount.Consistency = value.toLowerCase();
        break;
      case 'bind-propagation':
        bind.Propagation = value.toLowerCase();
        break;
      case 'bind-nonrecursive':
        bind.NonRecursive = flag();
        break;
      case 'bind-recursive':
        if (value === 'disabled') bind.NonRecursive = true;
        else if (value === 'writable') bind.ReadOnlyNonRecursive = true;
        else if (value === 'readonly') bind.ReadOnlyForceRecursive = true;
        else if (value !== 'enabled')
          throw new Error(`invalid value for ${key}: ${value} (must be "enabled", "disabled", "writable", or "readonly")`);
        break;
      case 'volume-subpath':
        volume.Subpath = value;
        break;
      case 'volume-nocopy':
        volume.NoCopy = flag();
        break;
      case 'volume-label':
        volume.Labels = { ...volume.Labels, ...pair(value) };
        break;
      case 'volume-driver':
        volume.DriverConfig = { ...volume.DriverConfig, Name: value };
        break;
      case 'volume-opt':
        volume.DriverConfig = { ...volume.DriverConfig, Options: { ...volume.DriverConfig?.Options, ...pair(value) } };
        break;
      case 'image-subpath':
        image = { Subpath: value };
        break;
      case 'tmpfs-size':
        try {
          tmpfs.SizeBytes = parseRamSize(value);
        } catch {
          throw new Error(`invalid value for ${key}: ${value}`);
        }
        break;
      case 'tmpfs-mode':
        if (!/^[0-7]+$/.test(value)) throw new Error(`invalid value for ${key}: ${value}`);
        tmpfs.Mode = Number.parseInt(value, 8);
        break;
      default:
        throw new Error(`unexpected key '${key}' in '${field}'`);
    }
  }
  if (mount.Type === '') throw new Error('type is required');
  if (mount.Target === undefined || mount.Target === '') throw new Error('target is required');
  if (bind.ReadOnlyForceRecursive && !mount.ReadOnly)
    throw new Error("option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction");
  const has = (options: object): boolean => Object.keys(options).length > 0;
  const only = (kind: string, type: string): Error => new Error(`cannot mix '${kind}-*' options with mount type '${type}'`);
  if (has(bind) && mount.Type !== 'bind') throw only('bind', mount.Type!);
  if (has(volume) && mount.Type !== 'volume') throw only('volume', mount.Type!);
  if (image && mount.Type !== 'image') throw only('image', mount.Type!);
  if (has(tmpfs) && mount.Type !== 'tmpfs') throw only('tmpfs', mount.Type!);
  if (has(bind)) mount.BindOptions = bind as Mount['BindOptions'];
  if (has(volume)) mount.VolumeOptions = { ...volume, DriverConfig: volume.DriverConfig ?? {} };
  if (image) mount.ImageOptions = image;
  if (has(tmpfs)) mount.TmpfsOptions = tmpfs;
  return mount;
}

function pair(text: string): Record<string, string> {
  const at = text.indexOf('=');
  return at < 0 ? { [text]: '' } : { [text.slice(0, at)]: text.slice(at + 1) };
}
