/** A test machine with a daemon on it: containerd runs, images and volumes are the simplest, networks join nothing. */
import { SECOND } from '../kernel/clock.ts';
import { executableStub } from '../kernel/executable.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getenv, getWindowSize, isatty, read, setMemory, sigaction, sleep, uname, write } from '../kernel/syscalls.ts';
import type { TestMachine } from '../kernel/testing.ts';
import { TEST_EPOCH, testMachine } from '../kernel/testing.ts';
import { MemFs } from '../kernel/vfs/memFs.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { createContainerd } from '../runtime/engine.ts';
import type { Daemon } from './daemon.ts';
import { createDaemon } from './daemon.ts';
import { notFound } from './errors.ts';
import { EventLog } from './events.ts';
import { image, recordStore, testConfig } from './testing.ts';

const say = (name: string, main: (argv: readonly string[]) => Sim<number>): Program => ({ name, main });
const programs: Program[] = [
  say('echo', function* (argv) {
    yield* write(1, `${argv.slice(1).join(' ')}\n`);
    return 0;
  }),
  say('both', function* () {
    yield* write(1, 'out\n');
    yield* write(2, 'err\n');
    return 3;
  }),
  say('sleep', function* (argv) {
    yield* sleep(Number(argv[1]) * SECOND);
    return 0;
  }),
  say('polite', function* () {
    yield* sigaction('SIGTERM', function* () {
      yield* write(1, 'bye\n');
      throw new Error('unwind');
    });
    try {
      yield* sleep(1000 * SECOND);
    } catch {
      return 0;
    }
    return 1;
  }),
  say('cat', function* () {
    for (;;) {
      const data = yield* read(0, 4096);
      if (data.length === 0) return 0;
      yield* write(1, data);
    }
  }),
  say('who', function* () {
    const size = (yield* isatty(1)) ? yield* getWindowSize(1) : undefined;
    yield* write(1, `${(yield* uname()).nodename} ${yield* getenv('HOME')} ${size ? `${size.rows}x${size.columns}` : 'no tty'}\n`);
    return 0;
  }),
  say('hog', function* () {
    yield* setMemory(64 << 20);
    yield* sleep(10 * SECOND);
    return 0;
  }),
  say('fail', function* () {
    return 1;
  }),
];

/** The image `busybox` holds the programs above, two that cannot be executed, and the users root and nobody. */
export function daemonMachine(): { readonly machine: TestMachine; readonly daemon: Daemon } {
  const machine = testMachine({ programs, hostname: 'node1' });
  const { kernel, scheduler } = machine;
  const rootfs = new MemFs({ device: kernel.nextDevice(), now: TEST_EPOCH });
  for (const dir of ['/bin', '/tmp', '/root', '/etc']) rootfs.addFile(dir, { directory: true });
  for (const { name } of programs) rootfs.addFile(`/bin/${name}`, { mode: 0o755, data: executableStub(name) });
  rootfs.addFile('/etc/passwd', { data: encodeUtf8('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n') });
  rootfs.addFile('/etc/group', { data: encodeUtf8('root:x:0:\n') });
  rootfs.addFile('/notexec', { mode: 0o644, data: encodeUtf8('x') });
  rootfs.addFile('/garbage', { mode: 0o755, data: encodeUtf8('garbage') });
  const records = recordStore({ images: [image({ layers: [{ diffId: 'd', chainId: 'c', size: 100, cacheId: 'e' }] })] });
  const runtime = createContainerd(kernel);
  const daemon = createDaemon({
    kernel,
    config: testConfig,
    records,
    events: new EventLog(() => scheduler.now),
    clock: { epochUs: TEST_EPOCH },
    runtime,
    images: {
      find(name) {
        if (name !== 'busybox') throw notFound(`No such image: ${name}:latest`);
        return records.all('images')[0];
      },
      *lowers() {
        return [rootfs];
      },
      sizeOf: (layers) => layers.reduce((sum, layer) => sum + layer.size, 0),
      unseen: () => undefined,
      *commit() {
        throw notFound('no images are kept here');
      },
    },
    networks: {
      start() {},
      planEndpoints: () => [],
      *openSandbox(c) {
        return { ...c.network, sandboxId: 's' };
      },
      *closeSandbox(c) {
        return { ...c.network, sandboxId: '' };
      },
      renamed() {},
    },
    volumes: {
      *planMounts() {
        return [];
      },
      *addVolume(mounts) {
        return mounts;
      },
      *prepare() {},
      *release() {},
      *forget() {},
    },
    system: {
      *images() {
        return { layersSize: 0, images: [] };
      },
      *volumes() {
        return [];
      },
      *auth() {
        return { IdentityToken: '', Status: 'Login Succeeded' };
      },
    },
  });
  kernel.spawnInit({
    argv: ['/sbin/init'],
    signals: new Map([['SIGCHLD', 'ignore']]),
    *main() {
      yield* sleep(1e12);
      return 0;
    },
  });
  kernel.spawnInit({ argv: ['containerd'], main: () => runtime.main([]) });
  return { machine, daemon };
}
