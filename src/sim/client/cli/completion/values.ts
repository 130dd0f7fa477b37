/** What the value of a flag may be, as docker completes it. */

import { SIGNAL_NUMBERS } from '../../../kernel/process/signals.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../cli.ts';
import type { CommandNode, FlagSpec } from '../tree.ts';
import { contextNames } from './arguments.ts';
import { FILES, NO_FILES, NO_SPACE, type Offer, words } from './candidates.ts';
import { containers, images, networks, offered } from './objects.ts';

const split = (text: string): readonly string[] => text.split(' ');

const CAPABILITIES = split(
  'ALL CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL CAP_SETGID CAP_SETUID CAP_SETPCAP CAP_LINUX_IMMUTABLE CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_ADMIN CAP_NET_RAW CAP_IPC_LOCK CAP_IPC_OWNER CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_CHROOT CAP_SYS_PTRACE CAP_SYS_PACCT CAP_SYS_ADMIN CAP_SYS_BOOT CAP_SYS_NICE CAP_SYS_RESOURCE CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_MKNOD CAP_LEASE CAP_AUDIT_WRITE CAP_AUDIT_CONTROL CAP_SETFCAP CAP_MAC_OVERRIDE CAP_MAC_ADMIN CAP_SYSLOG CAP_WAKE_ALARM CAP_BLOCK_SUSPEND CAP_AUDIT_READ CAP_PERFMON CAP_BPF CAP_CHECKPOINT_RESTORE',
);
const PLATFORMS = split(
  'linux/386 linux/amd64 linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm64 linux/arm64/v8 linux/ppc64le linux/s390x linux/riscv64 windows/amd64 wasip1/wasm',
);
const LOG_DRIVERS = split('awslogs fluentd gelf journald json-file local splunk syslog');
const LIMITS = split(
  'as= chroot= core= cpu= data= fsize= locks= maxlogins= maxsyslogins= memlock= msgqueue= nice= nofile= nproc= priority= rss= rtprio= sigpending= stack=',
);

/** Options of the log drivers that write files; those of other drivers are not offered. */
const LOG_OPTIONS = split('compress= env= env-regex= labels= max-buffer-size= max-file= max-size= mode= tag=');

/** Values by flag. Where a command has another opinion it is in {@link OF_COMMAND}. */
const VALUES: Readonly<Record<string, Offer>> = {
  attach: words(split('stderr stdin stdout')),
  'cap-add': words(CAPABILITIES),
  'cap-drop': words(CAPABILITIES),
  cgroupns: words(split('host private')),
  'detach-keys': words(['ctrl-'], NO_SPACE),
  ipc: words(split('container: host none private shareable')),
  'log-driver': words(LOG_DRIVERS),
  'log-level': words(split('debug info warn error fatal panic')),
  'log-opt': words(LOG_OPTIONS, NO_SPACE),
  mode: words(split('replicated global replicated-job global-job')),
  pid: words(split('container: host')),
  platform: words(PLATFORMS),
  pull: words(split('always missing never')),
  restart: words(split('no always on-failure unless-stopped')),
  'restart-condition': words(split('none on-failure any')),
  role: words(split('worker manager')),
  'rollback-failure-action': words(split('pause continue')),
  'rollback-order': words(split('start-first stop-first')),
  'security-opt': words(split('apparmor= label= no-new-privileges seccomp= systempaths=unconfined')),
  'storage-opt': words(['size='], NO_SPACE),
  type: words(split('config container image network node plugin secret service task volume')),
  ulimit: words(LIMITS, NO_SPACE),
  'update-failure-action': words(split('pause continue rollback')),
  'update-order': words(split('start-first stop-first')),
  userns: words(['host']),
  uts: words(['host']),
  'volume-driver': words(['local']),
};

const RUN = ['container run', 'container create'];
const SERVICE = ['service create', 'service update'];
/** Of these commands no flag takes a file name, those in {@link FILE_FLAGS} excepted. */
const NO_FILE_NAMES = new Set([
  ...RUN,
  ...SERVICE,
  'node ls',
  'node ps',
  'node update',
  'service ls',
  'service ps',
  'service inspect',
  'service logs',
  'inspect',
]);
const FILE_FLAGS = new Set(['env-file']);
/** Commands for which a flag of {@link VALUES} is not completed, and those which alone have it. */
const EXCEPT: Readonly<Record<string, readonly string[]>> = {
  'cap-add': SERVICE,
  'cap-drop': SERVICE,
  'log-driver': SERVICE,
  'log-opt': SERVICE,
  ulimit: ['service create', 'image build', 'builder build'],
  'security-opt': ['image build', 'builder build'],
  type: ['volume create'],
};
const ONLY: Readonly<Record<string, readonly string[]>> = {
  'detach-keys': ['container run'],
  network: [...RUN, 'service create'],
  availability: ['node update'],
};

/** Of the value of a flag; `before` is what a list flag was given already. */
export function* valuesOf(cli: Cli, node: CommandNode, flag: FlagSpec): Sim<Offer> {
  const path = node.implementation;
  const otherwise: Offer = { list: [], directive: NO_FILE_NAMES.has(path) && !FILE_FLAGS.has(flag.long) ? NO_FILES : FILES };
  if (EXCEPT[flag.long]?.includes(path) || (ONLY[flag.long] && !ONLY[flag.long].includes(path))) return otherwise;
  switch (flag.long) {
    case 'context':
      return path === '' ? yield* contextNames(cli) : otherwise;
    case 'network':
    case 'network-add':
      return yield* offered(networks(cli));
    case 'image':
      return path === 'service update' ? yield* offered(images(cli)) : otherwise;
    case 'volumes-from':
      return yield* offered(containers(cli, 'all'));
    case 'link':
      return RUN.includes(path) ? yield* offered(linkNames(cli), NO_SPACE) : otherwise;
    case 'env':
    case 'env-add':
      return words([...cli.env.keys()]);
    case 'signal':
    case 'stop-signal':
      return SERVICE.includes(path) ? otherwise : words(Object.keys(SIGNAL_NUMBERS).map((name) => name.replace(/^SIG/, '')));
    case 'availability':
      return words(split('active pause drain'));
    case 'filter':
      return path === 'system events' ? words(EVENT_FILTERS, NO_SPACE) : otherwise;
    default:
      return VALUES[flag.long] ?? otherwise;
  }
}

const EVENT_FILTERS = split('container= daemon= event= image= label= network= node= scope= type= volume=');

function* linkNames(cli: Cli): Sim<readonly string[]> {
  return (yield* containers(cli, 'all')).map((name) => `${name}:`);
}
