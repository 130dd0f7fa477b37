/** The base layer of Alpine images: busybox behind every command, apk beside it, the accounts of alpine-baselayout. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { APPLETS } from './busybox.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

const BIN = new Set(
  `[ [[ arch ash base64 cat chgrp chmod chown cp date dd df dmesg dnsdomainname echo egrep false fgrep getopt grep gunzip gzip hostname ipcalc kill link ln login ls mkdir mknod mktemp more mount mountpoint mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd rev rm rmdir sed sh sleep stat stty su sync tar touch true umount uname usleep watch zcat`.split(
    ' ',
  ),
);
const SBIN = new Set('arp halt ifconfig ip nologin poweroff reboot route swapoff swapon sysctl udhcpc'.split(' '));
const USR_SBIN = new Set('addgroup adduser chroot crond delgroup chpasswd deluser killall5'.split(' '));

const PASSWD = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;

const GROUP = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
floppy:x:11:root
mail:x:12:mail
news:x:13:news
uucp:x:14:uucp
cron:x:16:cron
audio:x:18:
cdrom:x:19:
dialout:x:20:root
ftp:x:21:
sshd:x:22:
input:x:23:
tape:x:26:root
video:x:27:root
netdev:x:28:
kvm:x:34:kvm
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
ntp:x:123:
abuild:x:300:
utmp:x:406:
ping:x:999:
nogroup:x:65533:
nobody:x:65534:
`;

/** Accounts that an image adds: lines of passwd and group. */
export interface AlpineAccounts {
  readonly passwd?: string;
  readonly group?: string;
}

export function alpineAccounts({ passwd = '', group = '' }: AlpineAccounts): TarInput[] {
  return [file('etc/passwd', PASSWD + passwd), file('etc/group', GROUP + group)];
}

/** Applets that Alpine's BusyBox is built without, or that come with another package. */
const ELSEWHERE = new Set('httpd logname lsscsi who'.split(' '));

/** Releases with BusyBox 1.36. */
const BEFORE_1_37 = new Set(['3.18', '3.19', '3.20']);

/** `version`: '3.24.1'. */
export function alpineTree(version: string): TarInput[] {
  const minor = version.split('.').slice(0, 2).join('.');
  const applets = [
    ...new Set([...APPLETS, 'adduser', 'addgroup', 'chpasswd', 'cksum', 'deluser', 'delgroup', 'printenv', 'tree', 'tsort']),
  ].filter((name) => name !== 'busybox' && !ELSEWHERE.has(name));
  const place = (name: string) => (BIN.has(name) ? 'bin' : SBIN.has(name) ? 'sbin' : USR_SBIN.has(name) ? 'usr/sbin' : 'usr/bin');
  return [
    ...dirs(
      'bin',
      'dev',
      'etc',
      'etc/apk',
      'etc/apk/keys',
      'etc/apk/protected_paths.d',
      'etc/conf.d',
      'etc/crontabs',
      'etc/init.d',
      'etc/logrotate.d',
      'etc/modprobe.d',
      'etc/modules-load.d',
      'etc/network',
      'etc/network/if-up.d',
      'etc/opt',
      'etc/periodic',
      'etc/periodic/daily',
      'etc/profile.d',
      'etc/ssl',
      'etc/ssl/certs',
      'etc/sysctl.d',
      'etc/udhcpc',
      'home',
      'lib',
      'lib/apk',
      'lib/apk/db',
      'lib/firmware',
      'lib/modules-load.d',
      'lib/sysctl.d',
      'media',
      'media/cdrom',
      'media/floppy',
      'media/usb',
      'mnt',
      'opt',
      'proc',
      'run',
      'run/lock',
      'sbin',
      'srv',
      'sys',
      'usr',
      'usr/bin',
      'usr/lib',
      'usr/local',
      'usr/local/bin',
      'usr/local/lib',
      'usr/local/share',
      'usr/sbin',
      'usr/share',
      'usr/share/apk',
      'usr/share/man',
      'usr/share/misc',
      'usr/share/udhcpc',
      'var',
      'var/cache',
      'var/cache/apk',
      'var/cache/misc',
      'var/lib',
      'var/lib/apk',
      'var/lib/misc',
      'var/lib/udhcpd',
      'var/local',
      'var/log',
      'var/mail',
      'var/opt',
      'var/spool',
      'var/spool/cron',
    ),
    dir('root', 0o700),
    dir('tmp', 0o1777),
    dir('var/empty', 0o555),
    dir('var/tmp', 0o1777),
    link('var/lock', '../run/lock'),
    link('var/run', '../run'),
    link('var/spool/cron/crontabs', '../../../etc/crontabs'),
    ...alpineAccounts({}),
    file(
      'etc/shadow',
      `root:*::0:::::\n${PASSWD.split('\n')
        .slice(1, -1)
        .map((line) => `${line.split(':')[0]}:!::0:::::\n`)
        .join('')}`,
      0o640,
      0,
      42,
    ),
    file('etc/alpine-release', `${version}\n`),
    file('etc/issue', `Welcome to Alpine Linux ${minor}\nKernel \\r on \\m (\\l)\n\n`),
    file(
      'usr/lib/os-release',
      `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${minor}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
    ),
    link('etc/os-release', '../usr/lib/os-release'),
    file('etc/apk/arch', 'x86_64\n'),
    file(
      'etc/apk/repositories',
      `https://dl-cdn.alpinelinux.org/alpine/v${minor}/main\nhttps://dl-cdn.alpinelinux.org/alpine/v${minor}/community\n`,
    ),
    file('etc/apk/world', 'alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nlibc-utils\n'),
    file('lib/apk/db/installed', ''),
    file('lib/apk/db/lock', '', 0o600),
    file('etc/fstab', '/dev/cdrom\t/media/cdrom\tiso9660\tnoauto,ro 0 0\n/dev/usbdisk\t/media/usb\tvfat\tnoauto\t0 0\n'),
    file('etc/hostname', 'localhost\n'),
    file('etc/hosts', '127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n'),
    file('etc/inputrc', ''),
    file('etc/modules', 'af_packet\nipv6\n'),
    file('etc/motd', 'Welcome to Alpine!\n'),
    file('etc/nsswitch.conf', 'hosts: files dns\nservices: files\n'),
    file(
      'etc/profile',
      "export PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'\nexport PAGER=less\numask 022\nPS1='\\h:\\w\\$ '\n",
    ),
    file('etc/protocols', 'ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n'),
    file('etc/securetty', 'console\ntty1\n'),
    file('etc/services', 'ssh\t\t22/tcp\ndomain\t\t53/tcp\ndomain\t\t53/udp\nhttp\t\t80/tcp\thttpd\nhttps\t\t443/tcp\n'),
    file('etc/shells', '/bin/sh\n/bin/ash\n'),
    file('etc/sysctl.conf', ''),
    file('lib/ld-musl-x86_64.so.1', '', 0o755),
    link('lib/libc.musl-x86_64.so.1', 'ld-musl-x86_64.so.1'),
    exec('bin/busybox', BEFORE_1_37.has(minor) ? 'busybox-alpine-1.36' : 'busybox-alpine'),
    exec('sbin/apk', 'apk'),
    exec('usr/bin/getent', 'getent'),
    ...applets.map((name) => link(`${place(name)}/${name}`, '/bin/busybox')),
  ];
}
