/** Applets of BusyBox as a student meets them in alpine and busybox, recorded from real ones. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadPrograms, TestSession } from '../../shell/testing.ts';

const programs = await loadPrograms();
let session: TestSession;
beforeEach(() => {
  session = new TestSession(programs, {
    '/home/student/f': 'hello world\n',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
    '/etc/group': 'root:x:0:\n',
  });
  session.step('alias b=busybox-alpine; shopt -s expand_aliases; touch -d 2026-01-02 f');
});

const OFFICIAL = 'BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.\n\n';
const ALPINE = 'BusyBox v1.37.0 (2025-08-05 16:40:33 UTC) multi-call binary.\n\n';
const DEBIAN = 'BusyBox v1.37.0 (Debian 1:1.37.0-6+b3) multi-call binary.\n\n';

type Row = readonly [command: string, stdout: string, stderr?: string, exit?: number];

const check = ([command, stdout, stderr = '', exit = 0]: Row) => expect(session.step(command)).toEqual({ stdout, stderr, exit });

const suite = (name: string, rows: readonly Row[]) =>
  describe(name, () => {
    for (const row of rows) it(row[0], () => check(row));
  });

suite('usage', [
  ['busybox-1.37 cat --help', '', `${OFFICIAL}Usage: cat [-nbvteA] [FILE]...\n`],
  ['busybox-1.37 cat -x', '', `cat: invalid option -- 'x'\n${OFFICIAL}Usage: cat [-nbvteA] [FILE]...\n`, 1],
  ['b cat -x', '', `cat: unrecognized option: x\n${ALPINE}Usage: cat [-nbvteA] [FILE]...\n`, 1],
  ['b head -n', '', `head: option requires an argument: n\n${ALPINE}Usage: head [OPTIONS] [FILE]...\n`, 1],
  [
    'b grep -P x f',
    '',
    `grep: unrecognized option: P\n${ALPINE}Usage: grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...\n`,
    2,
  ],
  ['b du --max-depth=1', '', `du: unrecognized option: max-depth\n${ALPINE}Usage: du [-aHLdclsxhmk] [FILE]...\n`, 1],
  ['b ping', '', `${ALPINE}Usage: ping [OPTIONS] HOST\n`, 1],
  ['b nc', '', `${ALPINE}Usage: nc [OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen\n`, 1],
  ['busybox-static nc', '', `${DEBIAN}Usage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]\n`, 1],
  ['b cmp', '', `${ALPINE}Usage: cmp [-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]\n`, 1],
  ['b truncate -s x y', '', "truncate: invalid number 'x'\n", 1],
  ['b httpd', '', 'httpd: applet not found\n', 127],
  ['b nosuch', '', 'nosuch: applet not found\n', 127],
]);

suite('ls', [
  ['b ls -l f', '-rw-r--r--    1 root     root            12 Jan  2  2026 f\n'],
  ['b ls -lh f', '-rw-r--r--    1 root     root          12 Jan  2  2026 f\n'],
  ['b ls -n f', '-rw-r--r--    1 0        0               12 Jan  2  2026 f\n'],
  ['b ls -g --full-time f', '-rw-r--r--    1 root            12 2026-01-02 00:00:00 +0000 f\n'],
  ['b ls -l /dev/null | cut -c1-43', 'crw-rw-rw-    1 root     root        1,   3\n'],
  ['ln -s f l; b ls -F; b ls -C', 'f\nl@\nf  l\n'],
  ['ln -s f l; b ls --color=always l', '\x1b[0;0ml\x1b[m\n'],
  ['b ls /nosuch', '', 'ls: /nosuch: No such file or directory\n', 1],
  ['mkdir -p d/e; b ls -R d', 'd:\ne\n\nd/e:\n'],
]);

suite('facts', [
  [
    'b stat f | sed -n "1,2p; 4p"',
    '  File: f\n  Size: 12        \tBlocks: 8          IO Block: 4096   regular file\nAccess: (0644/-rw-r--r--)  Uid: (    0/    root)   Gid: (    0/    root)\n',
  ],
  ['b stat f | sed -n 3p | tr 0-9a-f N', 'DNviNN: NNh/NNN\tInoNN: NNN         Links: N\n'],
  ['b free | head -1', '              total        used        free      shared  buff/cache   available\n'],
  ['b df -P . | head -1', 'Filesystem           1024-blocks    Used Available Capacity Mounted on\n'],
  ['b df -i . | head -1', 'Filesystem              Inodes      Used Available Use% Mounted on\n'],
  ['b date -d yesterday', '', "date: invalid date 'yesterday'\n", 1],
  ['b date -s "2020-01-01 10:00"', 'Wed Jan  1 10:00:00 UTC 2020\n', "date: can't set date: Operation not permitted\n"],
  ['b mount nosuch', '', "mount: can't find nosuch in /etc/fstab\n", 1],
  ['b umount', '', `${ALPINE}Usage: umount [-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY\n`, 1],
]);

suite('what images and students use', [
  ['b awk "{"', '', 'awk: cmd. line:1: Unexpected token\n', 1],
  ['b su nosuch', '', 'su: unknown user nosuch\n', 1],
  ['b kill', '', 'kill: you need to specify whom to kill\n', 1],
  ['b kill -l | head -n 1', ' 1) HUP\n'],
  ['b head nosuch; b cat nosuch', '', "head: nosuch: No such file or directory\ncat: can't open 'nosuch': No such file or directory\n", 1],
  ['b tail nosuch', '', "tail: can't open 'nosuch': No such file or directory\ntail: no files\n", 1],
  ['b expr 1 + a', '', 'expr: non-numeric argument\n', 2],
  ['b find . -printf x', '', `find: unrecognized: -printf\n${ALPINE}Usage: find [-HL] [PATH]... [OPTIONS] [ACTIONS]\n`, 1],
  ['b sed s/a f', '', "sed: unmatched '/'\n", 1],
  ['b grep --color=always hello f', 'hello world\n'],
  ['b which', '', `${ALPINE}Usage: which [-a] COMMAND...\n`, 1],
  ['b clear', '\x1b[H\x1b[J'],
  ['b time false', '', 'Command exited with non-zero status 1\nreal\t0m 0.00s\nuser\t0m 0.00s\nsys\t0m 0.00s\n', 1],
  ['b mountpoint /proc; b mountpoint /etc', '/proc is a mountpoint\n/etc is not a mountpoint\n', '', 1],
  ['b nologin', 'This account is not available\n', '', 1],
  ['exec 7< f; b fuser f > pids; grep -c . pids', '1\n'],
  ['exec 7< f; b lsof | grep -c "/home/student/f$" > n; [ $(cat n) -gt 0 ] && echo yes', 'yes\n'],
]);

describe('without a terminal', () => {
  it('top runs on', () => {
    check(['timeout 12 busybox-alpine top > out; echo $?; grep -c "Load average" out', '124\n3\n']);
  });

  it('top prints its own screen', () => {
    const lines = session.step('b top -bn1').stdout.replace(/\d+/g, 'N').split('\n').slice(0, 4);
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
      'Mem: NK used, NK free, NK shrd, NK buff, NK cached',
      'CPU: N% usr N% sys N% nic N% idle N% io N% irq N% sirq',
      'Load average: N.N N.N N.N N/N N',
      ' PID PPID USER STAT VSZ %VSZ CPU %CPU COMMAND',
    ]);
  });

  it('watch runs on, with the time over the right end of its title', () => {
    const { stdout } = session.step('timeout 3 busybox-alpine watch echo hi; timeout 1 busybox-alpine watch -t echo 2');
    expect(stdout.replace(/\d{4}-.*/g, 'TIME')).toBe(
      `${`\x1b[H\x1b[JEvery 2.0s: echo hi${' '.repeat(41)}TIME\n\nhi\n`.repeat(2)}\x1b[H\x1b[J2\n`,
    );
  });
});
