/** Programs as a student types them: what real ones of coreutils, util-linux, procps and shadow print, taken from them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
let session: TestSession;
beforeEach(() => {
  session = new TestSession(programs, {
    '/home/student/f': 'hello world\n',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
    '/etc/group': 'root:x:0:\n',
  });
});

interface Case {
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

const cases: readonly Case[] = (
  [
    ['od -c f', '0000000   h   e   l   l   o       w   o   r   l   d  \\n\n0000014\n'],
    ['od -An -tx1 -N 4 f', ' 68 65 6c 6c\n'],
    ['od -t q f', '', "od: invalid character 'q' in type string ‘q’\n", 1],
    ['hexdump -C f', '00000000  68 65 6c 6c 6f 20 77 6f  72 6c 64 0a              |hello world.|\n0000000c\n'],
    ['xxd f', '00000000: 6865 6c6c 6f20 776f 726c 640a            hello world.\n'],
    ['xxd -p f | xxd -r -p', 'hello world\n'],
    ['dd if=f bs=4 count=2 status=noxfer', 'hello wo', '2+0 records in\n2+0 records out\n'],
    ['dd if=nosuch', '', "dd: failed to open 'nosuch': No such file or directory\n", 1],
    ['numfmt --to=iec 2048; numfmt --from=iec 1K', '2.0K\n1024\n'],
    ['numfmt 1K', '', 'numfmt: rejecting suffix in input: ‘1K’ (consider using --from)\n', 2],
    ['du -b f', '12\tf\n'],
    ['timeout 2 tail -f /dev/null; echo $?', '124\n'],
    ['timeout 1 tail -n1 -f f; echo $?', 'hello world\n124\n'],
    ['echo x | timeout 1 tail -f; echo $?', 'x\n0\n'],
    ['find /proc/self/task -maxdepth 2 -name task | wc -l; ls /proc/self/task/*/ | grep -c "^task"', '1\n0\n', '', 1],
    ['du nosuch', '', "du: cannot access 'nosuch': No such file or directory\n", 1],
    // The form before POSIX: a number, then a unit or `c`.
    ['head -5c /etc/passwd; echo; seq 9 | head -2q', 'root:\n1\n2\n', '', 0],
    ['echo a > f; grep -L zzz f; echo $?; grep -L a f; echo $?', 'f\n1\n0\n', '', 0],
    ['grep a .', '', 'grep: .: Is a directory\n', 2],
    ['df nosuch', '', 'df: nosuch: No such file or directory\n', 1],
    ['df --output=target .', 'Mounted on\n/\n'],
    ['{ sleep 9 & killall -9 sleep; wait $!; } 2> /dev/null; echo $?', '137\n'],
    ['killall nosuch', '', 'nosuch: no process found\n', 1],
    ['pidof nosuch', '', '', 1],
    ['umount /etc', '', 'umount: /etc: not mounted.\n', 32],
    ['mkdir m; mount -t tmpfs none m; df --output=fstype m; umount m', 'Type\ntmpfs\n'],
    ['getconf PAGE_SIZE', '4096\n'],
    ['useradd -m bob && id bob', 'uid=1000(bob) gid=1000(bob) groups=1000(bob)\n'],
    ['useradd root', '', "useradd: user 'root' already exists\n", 9],
    ['groupadd dev; useradd ann; usermod -aG dev ann; groups ann', 'ann : ann dev\n'],
    ['cal 2 2024 | tail -n 3', '18 19 20 21 22 23 24  \n25 26 27 28 29        \n                      \n'],
    ['mkdir -p a/b; touch a/c; tree a', 'a\n├── b\n└── c\n\n1 directory, 1 file\n'],
    ['less nosuch; less f', 'nosuch: No such file or directory\nhello world\n'],
    ['strings -n 6 f', 'hello world\n'],
    // As mawk and jq with glibc: every digit of what they compute.
    [
      `awk 'BEGIN { printf "%.17g %.17g %.17g\\n%.17g %.17g %.17g\\n", sin(1e22), exp(0.1), log(10), atan2(1, -2), 1.1 ^ 1000, cos(1) }'`,
      '-0.85220084976718879 1.1051709180756477 2.3025850929940459\n2.677945044588987 2.4699329180060256e+41 0.54030230586813977\n',
    ],
    [
      "jq -nc '[1, 1e22] | map(sin, cos, exp10, atan, sinh)'",
      '[0.8414709848078965,0.5403023058681398,10,0.7853981633974483,1.1752011936438014,-0.8522008497671888,0.523214785395139,1.7976931348623157e+308,1.5707963267948966,1.7976931348623157e+308]\n',
    ],
    [
      "jq -nc '[0.5, 10] | map(log, log2, log10, log1p, logb, significand, frexp)'",
      '[-0.6931471805599453,-1,-0.3010299956639812,0.4054651081081644,-1,1,[0.5,0],2.302585092994046,3.321928094887362,1,2.3978952727983707,3,1.25,[0.625,4]]\n',
    ],
    [
      "jq -nc '[pow(10; -5), pow(2; 0.5), atan2(1; -2), ldexp(3; 4), hypot(3; 4), fma(0.1; 10; -1)]'",
      '[1e-05,1.4142135623730951,2.677945044588987,48,5,5.551115123125783e-17]\n',
    ],
    // What every JavaScript object inherits is no option, unit, class, database or file.
    ['getent constructor', '', "Unknown database: constructor\nTry `getent --help' or `getent --usage' for more information.\n", 1],
    ["tr '[:constructor:]' x", '', 'tr: invalid character class ‘constructor’\n', 1],
    ['date -d constructor', '', 'date: invalid date ‘constructor’\n', 1],
    ['[ 1 constructor 2 ]', '', 'bash: line 1: [: constructor: binary operator expected\n', 2],
    ['sort --sort=constructor f 2>&1 | head -1', 'sort: invalid argument ‘constructor’ for ‘--sort’\n'],
    ['date -Iconstructor 2>&1 | head -1', 'date: invalid argument ‘constructor’ for ‘--iso-8601’\n'],
    ['cp --backup=constructor f g 2>&1 | head -1', 'cp: invalid argument ‘constructor’ for ‘backup type’\n'],
    ['ps -o constructor 2>&1 | head -1', 'error: unknown user-defined format specifier "constructor"\n'],
    ['pgrep --constructor bash 2>&1 | head -1', "pgrep: unrecognized option '--constructor'\n"],
    ['cat /proc/self/net/constructor', '', 'cat: /proc/self/net/constructor: No such file or directory\n', 1],
    ["awk 'BEGIN{print 1'", '', 'awk: line 2: missing } near end of file\n', 2],
    [`awk 'BEGIN{print substr("x"}'`, '', 'awk: line 1: missing ) near }\n', 2],
    ['curl', '', "curl: try 'curl --help' or 'curl --manual' for more information\n", 2],
    ["awk 'BEGIN{return}'", '', 'awk: line 1: return outside function body\n', 2],
    ['grep', '', "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n", 2],
    ['head nosuch', '', "head: cannot open 'nosuch' for reading: No such file or directory\n", 1],
    [
      'apt-get install tree',
      'Reading package lists...\nBuilding dependency tree...\nReading state information...\n',
      'E: Unable to locate package tree\n',
      100,
    ],
  ] as readonly (readonly [command: string, stdout: string, stderr?: string, exit?: number])[]
).map(([command, stdout, stderr = '', exit = 0]) => ({ command, stdout, stderr, exit }));

describe('programs', () => {
  it.each(cases)('$command', ({ command, stdout, stderr, exit }) => {
    expect(session.step(command)).toEqual({ stdout, stderr, exit });
  });
});
