/** Trees whose commands are all one busybox. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

export const APPLETS =
  `[ [[ arch arp arping ash awk base64 basename bc bunzip2 bzcat bzip2 cal cat chgrp chmod chown chroot clear cmp comm cp cpio crond crontab cut date dc dd df diff dirname dmesg dnsdomainname dos2unix du echo ed egrep
  env expand expr factor fallocate false fgrep find flock fold free fuser getopt grep groups gunzip gzip halt head hexdump hostid hostname httpd id ifconfig install ip ipcalc kill killall killall5 less link ln logger
  login logname ls lsof lsscsi lzcat md5sum mesg mkdir mkfifo mknod mktemp more mount mountpoint mv nc netstat nice nl nmeter nohup nologin nproc nsenter nslookup od passwd paste pgrep pidof ping ping6 pipe_progress pkill pmap poweroff printf ps
  pstree pwd pwdx readlink realpath reboot renice reset resize rev rm rmdir route sed seq setsid sh sha1sum sha256sum sha3sum sha512sum shred shuf sleep sort split stat strings stty su sum swapoff swapon sync sysctl tac tail tar tee
  test time timeout top touch tr traceroute true truncate tty ttysize udhcpc umount uname unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep uuencode vi vlock watch wc wget which who whoami xargs xxd xzcat yes zcat`.split(
    /\s+/,
  );

export interface BusyboxOptions {
  /** Applets of this build; default a common set. */
  readonly applets?: readonly string[];
  /** Where the links point: 'busybox' beside them, or '/bin/busybox'. */
  readonly target?: string;
  /** Debian's package busybox-static. */
  readonly static?: boolean;
  /** The program that the executable names; each build has its own. */
  readonly program?: string;
}

const ACCOUNTS =
  'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\nsys:x:3:3:sys:/dev:/bin/false\nsync:x:4:100:sync:/bin:/bin/sync\nmail:x:8:8:mail:/var/spool/mail:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\noperator:x:37:37:Operator:/var:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n';
const GROUPS =
  'root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nmail:x:8:\nwww-data:x:33:\noperator:x:37:\nusers:x:100:\nnobody:x:65534:\n';

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
      ...(o.static ? ['sbin'] : ['lib', 'lib64']),
    ),
    dir('root', 0o700),
    dir('tmp', 0o1777),
    file('etc/passwd', ACCOUNTS),
    file('etc/group', GROUPS),
    file('etc/shadow', 'root:*:10933:0:99999:7:::\n', 0o600),
    file('etc/localtime', ''),
    exec('bin/busybox', o.static ? 'busybox-static' : (o.program ?? 'busybox')),
    link('usr/bin/env', '../../bin/busybox'),
    ...applets.map((name) => link(`bin/${name}`, o.target ?? 'busybox')),
  ];
}
