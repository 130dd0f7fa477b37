/** The network tools on one machine at 10.0.0.11 with the router 10.0.0.1 and example.com behind it. */
import { describe, expect, test } from 'vitest';
import { run as runProgram, sleep, spawn, waitpid } from '../../kernel/syscalls.ts';
import { NetStack } from '../../net/stack.ts';
import { networkedMachine } from '../../net/testing.ts';
import { program as dig } from '../dig.ts';
import { program as getent } from '../getent.ts';
import { program as host } from '../host.ts';
import { program as ifconfig } from '../ifconfig.ts';
import { program as ip } from '../ip.ts';
import { ALPINE } from '../lib/busyboxBuild.ts';
import { program as nc } from '../nc.ts';
import { program as nslookup } from '../nslookup.ts';
import { program as ping } from '../ping.ts';
import { program as ss } from '../ss.ts';
import { program as traceroute } from '../traceroute.ts';
import { NETWORK_APPLETS } from './busybox.ts';

const busybox = { name: 'busybox', main: (argv: readonly string[]) => NETWORK_APPLETS[argv[1]](argv.slice(1), ALPINE) };

function lab() {
  const net = networkedMachine({ programs: [dig, getent, host, ifconfig, ip, nc, nslookup, ping, ss, traceroute, busybox] });
  net.internet.attachHost(new NetStack(net.world, 'example.com'), ['93.184.215.14']);
  net.internet.addHost('example.com', '93.184.215.14');
  const device = net.stack.interface('eth0');
  if (device) device.mac = '02:00:00:00:00:11';
  return net;
}

/** Times differ from run to run of the simulator's own making; their form does not. */
const timeless = (text: string) => text.replace(/\d+[\d./]*(?= ms)|(?<=time )\d+(?=ms)/g, 'T');

const cases: readonly (readonly [string, string, string, number])[] = [
  [
    'ip addr show eth0',
    '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    link/ether 02:00:00:00:00:11 brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.11/24 brd 10.0.0.255 scope global eth0\n       valid_lft forever preferred_lft forever\n',
    '',
    0,
  ],
  [
    'ip -o -4 addr show',
    '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever\n2: eth0    inet 10.0.0.11/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever preferred_lft forever\n',
    '',
    0,
  ],
  ['ip r', 'default via 10.0.0.1 dev eth0 \n10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.11 \n', '', 0],
  ['ip -br a', 'lo               UNKNOWN        127.0.0.1/8 ::1/128 \neth0             UP             10.0.0.11/24 \n', '', 0],
  ['ip addr show eth9', '', 'Device "eth9" does not exist.\n', 1],
  ['ip route get 93.184.215.14', '93.184.215.14 via 10.0.0.1 dev eth0 src 10.0.0.11 uid 0 \n    cache \n', '', 0],
  [
    'ping -c 2 example.com',
    'PING example.com (93.184.215.14) 56(84) bytes of data.\n64 bytes from example.com (93.184.215.14): icmp_seq=1 ttl=63 time=T ms\n64 bytes from example.com (93.184.215.14): icmp_seq=2 ttl=63 time=T ms\n\n--- example.com ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time Tms\nrtt min/avg/max/mdev = T ms\n',
    '',
    0,
  ],
  [
    'ping -c 1 10.0.0.99',
    'PING 10.0.0.99 (10.0.0.99) 56(84) bytes of data.\nFrom 10.0.0.11 icmp_seq=1 Destination Host Unreachable\n\n--- 10.0.0.99 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time Tms\n\n',
    '',
    1,
  ],
  ['ping nosuch', '', 'ping: nosuch: Name or service not known\n', 2],
  [
    'busybox ping -c 1 example.com',
    'PING example.com (93.184.215.14): 56 data bytes\n64 bytes from 93.184.215.14: seq=0 ttl=63 time=T ms\n\n--- example.com ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\nround-trip min/avg/max = T ms\n',
    '',
    0,
  ],
  ['busybox ping -c 1 bb', '', "ping: bad address 'bb'\n", 1],
  ['busybox wget -qO- http://nosuch', '', "wget: bad address 'nosuch'\n", 1],
  [
    'busybox wget -O- http://10.0.0.11:81',
    '',
    "Connecting to 10.0.0.11:81 (10.0.0.11:81)\nwget: can't connect to remote host (10.0.0.11): Connection refused\n",
    1,
  ],
  [
    'nslookup example.com',
    'Server:\t\t10.0.0.1\nAddress:\t10.0.0.1#53\n\nNon-authoritative answer:\nName:\texample.com\nAddress: 93.184.215.14\n\n',
    '',
    0,
  ],
  ['nslookup nosuch', "Server:\t\t10.0.0.1\nAddress:\t10.0.0.1#53\n\n** server can't find nosuch: NXDOMAIN\n\n", '', 1],
  ['dig +short example.com', '93.184.215.14\n', '', 0],
  ['host example.com', 'example.com has address 93.184.215.14\n', '', 0],
  ['getent hosts example.com', '93.184.215.14   example.com\n', '', 0],
  ['getent passwd root', 'root:x:0:0:root:/root:/bin/bash\n', '', 0],
  [
    'traceroute -n -q 1 example.com',
    'traceroute to example.com (93.184.215.14), 30 hops max, 60 byte packets\n 1  10.0.0.1  T ms\n 2  93.184.215.14  T ms\n',
    '',
    0,
  ],
  ['nc -zv 10.0.0.1 81', '', 'nc: connect to 10.0.0.1 port 81 (tcp) failed: Connection refused\n', 1],
  ['busybox nc 10.0.0.1 81', '', 'nc: 10.0.0.1 (10.0.0.1:81): Connection refused\n', 1],
];

describe('one command', () => {
  test.each(cases)('%s', (command, stdout, stderr, exit) => {
    const result = lab().machine.run(command.split(' '));
    expect({ ...result, stdout: timeless(result.stdout) }).toEqual({ stdout, stderr, exit });
  });
});

test('nc listens, ss shows it with its process, another nc talks to it', () => {
  const { machine } = lab();
  const result = machine.run(
    function* () {
      const server = yield* spawn({
        path: '/usr/bin/nc',
        argv: ['nc', '-l', '-p', '9000'],
        fds: new Map([
          [0, 2],
          [1, 1],
          [2, 2],
        ]),
      });
      yield* sleep(100_000);
      yield* runProgram({ path: '/usr/bin/ss', argv: ['ss', '-ltnp'] });
      yield* runProgram({ path: '/usr/bin/nc', argv: ['nc', '-N', 'localhost', '9000'] });
      yield* waitpid(server);
      return 0;
    },
    { stdin: 'hello\n' },
  );
  expect(result.stdout.replace(/pid=\d+/, 'pid=N')).toBe(
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess                   \nLISTEN 0      1            0.0.0.0:9000      0.0.0.0:*    users:(("nc",pid=N,fd=3))\nhello\n',
  );
});
