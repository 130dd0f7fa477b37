import { commandsOf } from '../../lib/debianPackages/contents.ts';
import { archivePackages, basePackages } from '../../lib/debianPackages/index.ts';

/** What the simulated archives hold: packages whose programs this simulator has. Sizes are bytes, as real packages are about. */

export interface Package {
  readonly name: string;
  readonly version: string;
  /** Of the download, and of what it takes on the disk. */
  readonly download: number;
  readonly installed: number;
  readonly depends?: readonly string[];
  /** Programs and where they go: '/usr/bin' unless a directory is given with the name; 'cc=gcc' is a second name for one. */
  readonly programs?: readonly string[];
  readonly about: string;
}

const pkg = (
  name: string,
  version: string,
  kilobytes: number,
  about: string,
  programs: readonly string[] = [],
  depends: readonly string[] = [],
): Package => ({ name, version, download: kilobytes * 1000, installed: kilobytes * 2600, about, programs, depends });

/** What a package of Debian or Ubuntu needs of those that the archive offers. */
const DEPENDS: Readonly<Record<string, readonly string[]>> = {
  curl: ['libcurl4', 'libcurl4t64'],
  libcurl4: ['ca-certificates'],
  libcurl4t64: ['ca-certificates'],
  'ca-certificates': ['openssl'],
  wget: ['ca-certificates'],
  'iputils-ping': ['libcap2-bin'],
  dnsutils: ['bind9-dnsutils'],
  'bind9-dnsutils': ['bind9-host'],
  vim: ['vim-common'],
  'vim-common': ['xxd'],
  'vim-tiny': ['vim-common'],
  git: ['less'],
  'redis-server': ['redis-tools'],
  'build-essential': ['gcc', 'g++', 'make'],
  'g++': ['gcc'],
  'python3-pip': ['python3'],
  npm: ['nodejs'],
};

/** The programs that it brings. */
const PROGRAMS: Readonly<Record<string, string>> = {
  curl: 'curl',
  openssl: '',
  wget: 'wget',
  'iputils-ping': 'ping',
  iproute2: '/usr/sbin/ip ss',
  'net-tools': '/usr/sbin/ifconfig /usr/sbin/route /usr/sbin/arp netstat',
  'bind9-dnsutils': 'dig nslookup',
  'bind9-host': 'host',
  'netcat-openbsd': 'nc',
  traceroute: 'traceroute',
  procps: 'ps top free uptime pgrep pkill pidof watch w /usr/sbin/sysctl',
  psmisc: 'killall',
  vim: 'vim vi',
  'vim-tiny': 'vi',
  xxd: 'xxd',
  nano: 'nano',
  less: 'less',
  jq: 'jq',
  git: 'git',
  tree: 'tree',
  bsdextrautils: 'column hexdump hd',
  ncal: 'cal',
  'xz-utils': 'xz unxz xzcat',
  bzip2: 'bzip2 bunzip2 bzcat',
  sudo: 'sudo',
  nginx: '/usr/sbin/nginx',
  'redis-server': 'redis-server',
  'redis-tools': 'redis-cli',
  'postgresql-client': 'psql',
  bc: 'bc',
  dc: 'dc',
  file: 'file',
  patch: 'patch',
  make: 'make',
  gcc: 'gcc cc=gcc',
  'g++': 'g++',
  perl: 'perl',
  python3: 'python3',
  'python3-pip': 'pip3=pip pip',
  nodejs: 'node nodejs=node',
  npm: 'npm npx',
  busybox: 'busybox',
};

/** What the archive of a release ('trixie', 'noble') offers: what its image has already, and more. */
export function debianArchive(codename: string): readonly Package[] {
  const more = archivePackages(codename).map((p) => ({
    ...p,
    installed: p.installed * 1024,
    depends: DEPENDS[p.name] ?? [],
    programs: (PROGRAMS[p.name] ?? '').split(' ').filter((program) => program !== ''),
  }));
  const names = new Set(more.map((p) => p.name));
  const base = basePackages(codename)
    .filter((p) => !names.has(p.name))
    .map((p) => ({ ...p, installed: p.installed * 1024, programs: commandsOf(p.name, codename) }));
  return [...more, ...base];
}

/** Alpine's names. */
export const ALPINE: readonly Package[] = [
  pkg('curl', '8.14.1-r1', 150, 'URL retrival utility and library', ['curl'], ['ca-certificates', 'libcurl']),
  pkg('libcurl', '8.14.1-r1', 340, 'The multiprotocol file transfer library'),
  pkg('ca-certificates', '20250619-r0', 160, 'Common CA certificates PEM files from Mozilla'),
  pkg('wget', '1.25.0-r1', 280, 'Network utility to retrieve files from the Web', ['wget'], ['ca-certificates']),
  pkg('bash', '5.2.37-r0', 460, 'The GNU Bourne Again shell', ['/bin/bash'], ['readline']),
  pkg('readline', '8.2.13-r1', 150, 'GNU readline library'),
  pkg('iputils', '20240905-r0', 60, 'IP Configuration Utilities (and Ping)', ['/bin/ping']),
  pkg('iproute2', '6.15.0-r0', 420, 'IP Routing Utilities', ['/sbin/ip', 'ss']),
  pkg('bind-tools', '9.20.10-r0', 210, 'The ISC DNS tools', ['dig', 'nslookup', 'host']),
  pkg('netcat-openbsd', '1.229.1-r0', 30, 'The TCP/IP swiss army knife', ['nc']),
  pkg('procps', '4.0.4-r3', 320, 'Utilities for monitoring your system and processes on your system', [
    '/bin/ps',
    'top',
    'free',
    'watch',
    'pgrep',
    'pkill',
  ]),
  pkg('coreutils', '9.7-r1', 520, 'The basic file, shell and text manipulation utilities', [
    '/bin/ls',
    '/bin/cat',
    '/bin/date',
    'sort',
    'head',
    'tail',
    'wc',
  ]),
  pkg('vim', '9.1.1566-r0', 1500, 'Improved vi-style text editor', ['vim', 'vi']),
  pkg('nano', '8.4-r0', 300, 'Enhanced clone of the Pico text editor', ['nano']),
  pkg('less', '679-r0', 110, 'File pager', ['less']),
  pkg('jq', '1.8.1-r0', 180, 'A lightweight and flexible command-line JSON processor', ['jq']),
  pkg('git', '2.49.1-r0', 3100, 'Distributed version control system', ['git']),
  pkg('tree', '2.2.1-r0', 40, 'A recursive directory indented listing program', ['tree']),
  pkg('sudo', '1.9.17_p2-r0', 800, 'Give certain users the ability to run some commands as root', ['sudo']),
  pkg('nginx', '1.28.0-r3', 560, 'HTTP and reverse proxy server (stable version)', ['/usr/sbin/nginx']),
  pkg('redis', '8.0.3-r0', 1200, 'Advanced key-value store', ['redis-server', 'redis-cli']),
  pkg('postgresql-client', '17.6-r0', 500, 'Virtual package provided by postgresql17-client', ['psql']),
  pkg('tzdata', '2025b-r0', 420, 'Timezone data'),
  pkg('openssl', '3.5.4-r0', 380, 'Toolkit for Transport Layer Security (TLS)'),
];

/** The package and all that it needs and `has` does not know, in the order in which they are unpacked. */
export function withDependencies(
  archive: readonly Package[],
  names: readonly string[],
  has: (name: string) => boolean,
): readonly Package[] {
  const out: Package[] = [];
  const add = (name: string) => {
    const found = archive.find((p) => p.name === name);
    if (!found || has(name) || out.includes(found)) return;
    for (const needed of found.depends ?? []) add(needed);
    out.push(found);
  };
  for (const name of names) add(name);
  return out;
}
