/** Values of the API that have a type of their own in Go, with the methods that templates may call. */
import { formatGoDuration } from '../../lib/goDuration.ts';
import { GoNamed, type GoObject, GoStruct, type GoValue, jsonOf } from './template/index.ts';

const after = (text: string, prefix: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : '');

/** nat.Port: '80/tcp'. */
export function port(text: string): GoNamed {
  const [number, protocol = 'tcp'] = text.split('/');
  return new GoNamed('nat.Port', text, {
    Port: () => number.split('-')[0],
    Int: () => Number(number.split('-')[0]),
    Proto: () => protocol,
  });
}

/** Modes of namespaces, by their member of HostConfig. */
export const MODES: Readonly<Record<string, (text: string) => GoNamed>> = {
  NetworkMode: (text) => {
    const container = text.startsWith('container:');
    const userDefined = !['default', 'bridge', 'host', 'none', 'nat', ''].includes(text) && !container;
    return new GoNamed('container.NetworkMode', text, {
      IsNone: () => text === 'none',
      IsDefault: () => text === 'default',
      IsHost: () => text === 'host',
      IsBridge: () => text === 'bridge',
      IsPrivate: () => text !== 'host' && !container,
      IsContainer: () => container,
      ConnectedContainer: () => after(text, 'container:'),
      IsUserDefined: () => userDefined,
      UserDefined: () => (userDefined ? text : ''),
      NetworkName: () => (container ? 'container' : text),
    });
  },
  PidMode: (text) =>
    new GoNamed('container.PidMode', text, {
      IsPrivate: () => text !== 'host' && !text.startsWith('container:'),
      IsHost: () => text === 'host',
      IsContainer: () => text.startsWith('container:'),
      Container: () => after(text, 'container:'),
    }),
  IpcMode: (text) =>
    new GoNamed('container.IpcMode', text, {
      IsPrivate: () => text === 'private',
      IsHost: () => text === 'host',
      IsShareable: () => text === 'shareable',
      IsContainer: () => text.startsWith('container:'),
      IsNone: () => text === 'none',
      IsEmpty: () => text === '',
      Container: () => after(text, 'container:'),
    }),
  UTSMode: (text) => new GoNamed('container.UTSMode', text, { IsPrivate: () => text !== 'host', IsHost: () => text === 'host' }),
  UsernsMode: (text) => new GoNamed('container.UsernsMode', text, { IsPrivate: () => text !== 'host', IsHost: () => text === 'host' }),
  CgroupnsMode: (text) =>
    new GoNamed('container.CgroupnsMode', text, {
      IsPrivate: () => text === 'private',
      IsHost: () => text === 'host',
      IsEmpty: () => text === '',
    }),
};

/** time.Duration: nanoseconds that print as '1m30s'. */
export function duration(nanoseconds: number): GoStruct {
  return new GoStruct(
    'time.Duration',
    {
      Nanoseconds: () => nanoseconds,
      Seconds: () => nanoseconds / 1e9,
      Minutes: () => nanoseconds / 60e9,
      Hours: () => nanoseconds / 3600e9,
      String: () => formatGoDuration(nanoseconds),
    },
    () => String(nanoseconds),
    () => formatGoDuration(nanoseconds),
  );
}

/** A limit prints as --ulimit takes it. */
export function ulimit(raw: GoObject): GoValue {
  return new GoStruct(
    '*container.Ulimit',
    { Name: raw.Name, Hard: raw.Hard, Soft: raw.Soft },
    () => jsonOf(raw),
    () => `${raw.Name}=${raw.Soft}:${raw.Hard}`,
  );
}

/** A restart policy with its methods, which neither print nor count as members. */
export function withPolicyMethods(policy: GoObject): GoObject {
  const is = (name: string, value: boolean): void => void Object.defineProperty(policy, name, { value });
  is('IsNone', policy.Name === 'no' || policy.Name === '');
  is('IsAlways', policy.Name === 'always');
  is('IsOnFailure', policy.Name === 'on-failure');
  is('IsUnlessStopped', policy.Name === 'unless-stopped');
  return policy;
}
