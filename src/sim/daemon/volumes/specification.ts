/** `-v` and `--mount` as the daemon reads them (moby volume/mounts/linux_parser.go has the rules). */
import type { Mount } from '../../api/types/common.ts';
import { invalid, system } from '../errors.ts';

export interface BindSpec {
  readonly type: 'bind' | 'volume';
  readonly source: string;
  readonly destination: string;
  readonly mode: string;
  readonly readonly: boolean;
  readonly propagation: string;
  readonly noCopy: boolean;
}

const PROPAGATION = new Set(['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared']);
const MODES = new Set([...PROPAGATION, 'ro', 'rw', 'z', 'Z', 'nocopy', 'consistent', 'cached', 'delegated']);

export const cleanPath = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** An entry of `HostConfig.Binds`: `source:destination[:mode]`, or the destination alone of a volume without a name. */
export function parseBind(raw: string): BindSpec {
  const bad = (why: string) => system(`invalid volume specification: '${raw}'${why}`);
  const parts = raw.split(':');
  if (parts.length > 3 || parts.some((part) => part === '')) throw bad('');
  const [source, destination, mode = ''] = parts.length === 1 ? ['', raw] : parts;
  if (mode === '' && destination.split(',').every((word) => MODES.has(word))) throw bad('');
  const words = mode === '' ? [] : mode.split(',');
  if (words.some((word) => !MODES.has(word)) || (words.includes('ro') && words.includes('rw'))) throw system(`invalid mode: ${mode}`);
  const type = source.startsWith('/') ? 'bind' : 'volume';
  if (!destination.startsWith('/'))
    throw bad(`: invalid mount config for type "${type}": invalid mount path: '${destination}' mount path must be absolute`);
  if (cleanPath(destination) === '/')
    throw bad(`: invalid mount config for type "${type}": invalid specification: destination can't be '/'`);
  return {
    type,
    source: type === 'bind' ? cleanPath(source) : source,
    destination: cleanPath(destination),
    mode,
    readonly: words.includes('ro'),
    propagation: type === 'bind' ? (words.find((word) => PROPAGATION.has(word)) ?? 'rprivate') : '',
    noCopy: words.includes('nocopy'),
  };
}

/** Throws what Docker says of an entry of `HostConfig.Mounts` that cannot be. */
export function checkMount(mount: Mount): void {
  const type = mount.Type ?? '';
  const bad = (why: string) => invalid(`invalid mount config for type "${type}": ${why}`);
  if (!['bind', 'volume', 'tmpfs', 'image', 'cluster', 'npipe'].includes(type)) throw bad('mount type unknown');
  const target = mount.Target ?? '';
  if (target === '') throw bad('field Target must not be empty');
  if (cleanPath(target) === '/') throw bad("invalid specification: destination can't be '/'");
  if (!target.startsWith('/')) throw bad(`invalid mount path: '${target}' mount path must be absolute`);
  const source = mount.Source ?? '';
  if (type === 'bind') {
    if (source === '') throw bad('field Source must not be empty');
    if (!source.startsWith('/')) throw bad(`invalid mount path: '${source}' mount path must be absolute`);
    if (mount.VolumeOptions) throw bad('field VolumeOptions must not be specified');
  }
  if (type === 'volume' && mount.BindOptions) throw bad('field BindOptions must not be specified');
  if (type === 'tmpfs' && source !== '') throw bad('field Source must not be specified');
}
