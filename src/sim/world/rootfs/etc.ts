import { directory, file, link, type TreeEntry } from './tree.ts';

export interface HostIdentity {
  readonly hostname: string;
  /** The machine's own address on the wire, e.g. 192.168.56.10. */
  readonly address: string;
  /** Name server of the wire. */
  readonly nameserver: string;
}

/** /etc of a Debian 12 server, as far as people look at it. */
export function etc(host: HostIdentity): readonly TreeEntry[] {
  return [
    directory('/etc'),
    file('/etc/hostname', `${host.hostname}\n`),
    file(
      '/etc/hosts',
      `127.0.0.1\tlocalhost\n${host.address}\t${host.hostname}\n\n::1\tlocalhost ip6-localhost ip6-loopback\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n`,
    ),
    file('/etc/resolv.conf', `nameserver ${host.nameserver}\n`),
    file(
      '/etc/nsswitch.conf',
      'passwd:         files\ngroup:          files\nshadow:         files\n\nhosts:          files dns\nnetworks:       files\n',
    ),
    file('/etc/host.conf', 'multi on\n'),
    file('/etc/debian_version', '12.11\n'),
    link('/etc/os-release', '../usr/lib/os-release'),
    directory('/usr/lib', 0o755),
    file('/usr/lib/os-release', OS_RELEASE),
    file('/etc/issue', 'Debian GNU/Linux 12 \\n \\l\n\n'),
    file('/etc/motd', ''),
    file('/etc/shells', '/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n'),
    file('/etc/environment', ''),
    file('/etc/fstab', '# <file system> <mount point> <type> <options> <dump> <pass>\n/dev/vda1 / ext4 errors=remount-ro 0 1\n'),
    file('/etc/profile', GLOBAL_PROFILE),
    file('/etc/bash.bashrc', ''),
    file('/etc/sudoers', 'Defaults\tenv_reset\nroot\tALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL:ALL) NOPASSWD: ALL\n', 0o440),
    file('/etc/services', SERVICES),
    file('/etc/protocols', 'ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n'),
    file('/etc/timezone', 'Etc/UTC\n'),
    link('/etc/localtime', '/usr/share/zoneinfo/Etc/UTC'),
    file('/etc/machine-id', 'b08dfa6083e7567a1921a715000001fb\n', 0o444),
    directory('/etc/docker'),
    directory('/etc/ssl'),
    directory('/etc/ssl/certs'),
    directory('/etc/apt'),
    directory('/etc/skel'),
    directory('/etc/systemd'),
    directory('/etc/systemd/system'),
  ];
}

const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

/** Everybody has the sbin directories, as with Ubuntu's /etc/environment: students type `service` and `ifconfig` without sudo. */
const GLOBAL_PROFILE = `# read by login shells before the user's own
PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PATH
`;

const SERVICES = `ssh\t\t22/tcp
domain\t\t53/tcp
domain\t\t53/udp
http\t\t80/tcp\t\twww
https\t\t443/tcp
mysql\t\t3306/tcp
postgresql\t5432/tcp
redis\t\t6379/tcp
http-alt\t8080/tcp
docker\t\t2375/tcp
docker-s\t2376/tcp
`;
