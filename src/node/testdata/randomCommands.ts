/** Container commands with random options, for a comparison of two clients. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

type RawFlag = readonly [
  long: string,
  short: string,
  type: string,
  preset?: unknown,
  extras?: { osType?: string; values?: string[] } | null,
];

interface Tree {
  readonly flagSets: readonly (readonly RawFlag[])[];
  readonly commands: readonly { readonly path: string; readonly flags: number; readonly of?: string }[];
}

const tree = JSON.parse(readFileSync(new URL('../../sim/client/cli/generated/commandTree.json', import.meta.url), 'utf8')) as Tree;

/** Right and wrong values by the option's type. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  int: ['0', '1', '100', '-1', '1.5', 'x'],
  uint16: ['0', '10', '500', '1001', '70000', '-1'],
  decimal: ['0.5', '1', '2.25', '-1', 'x'],
  bytes: ['64m', '6m', '1g', '128k', '0', '1.5g', 'x', '-1'],
  duration: ['0s', '5s', '1m30s', '1ms', '500us', '5', 'x'],
  list: ['a=b', 'x', ''],
  map: ['a=b', 'a', '=b'],
  string: ['x', ''],
};

/** Values of options that a type tells too little of. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  'add-host': ['db:10.0.0.5', 'gw:host-gateway', 'a:b:c', 'nohost', 'v6=[::1]'],
  attach: ['stdout', 'stderr', 'nosuch'],
  'blkio-weight-device': ['/dev/vda:200', 'vda', '/dev/vda:5000'],
  'cap-add': ['NET_ADMIN', 'net_raw', 'CAP_SYS_TIME', 'ALL', 'NOSUCH'],
  'cap-drop': ['MKNOD', 'all', 'cap_chown'],
  cgroupns: ['host', 'private', 'nosuch'],
  cidfile: [],
  'cpuset-cpus': ['0', '0-1', '0,1', '7', 'x'],
  'cpuset-mems': ['0', '1', 'x'],
  device: ['/dev/null', '/dev/zero:/dev/z:r', '/dev/null:/dev/n:rwx', '/dev/nosuch', ''],
  'device-cgroup-rule': ['c 1:3 rwm', 'nonsense'],
  'device-read-bps': ['/dev/vda:1mb', '/dev/vda', 'vda:1'],
  'device-read-iops': ['/dev/vda:100', '/dev/vda:x'],
  'device-write-bps': ['/dev/vda:1024', '/dev/vda:-1'],
  'device-write-iops': ['/dev/vda:5', ':'],
  dns: ['1.1.1.1', 'dns.example', '::1'],
  'dns-option': ['ndots:2'],
  'dns-search': ['example.com', '.', 'bad domain'],
  entrypoint: ['sh', '/bin/echo', ''],
  env: ['A=1', 'B=two words', 'NOSUCH', 'C=', '=x'],
  'env-file': ['nosuch.env'],
  expose: ['80', '90/udp', '100-102', '1-70000', 'x', '80/nosuch'],
  gpus: ['all', '2', 'device=0', 'x=y'],
  'group-add': ['staff', '1000'],
  'health-cmd': ['true', 'exit 1'],
  hostname: ['box', 'under_score', '-x'],
  ip: ['172.17.0.77', '10.1.2.3', 'x'],
  ip6: ['2001:db8::5', 'x'],
  ipc: ['private', 'none', 'shareable', 'host', 'container:nosuch', 'nosuch'],
  isolation: ['default', 'process', 'nosuch'],
  label: ['a=b', 'c', 'd=e=f', '=x'],
  'label-file': ['nosuch.labels'],
  link: ['base', 'base:alias', 'nosuch'],
  'log-driver': ['json-file', 'local', 'none', 'nosuch'],
  'log-opt': ['max-size=10m', 'max-file=3', 'nosuch=1', 'x'],
  'mac-address': ['02:42:ac:11:00:99', 'x'],
  mount: [
    'type=tmpfs,dst=/t',
    'type=volume,src=vol1,dst=/v,readonly',
    'type=bind,src=/nosuch,dst=/b',
    'type=x,dst=/y',
    'dst=',
    'type=volume,dst=/a,volume-nocopy',
  ],
  network: ['bridge', 'host', 'none', 'nosuch', 'container:nosuch', 'name=bridge,ip=172.17.0.88'],
  'network-alias': ['web'],
  pid: ['host', 'container:nosuch', 'nosuch'],
  platform: ['linux/amd64', 'linux', 'nosuch/x'],
  publish: [
    '80',
    '8080:80',
    '127.0.0.1:8081:80/tcp',
    '9000-9002:9000-9002',
    '9000-9001:80',
    '70000:80',
    'x:80',
    '80:80/nosuch',
    '53:53/udp',
  ],
  pull: ['always', 'never', 'missing', 'nosuch'],
  restart: ['no', 'always', 'on-failure', 'on-failure:3', 'unless-stopped', 'nosuch', 'on-failure:x', 'always:3'],
  runtime: ['runc', 'nosuch'],
  'security-opt': [
    'no-new-privileges',
    'no-new-privileges=false',
    'seccomp=unconfined',
    'apparmor=unconfined',
    'label=disable',
    'nosuch=1',
    'seccomp=nosuch.json',
    'systempaths=unconfined',
  ],
  'shm-size': ['64m', '0', 'x'],
  'stop-signal': ['SIGINT', '9', 'nosuch'],
  'storage-opt': ['size=10G', 'x'],
  sysctl: ['net.core.somaxconn=1024', 'kernel.msgmax=1', 'nosuch=1', 'x'],
  tmpfs: ['/run', '/tmp:size=1m,mode=1777', 'relative', '/t:nosuch'],
  ulimit: ['nofile=1024', 'nofile=1024:2048', 'nofile=5:1', 'nosuch=1', 'nproc=-1', 'x'],
  user: ['1000', 'nobody', '1000:1000', 'nosuch'],
  userns: ['host', 'nosuch'],
  uts: ['host', 'nosuch'],
  volume: ['/data', 'vol1:/data', '/tmp:/host:ro', 'rel:/x', 'a:b', '/a:/b:nosuch', '/x:relative', '/data:/data:ro,Z'],
  'volume-driver': ['local', 'nosuch'],
  'volumes-from': ['base', 'base:ro', 'nosuch', 'base:nosuch'],
  workdir: ['/srv', 'relative'],
};

/** What makes the two clients wait for each other, or leaves files behind. */
const LEFT_OUT = new Set([
  'help',
  'cidfile',
  'detach',
  'detach-keys',
  'interactive',
  'tty',
  'sig-proxy',
  'use-api-socket',
  'follow',
  'name',
]);

function flagsOf(path: string): readonly RawFlag[] {
  const command = tree.commands.find((candidate) => candidate.path === path);
  if (!command) throw new Error(`no command ${path}`);
  return tree.flagSets[command.flags].filter(([long, , , , extras]) => !LEFT_OUT.has(long) && extras?.osType !== 'windows');
}

const quoted = (value: string): string => `'${value}'`;

/** One option as somebody types it: long or short, its value joined or apart. */
function option([long, short, type, , extras]: RawFlag): fc.Arbitrary<string> {
  if (type === 'bool')
    return fc.constantFrom(`--${long}`, `--${long}=false`, `--${long}=true`, `--${long}=x`, ...(short === '' ? [] : [`-${short}`]));
  const values = BY_NAME[long] ?? extras?.values ?? BY_TYPE[type] ?? ['x'];
  return fc
    .tuple(fc.constantFrom(...values), fc.constantFrom('=', ' ', short === '' ? '=' : 'short'))
    .map(([value, how]) => (how === 'short' ? `-${short} ${quoted(value)}` : `--${long}${how}${quoted(value)}`));
}

const options = (path: string, most: number): fc.Arbitrary<string> =>
  fc
    .subarray([...flagsOf(path)], { maxLength: most })
    .chain((chosen) => fc.tuple(...chosen.map(option)))
    .map((words) => words.join(' '));

const NAMES = ['base', 'c1', 'c2', 'c3', 'c4', 'c5', 'nosuch'];
const name = fc.constantFrom(...NAMES);

const SEEN = '{{json .Config}} {{json .HostConfig}} {{json .Mounts}} {{.State.Status}} {{.Path}} {{json .Args}}';

/** Makes a container with up to four random options, looks at it, and takes it away again. */
const created = fc
  .tuple(options('container create', 4), fc.constantFrom('', 'true', 'sleep 5', 'sh -c "exit 3"'))
  .map(([chosen, command]) => [
    `docker create --name trial ${chosen} busybox ${command}`.trimEnd(),
    `docker inspect trial --format '${SEEN}'`,
    'docker rm -f trial',
  ]);

const PS = '{{.Names}} {{.Image}} {{.Command}} {{.Ports}} {{.State}} {{.Labels}} {{.Mounts}} {{.Networks}} {{.LocalVolumes}}';
const FILTERS = [
  'name=c',
  'status=running',
  'status=exited',
  'label=a',
  'ancestor=busybox',
  'exited=0',
  'exited=x',
  'volume=vol1',
  'nosuch=1',
  'publish=80',
  'health=none',
  'since=c1',
  'before=c3',
];

const verb = fc.oneof(
  fc.tuple(name, options('container update', 2)).map(([n, chosen]) => `docker update ${chosen} ${n}`),
  fc.tuple(fc.constantFrom('start', 'pause', 'unpause', 'port', 'diff', 'kill', 'logs'), name).map(([v, n]) => `docker ${v} ${n}`),
  fc
    .tuple(fc.constantFrom('stop', 'restart'), fc.constantFrom('-t 0', '--time=0', '-s KILL -t 0', '-t x'), name)
    .map(([v, t, n]) => `docker ${v} ${t} ${n}`),
  fc.tuple(fc.constantFrom('-s HUP', '--signal=0', '-s NOSUCH', '-s 9'), name).map(([s, n]) => `docker kill ${s} ${n}`),
  fc.tuple(name, fc.constantFrom('c9', 'c1', 'bad name', '')).map(([n, to]) => `docker rename ${n} '${to}'`),
  fc.tuple(fc.constantFrom('', '-f', '-v', '-fv', '-l'), name).map(([f, n]) => `docker rm ${f} ${n}`),
  fc
    .tuple(fc.constantFrom(...FILTERS), fc.constantFrom('', '-a', '-n 2', '-l', '-q'))
    .map(([f, a]) => `docker ps ${a} --filter ${f} --format '${PS}'`),
  fc
    .tuple(name, fc.constantFrom('-w /tmp', '-e A=b', '-u nobody', '-w rel', '--privileged', '-u nosuch', ''))
    .map(([n, o]) => `docker exec ${o} ${n} sh -c 'id; pwd; echo $A'`),
  fc
    .tuple(name, fc.constantFrom('--tail 1', '-n x', '--since 1h', '--since nosuch', '-t=false', '--details'))
    .map(([n, o]) => `docker logs ${o} ${n}`),
  fc
    .tuple(name, fc.constantFrom('{{.Name}}', '{{.NoSuch}}', '{{json .State.ExitCode}}', '{{range .Mounts}}{{.Destination}} {{end}}', '{{'))
    .map(([n, f]) => `docker inspect --format '${f}' ${n}`),
  fc.constantFrom(
    'docker run -d --name c1 busybox sleep 1000',
    'docker run -d --name c2 -p 8080:80 -l a=b busybox sleep 1000',
    'docker run --name c3 -v vol1:/data busybox sh -c "echo out; echo err >&2; exit 4"',
    'docker create --name c4 --restart on-failure:2 busybox false',
    'docker run --rm busybox nosuchprogram',
    'docker container prune -f --filter label=nosuch',
    'docker volume ls --format "{{.Name}} {{.Driver}}"',
  ),
);

/** A script of `count` commands or a few more; equal seeds give equal scripts. */
export function randomScript(seed: number, count: number): string[] {
  const lines = ['docker pull -q busybox', 'docker run -d --name base -v basedata:/base busybox sleep 1000'];
  const pieces = fc.sample(fc.oneof({ weight: 2, arbitrary: created }, { weight: 3, arbitrary: verb.map((line) => [line]) }), {
    seed,
    numRuns: count,
  });
  for (const piece of pieces) if (lines.length < count) lines.push(...piece.map((line) => line.replace(/ +/g, ' ').trimEnd()));
  return lines;
}
