/** The base layer of Debian and Ubuntu images: merged /usr, accounts, and the commands that their base packages bring. */
import { DEBIAN_GROUP, DEBIAN_GROUPS, DEBIAN_PASSWD } from '../../../lib/debianAccounts.ts';
import type { TarInput } from '../../../lib/tar/index.ts';
import { debianDatabase } from './debianPackages.ts';
import { homes, ubuntuHome } from './skeleton.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

/** Commands of the essential packages (coreutils, findutils, grep, sed, tar, gzip, util-linux, mawk, diffutils, hostname, ...). */
const ESSENTIAL =
  `arch base64 basename bash cat chgrp chmod chown cksum cmp comm cp cut date dd df diff dir dirname du echo egrep env expand expr factor false fgrep find fmt fold getent
  grep groups gunzip gzip head hostname id join kill ln login logname ls md5sum mkdir mkfifo mknod mktemp mount mv nice nl nohup nproc od paste pathchk perl printenv printf pwd readlink
  realpath rm rmdir sed seq sha1sum sha256sum sha512sum shuf sleep sort split stat stty su sum sync tac tail tar tee test timeout touch tr true truncate tsort tty umount uname unexpand uniq
  unlink users vdir wc which who whoami xargs yes zcat clear reset tput apt apt-cache apt-get apt-mark dpkg dpkg-query useradd userdel groupadd groupdel usermod passwd
  chpasswd chroot ldconfig b2sum base32 diff3 dmesg getconf hostid link locale lsblk lscpu more numfmt runuser sdiff service setsid sha224sum sha384sum stdbuf`.split(
    /\s+/,
  );

export interface DebianOptions {
  readonly osRelease: string;
  readonly version: string;
  readonly issue: string;
  /** Further commands: procps in Ubuntu, curl in nginx. */
  readonly extra?: readonly string[];
  /** Ubuntu's images have a user of that name since 23.04. */
  readonly ubuntuUser?: boolean;
}

export function debianTree(o: DebianOptions): TarInput[] {
  const commands = [...ESSENTIAL, ...(o.extra ?? [])];
  const codename = codenameOf(o);
  return [
    link('bin', 'usr/bin'),
    link('sbin', 'usr/sbin'),
    link('lib', 'usr/lib'),
    link('lib64', 'usr/lib64'),
    ...dirs(
      'boot',
      'dev',
      'etc',
      'etc/apt',
      'etc/alternatives',
      'etc/apt/apt.conf.d',
      'etc/apt/keyrings',
      'etc/apt/preferences.d',
      'etc/apt/sources.list.d',
      'etc/apt/trusted.gpg.d',
      'etc/cron.daily',
      'etc/dpkg',
      'etc/kernel',
      'etc/ld.so.conf.d',
      'etc/logrotate.d',
      'etc/pam.d',
      'etc/rc0.d',
      'etc/rc1.d',
      'etc/rc2.d',
      'etc/rc3.d',
      'etc/rc4.d',
      'etc/rc5.d',
      'etc/rc6.d',
      'etc/rcS.d',
      'etc/selinux',
      'etc/systemd',
      'etc/terminfo',
      'etc/update-motd.d',
      'etc/default',
      'etc/init.d',
      'etc/opt',
      'etc/profile.d',
      'etc/security',
      'etc/skel',
      'home',
      'media',
      'mnt',
      'opt',
      'proc',
      'run',
      'srv',
      'sys',
      'usr',
      'usr/bin',
      'usr/games',
      'usr/include',
      'usr/lib',
      'usr/lib64',
      'usr/local',
      'usr/local/bin',
      'usr/local/etc',
      'usr/local/lib',
      'usr/local/sbin',
      'usr/local/share',
      'usr/sbin',
      'usr/share',
      'usr/libexec',
      'usr/local/games',
      'usr/local/include',
      'usr/local/src',
      'usr/lib/x86_64-linux-gnu',
      'usr/share/base-files',
      'usr/share/bash-completion',
      'usr/share/common-licenses',
      'usr/share/doc',
      'usr/share/info',
      'usr/share/man',
      'usr/share/zoneinfo',
      'run/lock',
      'var/cache/debconf',
      'var/lib/dpkg/info',
      'var/lib/misc',
      'var/lib/pam',
      'var/log/apt',
      'usr/src',
      'var',
      'var/backups',
      'var/cache',
      'var/cache/apt',
      'var/lib',
      'var/lib/apt',
      'var/lib/apt/lists',
      'var/lib/dpkg',
      'var/local',
      'var/log',
      'var/mail',
      'var/opt',
      'var/spool',
    ),
    dir('root', 0o700),
    dir('tmp', 0o1777),
    dir('var/tmp', 0o1777),
    link('var/run', '/run'),
    link('var/lock', '/run/lock'),
    file('usr/lib/os-release', o.osRelease),
    link('etc/os-release', '../usr/lib/os-release'),
    file('etc/issue.net', `${o.issue}\n`),
    file('etc/.pwd.lock', '', 0o600),
    file('etc/bindresvport.blacklist', ''),
    file('etc/debconf.conf', ''),
    file('etc/fstab', '# UNCONFIGURED FSTAB FOR BASE SYSTEM\n'),
    file('etc/gai.conf', ''),
    file('etc/hosts', '127.0.0.1\tlocalhost\n'),
    file('etc/ld.so.conf', 'include /etc/ld.so.conf.d/*.conf\n'),
    file('etc/libaudit.conf', '', 0o640),
    link('etc/localtime', '/usr/share/zoneinfo/Etc/UTC'),
    file('etc/login.defs', 'UID_MIN 1000\nUID_MAX 60000\nGID_MIN 1000\nGID_MAX 60000\nUMASK 022\n'),
    file('etc/pam.conf', ''),
    file('etc/subgid', ''),
    file('etc/subuid', ''),
    file('etc/timezone', 'Etc/UTC\n'),
    link('etc/mtab', '/proc/mounts'),
    link('var/spool/mail', '../mail'),
    file(`etc/apt/sources.list.d/${o.issue.startsWith('Ubuntu') ? 'ubuntu' : 'debian'}.sources`, aptSources(o)),
    file('etc/debian_version', `${o.version}\n`),
    file('etc/issue', `${o.issue} \\n \\l\n\n`),
    file('etc/hostname', 'debuerreotype\n'),
    file('etc/passwd', DEBIAN_PASSWD + (o.ubuntuUser ? UBUNTU_USER : '')),
    file('etc/group', o.ubuntuUser ? ubuntuGroups() : DEBIAN_GROUP),
    file('etc/shadow', shadow(o), 0o640, 0, 42),
    file('etc/nsswitch.conf', 'passwd:         files\ngroup:          files\nhosts:          files dns\n'),
    file(
      'etc/profile',
      'if [ "$(id -u)" -eq 0 ]; then\n  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nelse\n  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"\nfi\nexport PATH\n',
    ),
    file('etc/bash.bashrc', "PS1='${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '\n"),
    ...homes(o.issue.startsWith('Ubuntu')),
    ...(o.ubuntuUser ? ubuntuHome() : []),
    file('etc/motd', ''),
    file('etc/host.conf', 'multi on\n'),
    file('etc/environment', ''),
    file('etc/shells', '/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/dash\n'),
    ...debianDatabase(codename, new Set([...commands, 'bash', 'rbash', 'dash', 'sh', 'mawk', '['])),
    link('usr/bin/sh', 'dash'),
    exec('usr/bin/dash', 'dash'),
    link('usr/bin/rbash', 'bash'),
    link('usr/bin/awk', 'mawk'),
    exec('usr/bin/mawk', 'awk'),
    exec('usr/bin/[', '['),
    ...commands.map((name) =>
      exec(
        `usr/${SBIN.has(name) ? 'sbin' : 'bin'}/${name}`,
        name,
        name === 'su' || name === 'mount' || name === 'umount' || name === 'passwd' ? 0o4755 : 0o755,
      ),
    ),
  ];
}

const UBUNTU_USER = 'ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n';
/** The groups that the user ubuntu is in besides its own. */
const UBUNTU_MEMBER = new Set(['adm', 'dialout', 'cdrom', 'floppy', 'sudo', 'audio', 'dip', 'video', 'plugdev']);

const ubuntuGroups = (): string =>
  `${DEBIAN_GROUPS.map(([name, gid]) => `${name}:x:${gid}:${UBUNTU_MEMBER.has(name) ? 'ubuntu' : ''}\n`).join('')}ubuntu:x:1000:\n`;

function shadow(o: DebianOptions): string {
  const locked = DEBIAN_PASSWD.split('\n')
    .slice(0, -1)
    .map((line) => `${line.split(':')[0]}:*:20670:0:99999:7:::\n`);
  return locked.join('') + (o.ubuntuUser ? 'ubuntu:!:20670:0:99999:7:::\n' : '');
}

const codenameOf = (o: DebianOptions): string => /VERSION_CODENAME=(\S+)/.exec(o.osRelease)?.[1] ?? 'stable';

/** Where apt gets packages, in the format of sources.list(5). */
function aptSources(o: DebianOptions): string {
  const codename = codenameOf(o);
  if (o.issue.startsWith('Ubuntu'))
    return `Types: deb\nURIs: http://archive.ubuntu.com/ubuntu/\nSuites: ${codename} ${codename}-updates ${codename}-backports\nComponents: main universe restricted multiverse\nSigned-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n\nTypes: deb\nURIs: http://security.ubuntu.com/ubuntu/\nSuites: ${codename}-security\nComponents: main universe restricted multiverse\nSigned-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n`;
  return `Types: deb\nURIs: http://deb.debian.org/debian\nSuites: ${codename} ${codename}-updates\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.pgp\n\nTypes: deb\nURIs: http://deb.debian.org/debian-security\nSuites: ${codename}-security\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.pgp\n`;
}

const SBIN = new Set([
  'service',
  'useradd',
  'userdel',
  'groupadd',
  'groupdel',
  'usermod',
  'chpasswd',
  'runuser',
  'chroot',
  'ldconfig',
  'nginx',
  'ip',
  'ifconfig',
  'route',
]);

/** Accounts that an image adds: lines of passwd and group. */
export function debianAccounts({ passwd = '', group = '' }: { readonly passwd?: string; readonly group?: string }): TarInput[] {
  return [file('etc/passwd', DEBIAN_PASSWD + passwd), file('etc/group', DEBIAN_GROUP + group)];
}

export const DEBIAN_12 = {
  version: '12.15',
  issue: 'Debian GNU/Linux 12',
  osRelease:
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
} as const;
export const DEBIAN_11 = {
  version: '11.11',
  issue: 'Debian GNU/Linux 11',
  osRelease:
    'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\nNAME="Debian GNU/Linux"\nVERSION_ID="11"\nVERSION="11 (bullseye)"\nVERSION_CODENAME=bullseye\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
} as const;
export const DEBIAN_13 = {
  version: '13.6',
  issue: 'Debian GNU/Linux 13',
  osRelease:
    'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nDEBIAN_VERSION_FULL=13.6\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
} as const;
export const UBUNTU = (version: string, codename: string) => ({
  version: codename === 'jammy' ? 'bookworm/sid' : 'trixie/sid',
  issue: `Ubuntu ${version} LTS`,
  osRelease: `PRETTY_NAME="Ubuntu ${version} LTS"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nVERSION="${version} LTS"\nVERSION_CODENAME=${codename}\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\nSUPPORT_URL="https://help.ubuntu.com/"\nBUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"\nUBUNTU_CODENAME=${codename}\n`,
  extra: ['ps', 'top', 'free', 'uptime', 'pgrep', 'pkill', 'watch', 'w'],
  ubuntuUser: Number(version) > 23,
});
