/** Who and where: id, groups, hostname, uname, nproc. */
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { credentials, gethostname, readText, sethostname, uname as unameCall } from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readUsers } from './lib/users.ts';

const ID = {
  short: 'aGgnruzZ',
  long: { groups: 'G', group: 'g', name: 'n', real: 'r', user: 'u', zero: 'z', context: 'Z' },
  usage: '[OPTION]... [USER]...',
  about: 'Prints the ids of the caller, or of each user.',
};

/** Real and effective ids with their names. */
export function* id(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, ID);
  const table = yield* readUsers();
  const one = ['u', 'g', 'G'].filter((key) => o.has(key));
  if (one.length > 1) throw new Fatal(`cannot print "only" of more than one choice`);
  if (one.length === 0 && (o.has('n') || o.has('r'))) throw new Fatal('printing only names or real IDs requires -u, -g, or -G');
  const self = yield* credentials();
  for (const name of o.operands.length > 0 ? o.operands : [undefined]) {
    const user = name === undefined ? undefined : (table.user(name) ?? (/^\d+$/.test(name) ? table.userById(Number(name)) : undefined));
    if (name !== undefined && !user) {
      yield* t.error(t.busybox ? `unknown user ${name}` : `${quote(name)}: no such user`);
      continue;
    }
    const ids = user ? { uid: user.uid, gid: user.gid, euid: user.uid, egid: user.gid, groups: table.groupsOf(user) } : self;
    const uid = o.has('r') ? ids.uid : ids.euid;
    const gid = o.has('r') ? ids.gid : ids.egid;
    const groups = [gid, ...ids.groups.filter((g) => g !== gid)];
    const show = (n: number, nameOf: (n: number) => string) => (o.has('n') ? nameOf(n) : String(n));
    const user_ = (n: number) => table.userName(n);
    const group_ = (n: number) => table.groupName(n);
    if (o.has('u')) yield* t.print(`${show(uid, user_)}\n`);
    else if (o.has('g')) yield* t.print(`${show(gid, group_)}\n`);
    else if (o.has('G')) yield* t.print(`${groups.map((g) => show(g, group_)).join(' ')}\n`);
    else {
      const named = (n: number, found: string | undefined) => `${n}${found === undefined ? '' : `(${found})`}`;
      const u = (n: number) => named(n, table.userById(n)?.name);
      const g = (n: number) => named(n, table.groupById(n)?.name);
      const effective = `${ids.euid === ids.uid ? '' : ` euid=${u(ids.euid)}`}${ids.egid === ids.gid ? '' : ` egid=${g(ids.egid)}`}`;
      yield* t.print(`uid=${u(ids.uid)} gid=${g(ids.gid)}${effective} groups=${groups.map(g).join(',')}\n`);
    }
  }
}

/** Names of the groups that a user is in. */
export function* groups(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '',
    usage: '[OPTION]... [USERNAME]...',
    about: 'Prints the groups of the caller, or of each user.',
  });
  const table = yield* readUsers();
  if (o.operands.length === 0) {
    const { egid, groups: more } = yield* credentials();
    yield* t.print(`${[egid, ...more.filter((g) => g !== egid)].map((g) => table.groupName(g)).join(' ')}\n`);
    return;
  }
  for (const name of o.operands) {
    const user = table.user(name);
    if (!user) yield* t.error(`${quote(name)}: no such user`);
    else
      yield* t.print(
        `${name} : ${table
          .groupsOf(user)
          .map((g) => table.groupName(g))
          .join(' ')}\n`,
      );
  }
}

const HOSTNAME = {
  short: 'adfiIsy',
  long: { alias: 'a', domain: 'd', fqdn: 'f', long: 'f', 'ip-address': 'i', 'all-ip-addresses': 'I', short: 's' },
  usage: '[-adfiIs] [NAME]',
  about: 'Prints or sets the name of this host.',
  version: 'hostname 3.23',
};

/** The name of the UTS namespace; with -i its addresses by /etc/hosts. */
export function* hostname(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, HOSTNAME);
  if (o.operands.length > 0) {
    const { euid } = yield* credentials();
    if (euid !== 0) throw new Fatal(t.busybox ? 'sethostname: Operation not permitted' : 'you must be root to change the host name');
    try {
      yield* sethostname(o.operands[0]);
    } catch (error) {
      if (!isErrno(error) || !t.busybox) throw error;
      throw new Fatal(`sethostname: ${error.message}`);
    }
    return;
  }
  const name = yield* gethostname();
  if (o.has('i') || o.has('I')) {
    const addresses = (yield* readText('/etc/hosts')).split('\n').flatMap((line) => {
      const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
      return names.includes(name) ? [address] : [];
    });
    if (addresses.length === 0) throw new Fatal('Name or service not known');
    yield* t.print(`${addresses.join(' ')}${o.has('I') ? ' ' : ''}\n`);
  } else if (o.has('s')) yield* t.print(`${name.replace(/\..*/, '')}\n`);
  else if (o.has('d')) yield* t.print(`${name.includes('.') ? name.replace(/^[^.]*\./, '') : ''}\n`);
  else yield* t.print(`${name}\n`);
}

const UNAME = {
  short: 'asnrvmpio',
  long: {
    all: 'a',
    'kernel-name': 's',
    nodename: 'n',
    'kernel-release': 'r',
    'kernel-version': 'v',
    machine: 'm',
    processor: 'p',
    'hardware-platform': 'i',
    'operating-system': 'o',
  },
  usage: '[OPTION]...',
  about: 'Prints facts of this system.',
};

export function* uname(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, UNAME);
  if (o.operands.length > 0) throw new UsageError(`extra operand ${quote(o.operands[0])}`);
  const u = yield* unameCall();
  const all = o.has('a');
  const fields: readonly (readonly [key: string, value: string])[] = [
    ['s', u.sysname],
    ['n', u.nodename],
    ['r', u.release],
    ['v', u.version],
    ['m', u.machine],
    ['o', 'GNU/Linux'],
  ];
  const shown = fields
    .filter(([key]) => all || o.has(key) || (key === 's' && o.options.length === 0))
    .map(([, value]) => (t.busybox && value === 'GNU/Linux' ? 'Linux' : value));
  if (!all && (o.has('p') || o.has('i'))) shown.push('unknown');
  yield* t.print(`${shown.join(' ')}\n`);
}

export function* nproc(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '',
    long: { all: 'all', ignore: 'ignore:' },
    usage: '[OPTION]...',
    about: 'Prints how many processors there are.',
  });
  const cpus = [...(yield* readText('/proc/cpuinfo')).matchAll(/^processor/gm)].length;
  yield* t.print(`${Math.max(1, cpus - Number(o.value('ignore') ?? 0))}\n`);
}

export const programs: readonly Program[] = [
  tool('id', id),
  tool('groups', groups),
  tool('hostname', hostname),
  tool('uname', uname),
  tool('nproc', nproc),
];
