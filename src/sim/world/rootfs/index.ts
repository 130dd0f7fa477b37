import { executableStub } from '../../kernel/executable.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { etc, type HostIdentity } from './etc.ts';
import { directory, link, program, type TreeEntry } from './tree.ts';
import { units } from './units.ts';
import { users } from './users.ts';

export type { HostIdentity } from './etc.ts';
export { STUDENT } from './users.ts';

/** Directories of the Filesystem Hierarchy Standard, with Debian's merged /usr. */
const SKELETON: readonly TreeEntry[] = [
  ...[
    '/usr',
    '/usr/bin',
    '/usr/sbin',
    '/usr/lib',
    '/usr/lib64',
    '/usr/local',
    '/usr/local/bin',
    '/usr/local/sbin',
    '/usr/share',
    '/usr/share/doc',
  ].map((p) => directory(p)),
  link('/bin', 'usr/bin'),
  link('/sbin', 'usr/sbin'),
  link('/lib', 'usr/lib'),
  link('/lib64', 'usr/lib64'),
  ...['/boot', '/dev', '/media', '/mnt', '/opt', '/proc', '/run', '/srv', '/sys'].map((p) => directory(p)),
  directory('/tmp', 0o1777),
  directory('/var'),
  directory('/var/tmp', 0o1777),
  ...['/var/lib', '/var/log', '/var/cache', '/var/spool', '/var/mail', '/var/opt', '/var/www'].map((p) => directory(p)),
  directory('/var/lib/docker', 0o710),
  directory('/var/lib/containerd', 0o711),
  directory('/var/log/journal'),
  link('/var/run', '/run'),
  link('/var/lock', '/run/lock'),
];

/** Where Docker's packages put the plugins of the client; docker-compose is a command of its own besides. */
const PLUGINS: readonly TreeEntry[] = [
  directory('/usr/libexec'),
  directory('/usr/libexec/docker'),
  directory('/usr/libexec/docker/cli-plugins'),
  ...['docker-buildx', 'docker-compose'].map((name) => program(`/usr/libexec/docker/cli-plugins/${name}`, name)),
];

/** Programs that live in /usr/sbin, and those whose executable has the setuid bit. */
const IN_SBIN = new Set([
  'ifconfig',
  'route',
  'arp',
  'nologin',
  'service',
  'init',
  'iptables',
  'bridge',
  'useradd',
  'groupadd',
  'usermod',
  'adduser',
  'addgroup',
  'chroot',
]);
const SETUID = new Set(['sudo', 'su', 'passwd', 'mount', 'umount', 'ping']);

/** What does not come with the machine but only with an image: server programs, and other distributions' tools. */
export interface RootfsOptions extends HostIdentity {
  /** Names of the programs to install. */
  readonly programs: readonly string[];
  /** The student's home begins empty, as that of a recording does. */
  readonly emptyHome?: boolean;
}

/** The whole disk of a freshly installed machine. */
export function rootfs(options: RootfsOptions): readonly TreeEntry[] {
  const executables = options.programs
    .filter((name) => name !== 'docker-buildx')
    .map((name) => program(`${IN_SBIN.has(name) ? '/usr/sbin' : '/usr/bin'}/${name}`, name, SETUID.has(name) ? 0o4755 : 0o755));
  return [...SKELETON, ...PLUGINS, ...etc(options), ...users(options.emptyHome), ...units(), ...executables];
}

/** The bytes of a regular file of the tree. */
export function entryBytes(entry: TreeEntry): Uint8Array | undefined {
  if ('text' in entry) return encodeUtf8(entry.text);
  if ('program' in entry) return executableStub(entry.program);
  return undefined;
}
