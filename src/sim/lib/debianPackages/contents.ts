/** Commands of the base packages, and where each release keeps them. */

const COMMANDS: Readonly<Record<string, string>> = {
  adduser: 'adduser addgroup deluser delgroup',
  apt: 'apt apt-cache apt-get apt-mark',
  bash: 'bash rbash',
  coreutils:
    '[ arch b2sum base32 base64 basename cat chgrp chmod chown chroot cksum comm cp cut date dd df dir dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk printenv printf pwd readlink realpath rm rmdir seq sha1sum sha224sum sha256sum sha384sum sha512sum shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes',
  dash: 'dash sh',
  diffutils: 'cmp diff diff3 sdiff',
  dpkg: 'dpkg dpkg-query',
  findutils: 'find xargs',
  grep: 'egrep fgrep grep',
  gzip: 'gunzip gzip zcat',
  hostname: 'hostname',
  'init-system-helpers': 'service',
  'libc-bin': 'getconf getent ldconfig locale',
  login: 'login',
  mawk: 'mawk',
  mount: 'mount umount',
  'ncurses-bin': 'clear reset tput',
  passwd: 'chpasswd groupadd groupdel passwd useradd userdel usermod',
  'perl-base': 'perl',
  procps: 'free pgrep pkill ps top uptime w watch sysctl',
  sed: 'sed',
  'sysvinit-utils': 'pidof',
  tar: 'tar',
  'util-linux': 'dmesg lsblk lscpu more runuser setsid su',
};

const SBIN = new Set(
  'adduser addgroup deluser delgroup chroot ldconfig chpasswd groupadd groupdel useradd userdel usermod runuser service sysctl'.split(' '),
);

/** Where packages put these before the merge of /bin and /sbin into /usr reached them. */
const IN_ROOT = new Set(
  'bash rbash cat chgrp chmod chown cp date dd df dir echo false ln ls mkdir mknod mktemp mv pwd readlink rm rmdir sleep stty sync touch true uname vdir dash sh egrep fgrep grep gunzip gzip zcat hostname ldconfig login mount umount ps sysctl sed pidof tar dmesg lsblk more runuser su'.split(
    ' ',
  ),
);
const MERGED = new Set(['trixie', 'noble', 'resolute']);

/** Commands that a package brings, as its list of files names them. */
export function commandsOf(name: string, codename: string): readonly string[] {
  return (COMMANDS[name] ?? '')
    .split(' ')
    .filter((command) => command !== '')
    .map((command) => `${!MERGED.has(codename) && IN_ROOT.has(command) ? '' : '/usr'}/${SBIN.has(command) ? 'sbin' : 'bin'}/${command}`);
}
