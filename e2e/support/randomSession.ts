/** A session that nobody would type: commands drawn by fast-check from a seed, on a few names, so that they meet each other. */
import fc from 'fast-check';

/** What is done to a world, and for how long it then goes on (milliseconds of its own time). */
export type Act =
  | { readonly kind: 'keys'; readonly data: string; readonly ms: number }
  | { readonly kind: 'resize'; readonly rows: number; readonly columns: number; readonly ms: number };

const image = fc.constantFrom('busybox', 'alpine', 'busybox', 'nginx', 'nosuch');
const name = fc.constantFrom('a1', 'b2', 'c3', 'd4');
const file = fc.constantFrom('one', 'two', 'dir/three', 'four five', '../student/six');
const network = fc.constantFrom('n1', 'n2', 'bridge');
const volume = fc.constantFrom('v1', 'v2');
const word = fc.constantFrom('x', 'hello', '$HOME', '$((RANDOM % 9))', "'a b'", '*');

const line = (parts: TemplateStringsArray, ...with_: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...with_).map((values) => String.raw({ raw: parts }, ...values));

const host = fc.oneof(
  line`echo ${word} > ${file.map(quoted)}`,
  line`echo ${word} ${word} >> ${file.map(quoted)}`,
  line`cat ${file.map(quoted)} | wc -c`,
  line`mkdir -p dir && cp ${file.map(quoted)} dir/`,
  line`rm -rf ${file.map(quoted)}`,
  line`ls -la`,
  line`ln -sf ${file.map(quoted)} link; cat link`,
  line`chmod ${fc.constantFrom('600', 'u+x', 'a-w')} ${file.map(quoted)}`,
  line`sleep ${fc.constantFrom('0.2', '2', '30')} &`,
  line`kill %1; jobs`,
  line`for i in 1 2 3; do echo $i; done | sort -r`,
  line`x=$(date +%s); echo $((x % 10))`,
  line`ps -e | tail -3`,
  line`curl -s --max-time 1 localhost:8080 | head -c 60`,
);

const docker = fc.oneof(
  line`docker run -d --name ${name} ${image} sleep 60`,
  line`docker run --rm ${image} sh -c 'echo ${fc.constantFrom('in', 'side')}; exit ${fc.constantFrom('0', '3')}'`,
  line`docker run -d --name ${name} -p 8080:80 nginx`,
  line`docker run -d --name ${name} --network ${network} -v ${volume}:/data busybox sh -c 'date > /data/when; sleep 20'`,
  line`docker run -d --restart on-failure:2 --name ${name} busybox sh -c 'sleep 1; exit 1'`,
  line`docker exec ${name} sh -c 'echo ${word} > /tmp/f; cat /tmp/f'`,
  line`docker ${fc.constantFrom('start', 'stop -t 1', 'kill', 'pause', 'unpause', 'restart -t 0', 'rm', 'rm -f', 'logs', 'top', 'wait')} ${name}`,
  line`docker rename ${name} ${name}`,
  line`docker network create ${network}`,
  line`docker network ${fc.constantFrom('connect', 'disconnect')} ${network} ${name}`,
  line`docker network rm ${network}`,
  line`docker volume ${fc.constantFrom('create', 'rm')} ${volume}`,
  line`docker ps -a`,
  line`docker images -q`,
  line`docker inspect ${name} | head -5`,
  line`docker rmi ${image}`,
  line`docker pull -q ${image}`,
  line`docker tag busybox ${fc.constantFrom('mine:1', 'mine:2')}`,
  line`docker stats --no-stream`,
);

function quoted(path: string): string {
  return `'${path}'`;
}

/** Mostly whole lines; now and then a key that cuts in, a tab, a nested shell, another window size. */
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: keys(fc.oneof(host, docker, docker).map((text) => `${text}\r`)) },
  {
    weight: 1,
    arbitrary: keys(fc.constantFrom('\x03', '\x04', '\t\t\r', '\x1b[A\r', '\x15', 'docker run -it --rm alpine\rls; cat one\rexit\r')),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      rows: fc.integer({ min: 10, max: 60 }),
      columns: fc.integer({ min: 40, max: 160 }),
      ms: fc.integer({ min: 0, max: 300 }),
    }),
  },
);

function keys(data: fc.Arbitrary<string>): fc.Arbitrary<Act> {
  return fc.record({ kind: fc.constant('keys' as const), data, ms: fc.integer({ min: 0, max: 2500 }) });
}

export function randomSession(seed: number, count: number): readonly Act[] {
  return fc.sample(act, { seed, numRuns: count });
}

/** What a session needs of a world, here and in the page. */
export interface Typed {
  readonly now: number;
  openTerminal(machine: string, size: { rows: number; columns: number }): number;
  input(terminal: number, data: string): void;
  resize(terminal: number, rows: number, columns: number): void;
  runFast(done: () => boolean, limit: number): Promise<void>;
}

/** Types the session into a world's terminal. */
export async function live(world: Typed, acts: readonly Act[]): Promise<void> {
  await world.runFast(() => false, 2_000_000);
  const terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  for (const act of acts) {
    if (act.kind === 'keys') world.input(terminal, act.data);
    else world.resize(terminal, act.rows, act.columns);
    await world.runFast(() => false, world.now + act.ms * 1000);
  }
}
