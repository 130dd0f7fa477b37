/** Trees whose commands are all one busybox. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

const APPLETS =
  `[ [[ arch arp arping ash awk base64 basename bc bunzip2 bzcat bzip2 cal cat chgrp chmod chown chroot clear cmp comm cp cpio crond crontab cut date dc dd df diff dirname dmesg dnsdomainname dos2unix du echo ed egrep
  env expand expr factor fallocate false fgrep find flock fold free fuser getopt grep groups gunzip gzip halt head hexdump hostid hostname httpd id ifconfig install ip ipcalc kill killall killall5 less link ln logger
  login logname ls lsof lsscsi lzcat md5sum mesg mkdir mkfifo mknod mktemp more mount mountpoint mv nc netstat nice nl nmeter nohup nologin nproc nslookup od paste pgrep pidof ping ping6 pipe_progress pkill pmap poweroff printf ps
  pstree pwd pwdx readlink realpath reboot renice reset resize rev rm rmdir route sed seq setsid sh sha1sum sha256sum sha3sum sha512sum shred shuf sleep sort split stat strings stty su sum swapoff swapon sync sysctl tac tail tar tee
  test time timeout top touch tr traceroute true truncate tty ttysize udhcpc umount uname unexpand uniq unix2dos unlink unlzma unxz unzip uptime usleep uuencode vi vlock watch wc wget which who whoami xargs xxd xzcat yes zcat`.split(
    /\s+/,
  );

export interface BusyboxOptions {
  /** Applets of this build; default a common set. */
  readonly applets?: readonly string[];
  /** Where the links point: 'busybox' beside them, or '/bin/busybox'. */
  readonly target?: string;
}

const ACCOUNTS =
  'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\nsys:x:3:3:sys:/dev:/bin/false\nsync:x:4:100:sync:/bin:/bin/sync\nmail:x:8:8:mail:/var/spool/mail:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\noperator:x:37:37:Operator:/var:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n';
const GROUPS =
  'root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nmail:x:8:\nwww-data:x:33:\noperator:x:37:\nusers:x:100:\nnogroup:x:65534:\n';

export function busyboxTree(o: BusyboxOptions = {}): TarInput[] {
  const applets = (o.applets ?? APPLETS).filter((name) => name !== 'busybox');
  return [
    ...dirs(
      'bin',
      'dev',
      'etc',
      'home',
      'usr',
      'usr/bin',
      'usr/sbin',
      'var',
      'var/spool',
      'var/spool/mail',
      'var/www',
      'proc',
      'sys',
      'lib',
    ),
    dir('root', 0o700),
    dir('tmp', 0o1777),
    file('etc/passwd', ACCOUNTS),
    file('etc/group', GROUPS),
    file('etc/shadow', 'root:*:10933:0:99999:7:::\n', 0o600),
    file('etc/localtime', ''),
    exec('bin/busybox', 'busybox'),
    link('usr/bin/env', '../../bin/busybox'),
    ...applets.map((name) => link(`bin/${name}`, o.target ?? 'busybox')),
  ];
}

export function alpineTree(version: string): TarInput[] {
  const minor = version.split('.').slice(0, 2).join('.');
  return [
    ...busyboxTree({ applets: [...APPLETS, 'adduser', 'addgroup', 'deluser', 'printenv', 'getent'], target: '/bin/busybox' }).filter(
      (e) => !['etc/passwd', 'etc/group', 'etc/localtime'].includes(e.name),
    ),
    ...dirs(
      'etc/apk',
      'lib/apk',
      'lib/apk/db',
      'media',
      'mnt',
      'opt',
      'run',
      'sbin',
      'srv',
      'usr/lib',
      'usr/local',
      'usr/local/bin',
      'usr/share',
      'var/cache',
      'var/lib',
      'var/log',
      'var/tmp',
    ),
    file(
      'etc/passwd',
      'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/sbin/nologin\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
    ),
    file(
      'etc/group',
      'root:x:0:root\nbin:x:1:root,bin,daemon\ndaemon:x:2:root,bin,daemon\nsys:x:3:root,bin\nadm:x:4:root,daemon\ntty:x:5:\ndisk:x:6:root\nwww-data:x:82:\nusers:x:100:games\nnobody:x:65534:\n',
    ),
    file('etc/alpine-release', `${version}\n`),
    file('etc/issue', `Welcome to Alpine Linux ${minor}\nKernel \\r on an \\m (\\l)\n\n`),
    file(
      'etc/os-release',
      `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${minor}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
    ),
    file(
      'etc/apk/repositories',
      `https://dl-cdn.alpinelinux.org/alpine/v${minor}/main\nhttps://dl-cdn.alpinelinux.org/alpine/v${minor}/community\n`,
    ),
    file('lib/apk/db/installed', ''),
    file('etc/profile', "export PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'\nPS1='\\h:\\w\\$ '\n"),
    exec('sbin/apk', 'apk'),
  ];
}
