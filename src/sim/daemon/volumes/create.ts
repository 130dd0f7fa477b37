import type { StringMap } from '../../api/types/common.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chmod, mkdirAll, now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { randomId } from '../ids.ts';
import type { VolumeRecord } from '../records.ts';
import type { VolumeContext } from './context.ts';

export interface VolumeWish {
  /** '' for an anonymous one. */
  readonly name: string;
  readonly driver: string;
  readonly options: StringMap | null;
  readonly labels: StringMap | null;
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const OPTIONS = new Set(['type', 'o', 'device', 'size']);
/** What Docker labels the volumes that it names itself. */
const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';

/** `docker volume create`: an existing volume of the same driver and options is given back as it is. */
export function* createVolume(d: VolumeContext, wish: VolumeWish, cause: Cause): Sim<VolumeRecord> {
  const driver = wish.driver === '' ? 'local' : wish.driver;
  const anonymous = wish.name === '';
  const name = anonymous ? yield* randomId() : wish.name;
  if (driver !== 'local') throw notFound(`error looking up volume plugin ${driver}: plugin "${driver}" not found`);
  const old = existing(d, name, wish);
  if (old) return old;
  if (name.length < 2) throw invalid(`create ${name}: volume name is too short, names should be at least two alphanumeric characters`);
  if (!NAME.test(name)) {
    throw invalid(
      `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  }
  checkOptions(name, wish.options);
  const mountpoint = `${d.root}/volumes/${name}/_data`;
  yield* mkdirAll(mountpoint);
  yield* chmod(`${d.root}/volumes/${name}`, 0o701);
  yield* chmod(mountpoint, 0o755);
  const record: VolumeRecord = {
    id: name,
    driver,
    mountpoint,
    createdAt: yield* now(),
    labels: anonymous ? { ...wish.labels, [ANONYMOUS_LABEL]: '' } : wish.labels,
    options: wish.options,
    scope: 'local',
    anonymous,
  };
  // Someone else may have made it meanwhile.
  const other = existing(d, name, wish);
  if (other) return other;
  d.records.commit(cause, (tx) => tx.insert('volumes', record));
  d.events.log(cause, 'volume', 'create', { id: name, attributes: { driver } });
  return record;
}

function existing(d: VolumeContext, name: string, wish: VolumeWish): VolumeRecord | undefined {
  const old = d.records.get('volumes', name);
  if (old && Object.keys(wish.options ?? {}).length > 0 && !sameMap(old.options, wish.options))
    throw conflict(`volume ${name} already exists with different options`);
  return old;
}

function checkOptions(name: string, options: StringMap | null): void {
  if (!options || Object.keys(options).length === 0) return;
  for (const key of Object.keys(options)) if (!OPTIONS.has(key)) throw invalid(`create ${name}: invalid option: ${JSON.stringify(key)}`);
  const { type, device } = options;
  if (options.o !== undefined && type === undefined && device === undefined)
    throw invalid(`create ${name}: missing required option: "device"`);
  if (type !== undefined && device === undefined) throw invalid(`create ${name}: missing required option: "device"`);
  if (device !== undefined && type === undefined && !/(^|,)bind(,|$)/.test(options.o ?? ''))
    throw invalid(`create ${name}: missing required option: "type"`);
}

function sameMap(a: StringMap | null, b: StringMap | null): boolean {
  const x = Object.entries(a ?? {});
  return x.length === Object.keys(b ?? {}).length && x.every(([key, value]) => b?.[key] === value);
}
