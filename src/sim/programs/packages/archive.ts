/** What the simulated archives hold: packages whose programs this simulator has. Sizes are bytes, as real packages are about. */

export interface Package {
  readonly name: string;
  readonly version: string;
  /** Of the download, and of what it takes on the disk. */
  readonly download: number;
  readonly installed: number;
  readonly depends?: readonly string[];
  /** Programs and where they go: '/usr/bin' unless a directory is given with the name. */
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

/** Debian 12, and Ubuntu's names for the same. */
export const DEBIAN: readonly Package[] = [
  pkg('curl', '7.88.1-10+deb12u12', 315, 'command line tool for transferring data with URL syntax', ['curl'], ['libcurl4']),
  pkg('libcurl4', '7.88.1-10+deb12u12', 390, 'easy-to-use client-side URL transfer library', [], ['ca-certificates']),
  pkg('ca-certificates', '20230311', 153, 'Common CA certificates', [], ['openssl']),
  pkg('openssl', '3.0.16-1~deb12u1', 1430, 'Secure Sockets Layer toolkit - cryptographic utility'),
  pkg('wget', '1.21.3-1+deb12u1', 937, 'retrieves files from the web', ['wget'], ['ca-certificates']),
  pkg('iputils-ping', '3:20221126-1', 47, 'Tools to test the reachability of network hosts', ['ping'], ['libcap2-bin']),
  pkg('libcap2-bin', '1:2.66-4', 35, 'POSIX 1003.1e capabilities (utilities)'),
  pkg('iproute2', '6.1.0-3', 1045, 'networking and traffic control tools', ['/usr/sbin/ip', 'ss']),
  pkg('net-tools', '2.10-0.1+deb12u2', 243, 'NET-3 networking toolkit', [
    '/usr/sbin/ifconfig',
    '/usr/sbin/route',
    '/usr/sbin/arp',
    'netstat',
  ]),
  pkg('dnsutils', '1:9.18.33-1~deb12u2', 11, 'Transitional package for bind9-dnsutils', [], ['bind9-dnsutils']),
  pkg('bind9-dnsutils', '1:9.18.33-1~deb12u2', 153, 'Clients provided with BIND 9', ['dig', 'nslookup'], ['bind9-host']),
  pkg('bind9-host', '1:9.18.33-1~deb12u2', 305, 'DNS Lookup Utility', ['host']),
  pkg('netcat-openbsd', '1.219-1', 39, 'TCP/IP swiss army knife', ['nc']),
  pkg('traceroute', '1:2.1.2-1', 57, 'Traces the route taken by packets over an IPv4/IPv6 network', ['traceroute']),
  pkg('procps', '2:4.0.2-3', 709, '/proc file system utilities', [
    'ps',
    'top',
    'free',
    'uptime',
    'pgrep',
    'pkill',
    'pidof',
    'watch',
    'w',
    '/usr/sbin/sysctl',
  ]),
  pkg('psmisc', '23.6-1', 259, 'utilities that use the proc file system', ['killall']),
  pkg('vim', '2:9.0.1378-2+deb12u2', 1567, 'Vi IMproved - enhanced vi editor', ['vim', 'vi'], ['vim-common']),
  pkg('vim-common', '2:9.0.1378-2+deb12u2', 125, 'Vi IMproved - Common files', [], ['xxd']),
  pkg('vim-tiny', '2:9.0.1378-2+deb12u2', 720, 'Vi IMproved - enhanced vi editor - compact version', ['vi'], ['vim-common']),
  pkg('xxd', '2:9.0.1378-2+deb12u2', 84, 'tool to make (or reverse) a hex dump', ['xxd']),
  pkg('nano', '7.2-1+deb12u1', 690, 'small, friendly text editor inspired by Pico', ['nano']),
  pkg('less', '590-2.1~deb12u2', 132, 'pager program similar to more', ['less']),
  pkg('jq', '1.6-2.1+deb12u1', 65, 'lightweight and flexible command-line JSON processor', ['jq']),
  pkg('git', '1:2.39.5-0+deb12u2', 7256, 'fast, scalable, distributed revision control system', ['git'], ['less']),
  pkg('tree', '2.1.0-1', 52, 'displays an indented directory tree, in color', ['tree']),
  pkg('bsdextrautils', '2.38.1-5+deb12u3', 88, 'extra utilities from 4.4BSD-Lite', ['column', 'hexdump', 'hd']),
  pkg('ncal', '12.1.8', 21, 'display a calendar and the date of Easter', ['cal']),
  pkg('xz-utils', '5.4.1-1', 471, 'XZ-format compression utilities', ['xz', 'unxz', 'xzcat']),
  pkg('bzip2', '1.0.8-5+b1', 49, 'high-quality block-sorting file compressor - utilities', ['bzip2', 'bunzip2', 'bzcat']),
  pkg('sudo', '1.9.13p3-1+deb12u2', 1889, 'Provide limited super user privileges to specific users', ['sudo']),
  pkg('nginx', '1.22.1-9+deb12u2', 527, 'small, powerful, scalable web/proxy server', ['/usr/sbin/nginx']),
  pkg('redis-server', '5:7.0.15-1~deb12u5', 72, 'Persistent key-value database with network interface', ['redis-server'], ['redis-tools']),
  pkg('redis-tools', '5:7.0.15-1~deb12u5', 989, 'Persistent key-value database with network interface (client)', ['redis-cli']),
  pkg('postgresql-client', '15+248', 10, 'front-end programs for PostgreSQL (supported version)', ['psql']),
  pkg('apt-utils', '2.6.1', 309, 'package management related utility programs'),
  pkg('locales', '2.36-9+deb12u10', 3903, 'GNU C Library: National Language (locale) data [support]'),
  pkg('tzdata', '2025b-0+deb12u1', 296, 'time zone and daylight-saving time data'),
  pkg('gnupg', '2.2.40-1.1', 846, 'GNU privacy guard - a free PGP replacement'),
  pkg('lsb-release', '12.0-1', 6, 'Linux Standard Base version reporting utility'),
  pkg('apt-transport-https', '2.6.1', 25, 'transitional package for https support'),
];

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
