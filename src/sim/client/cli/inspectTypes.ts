/**
 * Objects of the API as Go's structs hold them. A template sees other names than the JSON has ({{.ID}}), maps as maps, empty lists
 * for null, and members that the JSON leaves out when they are empty. Where a template fails on that, docker tries the plain JSON.
 */
import { own } from '../../lib/dictionary.ts';
import { goTimeText } from '../../lib/goTime.ts';
import { duration, MODES, port, ulimit, withPolicyMethods } from './inspectModes.ts';
import type { GoObject, GoValue } from './template/index.ts';
import { anyList, GoMap, GoNamed, GoStruct, jsonOf } from './template/index.ts';
import { JSON_NAMES, NIL_ANY_LIST, NIL_LIST, NIL_MAP } from './template/value.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const MAPS = words(`Labels Volumes ExposedPorts PortBindings Ports Networks Options Sysctls Tmpfs StorageOpt Annotations DriverOpts
  Containers AuxiliaryAddresses AuxAddress Data Status DriverConfig.Options LogConfig.Config GraphDriver.Data`);

/** Lists which the JSON writes as null when there are none. */
const LISTS =
  words(`Entrypoint Cmd Env OnBuild Binds VolumesFrom CapAdd CapDrop ExtraHosts GroupAdd Links SecurityOpt DNS DNSOptions DNSSearch
  DeviceCgroupRules DeviceRequests SecondaryIPAddresses SecondaryIPv6Addresses Authorization Mirrors ExecIDs MaskedPaths ReadonlyPaths Args Shell Ulimits Devices Aliases DNSNames RepoTags RepoDigests Layers Mounts
  BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps BlkioDeviceWriteIOps`);

/** Lists of strings; `join` takes no others, not even empty ones. */
const STRINGS = words(`Entrypoint Cmd Env OnBuild Binds VolumesFrom CapAdd CapDrop ExtraHosts GroupAdd Links SecurityOpt DNS DNSOptions
  DNSSearch DeviceCgroupRules ExecIDs MaskedPaths ReadonlyPaths Args Shell Aliases DNSNames RepoTags RepoDigests Layers`);

/** Members whose Go name differs, by the member that holds them ('' is the object itself). */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': { Id: 'ID' },
  HostConfig: {
    Dns: 'DNS',
    DnsOptions: 'DNSOptions',
    DnsSearch: 'DNSSearch',
    CpuShares: 'CPUShares',
    NanoCpus: 'NanoCPUs',
    CpuPeriod: 'CPUPeriod',
    CpuQuota: 'CPUQuota',
    CpuRealtimePeriod: 'CPURealtimePeriod',
    CpuRealtimeRuntime: 'CPURealtimeRuntime',
    CpuCount: 'CPUCount',
    CpuPercent: 'CPUPercent',
  },
  'IPAM.Config': { AuxiliaryAddresses: 'AuxAddress' },
  Ports: { HostIp: 'HostIP' },
  PortBindings: { HostIp: 'HostIP' },
};

/** The config of an image (type ocispec.ImageConfig, with Docker's own members): the JSON omits all that is empty. */
const IMAGE_CONFIG: Readonly<Record<string, GoValue>> = {
  User: '',
  ExposedPorts: NIL_MAP,
  Env: NIL_LIST,
  Entrypoint: NIL_LIST,
  Cmd: NIL_LIST,
  Volumes: NIL_MAP,
  WorkingDir: '',
  Labels: NIL_MAP,
  StopSignal: '',
  ArgsEscaped: false,
  Healthcheck: null,
  OnBuild: NIL_LIST,
  Shell: NIL_LIST,
};

/** Members that JSON omits when they are empty. */
const EMPTY: Readonly<Record<string, Readonly<Record<string, GoValue>>>> = {
  State: { Health: null },
  Config: {
    Healthcheck: null,
    ExposedPorts: NIL_MAP,
    StopSignal: '',
    StopTimeout: null,
    Shell: [],
    ArgsEscaped: false,
    NetworkDisabled: false,
    MacAddress: '',
  },
  ImageConfig: IMAGE_CONFIG,
  'IPAM.Config': { Subnet: '', IPRange: '', Gateway: '', AuxAddress: NIL_MAP },
  Healthcheck: {
    Test: NIL_LIST,
    Interval: duration(0),
    Timeout: duration(0),
    StartPeriod: duration(0),
    StartInterval: duration(0),
    Retries: 0,
  },
  MountPoint: { Name: '', Driver: '' },
  HostConfig: { Annotations: NIL_MAP, Init: null, Mounts: [], Runtime: '', StorageOpt: NIL_MAP, Sysctls: NIL_MAP, Tmpfs: NIL_MAP },
};

/** Members that share a short name with others but not their kind. */
const QUALIFIED = words('DriverConfig.Options LogConfig.Config GraphDriver.Data IPAM.Config');

/** Where Go's order of members is not that of the JSON: by the member that holds them, or (for whole objects) by one of their own. */
const ORDER: readonly (readonly [string, readonly string[]])[] = [
  ['IPAM.Config', ['Subnet', 'IPRange', 'Gateway', 'AuxAddress']],
  ['ImageConfig', Object.keys(IMAGE_CONFIG)],
  ['Healthcheck', ['Test', 'Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries']],
  ['MountPoint', ['Type', 'Name', 'Source', 'Destination', 'Driver']],
  ['Mountpoint', ['ClusterVolume']],
];

/** What only objects of one kind omit, known by a member that the others lack. */
const EMPTY_OF_KIND: readonly (readonly [member: string, empty: Readonly<Record<string, GoValue>>])[] = [
  ['HostConfig', { SizeRw: null, SizeRootFs: null, ImageManifestDescriptor: null }],
  ['IPAM', { Peers: NIL_ANY_LIST, Services: NIL_MAP }],
  ['Mountpoint', { Status: NIL_MAP, UsageData: null, ClusterVolume: null }],
];

export function typedView(value: GoValue, name = ''): GoValue {
  if (value === null || value === undefined)
    return LISTS.has(name) ? (STRINGS.has(name) ? NIL_LIST : NIL_ANY_LIST) : MAPS.has(name) ? NIL_MAP : null;
  if (Array.isArray(value)) {
    const list = (value as readonly GoValue[]).map((v) => typedView(v, name === '' ? ' ' : name));
    return STRINGS.has(name) ? list : anyList(list);
  }
  if (typeof value !== 'object' || value instanceof GoMap || value instanceof GoStruct) return value;
  if (MAPS.has(name) && !isListed(name, value as GoObject)) {
    const entries = new Map(Object.entries(value as GoObject).map(([k, v]) => [k, mapMember(name, v)]));
    return new GoMap(entries, false, BY_PORT.has(name) ? port : undefined);
  }
  return struct(value as GoObject, name);
}

/** Members of a map: lists of ports keep the name, so that their members are renamed. */
function mapMember(name: string, value: GoValue): GoValue {
  if (value === null && BY_PORT.has(name)) return NIL_ANY_LIST;
  return Array.isArray(value) ? (value as readonly GoValue[]).map((v) => struct(v as GoObject, name)) : typedView(value, ' ');
}

/** Maps whose keys are ports; an image's config has words there. */
const BY_PORT = words('Ports PortBindings ExposedPorts');

function isListed(name: string, value: GoObject): boolean {
  return (name === 'Ports' || name === 'PortBindings') && 'HostPort' in value;
}

function struct(value: GoObject, member: string): GoValue {
  if (typeof value !== 'object' || value === null) return value;
  if (member === 'Ulimits') return ulimit(value);
  const name = member === 'Mounts' && 'RW' in value ? 'MountPoint' : member;
  const out: Record<string, unknown> = {};
  const jsonNames = new Map<string, string | undefined>();
  for (const [key, held] of Object.entries(value)) {
    if (name === 'ImageConfig' && isEmpty(held)) continue;
    const goName = own(RENAMED, name)?.[key] ?? key;
    if (goName !== key) jsonNames.set(goName, key);
    if (name === '' && key === 'Config' && 'RootFS' in value) {
      out[goName] = struct(held as GoObject, 'ImageConfig');
      continue;
    }
    out[goName] = memberView(value, name, key, goName, held);
  }
  const empties = [
    own(EMPTY, name) ?? {},
    ...(name === '' ? EMPTY_OF_KIND.filter(([member]) => Object.hasOwn(value, member)).map(([, e]) => e) : []),
  ];
  for (const [key, empty] of empties.flatMap((e) => Object.entries(e))) {
    if (Object.hasOwn(out, key)) continue;
    out[key] = empty;
    jsonNames.set(key, undefined);
  }
  const order = ORDER.find(([of]) => (of === name && of !== '') || (name === '' && Object.hasOwn(out, of)))?.[1];
  const ordered = order
    ? Object.fromEntries([...order, ...Object.keys(out)].filter((k) => Object.hasOwn(out, k)).map((k) => [k, out[k]]))
    : out;
  Object.defineProperty(ordered, JSON_NAMES, { value: jsonNames });
  return ordered as GoObject;
}

function memberView(holder: GoObject, name: string, key: string, goName: string, held: GoValue): GoValue {
  const path = `${name}.${key}`;
  if (TIMES.has(path) && (key !== 'Created' || 'IPAM' in holder)) return time(String(held));
  const mode = name === 'HostConfig' ? own(MODES, key) : undefined;
  if (mode) return mode(String(held));
  if (name === 'Healthcheck' && DURATIONS.has(key)) return duration(Number(held));
  if (path === 'ImageConfig.ExposedPorts') return new GoMap(new Map(Object.entries(held as GoObject)));
  const view = typedView(held, QUALIFIED.has(path) ? path : goName);
  return path === 'HostConfig.RestartPolicy' ? withPolicyMethods(view as GoObject) : view;
}

const DURATIONS = words('Interval Timeout StartPeriod StartInterval');

function isEmpty(value: GoValue): boolean {
  return (
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value as GoObject | readonly GoValue[]).length === 0)
  );
}

/** Members of type time.Time; `Created` is one of networks only. */
const TIMES = words('.Created Metadata.LastTagTime');

function time(text: string): GoStruct {
  return new GoStruct(
    'time.Time',
    {},
    () => jsonOf(text),
    () => goTimeText(text),
  );
}

/** Plain JSON: every object is a map and every list one of anything, numbers are json.Number, and null is no value. */
export function rawView(value: GoValue): GoValue {
  if (value === null) return undefined;
  if (typeof value === 'number') return new GoNamed('json.Number', String(value));
  if (Array.isArray(value)) return anyList((value as readonly GoValue[]).map(rawView));
  if (typeof value !== 'object') return value;
  return new GoMap(new Map(Object.entries(value as GoObject).map(([k, v]) => [k, rawView(v)])), true);
}
