import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Program } from './program.ts';
import { pause, type Sim } from './sim.ts';
import {
  accept,
  appendFile,
  bind,
  close,
  compute,
  connect,
  dup2,
  exec,
  exit,
  getpid,
  kill,
  listen,
  mkdir,
  mkdirAll,
  mount,
  open,
  pipe,
  read,
  readAll,
  readdir,
  readFile,
  readText,
  rename,
  rmdir,
  run,
  setMemory,
  sigaction,
  sleep,
  socket,
  spawn,
  stat,
  symlink,
  thread,
  unlink,
  unshare,
  waitpid,
  write,
  writeFile,
} from './syscalls.ts';
import { testMachine } from './testing.ts';

const cat: Program = {
  name: 'cat',
  *main(argv): Sim<number> {
    for (const file of argv.slice(1)) yield* write(1, yield* readFile(file));
    if (argv.length === 1) for (let data = yield* read(0); data.length > 0; data = yield* read(0)) yield* write(1, data);
    return 0;
  },
};
const yes: Program = {
  name: 'yes',
  *main(): Sim<number> {
    for (;;) yield* write(1, 'y\n'.repeat(100));
  },
};
const spin: Program = {
  name: 'spin',
  *main(): Sim<number> {
    for (;;) yield* pause();
  },
};

describe('processes', () => {
  it('runs a program from its file and gives its status', () => {
    expect(testMachine({ programs: [cat] }).run(['cat'], { stdin: 'hello\n' })).toEqual({ stdout: 'hello\n', stderr: '', exit: 0 });
  });

  it('follows #! and execute permission', () => {
    const m = testMachine({ programs: [cat], files: { '/home/student/show': '#!/usr/bin/cat\nme\n' } });
    expect(m.run(['/home/student/show'])).toEqual({ stdout: '', stderr: '/home/student/show: Permission denied\n', exit: 126 });
    m.root.root.lookup('home')!.lookup('student')!.lookup('show')!.mode |= 0o755;
    expect(m.run(['/home/student/show']).stdout).toBe('#!/usr/bin/cat\nme\n');
    expect(m.run(['nope'])).toEqual({ stdout: '', stderr: 'nope: No such file or directory\n', exit: 127 });
  });

  it('streams through a pipe and kills the writer that nobody reads', () => {
    const result = testMachine({ programs: [yes] }).run(function* () {
      const [r, w] = yield* pipe();
      const pid = yield* spawn({ path: '/usr/bin/yes', fds: new Map([[1, w]]) });
      yield* close(w);
      yield* write(1, yield* read(r, 4));
      yield* close(r);
      const ended = yield* waitpid(pid);
      yield* write(1, JSON.stringify(ended!.status));
      return 0;
    });
    expect(result.stdout).toBe('y\ny\n{"kind":"signaled","signal":"SIGPIPE","coreDumped":false}');
  });

  it('kills a busy loop and runs finally blocks', () => {
    const result = testMachine({ programs: [spin] }).run(function* () {
      const pid = yield* spawn({
        *main() {
          try {
            for (;;) yield* pause();
          } finally {
            yield* write(1, 'unwound\n');
          }
        },
      });
      yield* sleep(1000);
      yield* kill(pid, 'SIGTERM');
      yield* waitpid(pid);
      return 0;
    });
    expect(result.stdout).toBe('unwound\n');
  });

  it('runs handlers in the middle of a sleep, which goes on', () => {
    const result = testMachine().run(function* () {
      yield* sigaction('SIGUSR1', function* () {
        yield* write(1, 'caught\n');
      });
      const me = yield* getpid();
      yield* thread(function* () {
        yield* sleep(500);
        yield* kill(me, 'SIGUSR1');
      });
      yield* sleep(10_000);
      yield* write(1, 'woke\n');
      return 3;
    });
    expect(result).toEqual({ stdout: 'caught\nwoke\n', stderr: '', exit: 3 });
  });

  it('delivers a handler to a loop that only pauses', () => {
    const result = testMachine().run(function* () {
      let stop = false;
      yield* sigaction('SIGINT', function* () {
        stop = true;
      });
      const me = yield* getpid();
      yield* thread(() => kill(me, 'SIGINT'));
      while (!stop) yield* pause();
      return 7;
    });
    expect(result.exit).toBe(7);
  });

  it('stops and continues', () => {
    const result = testMachine().run(function* () {
      const pid = yield* spawn({
        *main() {
          yield* sleep(1000);
          yield* write(1, 'done\n');
          return 0;
        },
      });
      yield* kill(pid, 'SIGSTOP');
      const stopped = yield* waitpid(pid, { untraced: true });
      yield* write(1, `${stopped!.status.kind}\n`);
      yield* sleep(10_000);
      yield* kill(pid, 'SIGCONT');
      yield* waitpid(pid);
      return 0;
    });
    expect(result.stdout).toBe('stopped\ndone\n');
  });

  it('replaces itself with exec', () => {
    const m = testMachine({ programs: [cat], files: { '/tmp/a': 'A\n' } });
    expect(
      m.run(function* () {
        return yield* exec('/usr/bin/cat', ['cat', '/tmp/a']);
      }),
    ).toEqual({ stdout: 'A\n', stderr: '', exit: 0 });
  });

  it('exits from deep inside, and with 128 + n by signal', () => {
    const m = testMachine();
    expect(
      m.run(function* () {
        yield* exit(42);
        return 0;
      }).exit,
    ).toBe(42);
    expect(
      m.run(function* () {
        yield* kill(yield* getpid(), 'SIGSEGV');
        return 0;
      }).exit,
    ).toBe(139);
  });
});

describe('files', () => {
  it('redirects with dup2 and appends', () => {
    const result = testMachine().run(function* () {
      const fd = yield* open('/tmp/log', 'a');
      yield* dup2(fd, 1);
      yield* write(1, 'one\n');
      yield* appendFile('/tmp/log', 'two\n');
      yield* write(2, yield* readText('/tmp/log'));
      return 0;
    });
    expect(result.stderr).toBe('one\ntwo\n');
  });

  it('resolves links, .. and refuses loops', () => {
    const result = testMachine().run(function* () {
      yield* mkdirAll('/tmp/a/b');
      yield* writeFile('/tmp/a/f', 'x');
      yield* symlink('../f', '/tmp/a/b/l');
      yield* write(1, yield* readFile('/tmp/a/b/../b/l'));
      yield* symlink('loop', '/tmp/loop');
      try {
        yield* stat('/tmp/loop');
      } catch (error) {
        yield* write(1, `\n${(error as Error).message}\n`);
      }
      return 0;
    });
    expect(result.stdout).toBe('x\nToo many levels of symbolic links\n');
  });

  it('asks for permission', () => {
    const m = testMachine({ files: { '/root/secret': 's' } });
    m.root.root.lookup('root')!.mode = 0o40700;
    expect(
      m.run(
        function* () {
          try {
            yield* readFile('/root/secret');
          } catch (error) {
            yield* write(2, (error as Error).message);
          }
          return 0;
        },
        { uid: 1000 },
      ).stderr,
    ).toBe('Permission denied');
  });

  it('shows lower files through an overlay, copies up and hides', () => {
    const result = testMachine({
      files: { '/lower/keep': 'low', '/lower/gone': 'x', '/lower/dir/in': 'y', '/upper/': '', '/work/': '', '/merged/': '' },
    }).run(function* () {
      yield* mount('overlay', '/merged', 'overlay', { lower: ['/lower'], upper: '/upper', work: '/work' });
      yield* appendFile('/merged/keep', '+up');
      yield* unlink('/merged/gone');
      yield* rename('/merged/dir/in', '/merged/out');
      yield* write(
        1,
        `${(yield* readdir('/merged'))
          .map((e) => e.name)
          .sort()
          .join(' ')}\n`,
      );
      yield* write(1, `${yield* readText('/merged/keep')} ${yield* readText('/lower/keep')} ${yield* readText('/merged/out')}\n`);
      const whiteout = yield* stat('/upper/gone');
      yield* write(1, `${(whiteout.mode >> 12).toString(8)} ${whiteout.rdev}\n`);
      return 0;
    });
    expect(result.stdout).toBe('dir keep out\nlow+up low y\n2 0\n');
  });

  it('has devices and proc', () => {
    const m = testMachine({ programs: [cat] });
    expect(
      m.run(function* () {
        yield* writeFile('/dev/null', 'gone');
        const zero = yield* open('/dev/zero');
        yield* write(1, String((yield* read(zero, 3)).join()));
        yield* write(1, ` ${yield* readText('/proc/self/comm')}`);
        return yield* run({ path: '/usr/bin/cat', argv: ['cat', '/proc/self/cmdline'] });
      }).stdout,
    ).toBe('0,0,0 test\ncat\0/proc/self/cmdline\0');
  });
});

describe('namespaces and terminals', () => {
  it('numbers processes from 1 in a new pid namespace', () => {
    const result = testMachine().run(function* () {
      yield* unshare(['pid', 'mnt']);
      const outside = yield* spawn({
        *main() {
          yield* write(1, `inside ${yield* getpid()}\n`);
          return 0;
        },
      });
      yield* waitpid(outside);
      yield* write(1, `outside ${outside > 1}\n`);
      return 0;
    });
    expect(result.stdout).toBe('inside 1\noutside true\n');
  });

  it('echoes and edits a line, and ^C ends the foreground', () => {
    const m = testMachine({ programs: [cat] });
    const line = m.run(
      function* () {
        yield* write(1, yield* read(0));
        return 0;
      },
      { tty: true, stdin: 'abx\x7fc\r' },
    );
    expect(line.stdout).toBe('abx\b \bc\r\nabc\r\n');
    expect(m.run(['cat'], { tty: true, stdin: 'a\r\x03' })).toEqual({ stdout: 'a\r\n^C', stderr: '', exit: 130 });
  });

  it('connects unix sockets', () => {
    const result = testMachine().run(function* () {
      const server = yield* socket('unix', 'stream');
      yield* bind(server, { path: '/run/s' });
      yield* listen(server);
      yield* thread(function* () {
        const { fd } = yield* accept(server);
        yield* write(fd, `got ${decodeUtf8(yield* read(fd))}`);
        yield* close(fd);
      });
      const client = yield* socket('unix', 'stream');
      yield* connect(client, { path: '/run/s' });
      yield* write(client, 'ping');
      yield* write(1, yield* readAll(client));
      return 0;
    });
    expect(result.stdout).toBe('got ping');
  });

  it('counts CPU and freezes a group', () => {
    const m = testMachine();
    const group = m.kernel.cgroups.at('/box');
    const process = m.kernel.spawnInit({
      *main() {
        yield* mkdir('/tmp/x');
        yield* compute(5000);
        return 0;
      },
      argv: ['job'],
      cgroup: '/box',
    });
    group.freeze(true);
    m.scheduler.runUntil(10_000);
    expect([process.state, group.cpuUsage < 100]).toEqual(['running', true]);
    group.freeze(false);
    m.scheduler.runUntil(30_000);
    expect([process.state, group.cpuUsage >= 5000]).toEqual(['gone', true]);
  });
});

describe('control groups and proc as files', () => {
  it('makes a group, limits it, moves a process into it, and the limit holds', () => {
    const m = testMachine();
    const result = m.run(function* () {
      yield* mkdir('/sys/fs/cgroup/box');
      yield* writeFile('/sys/fs/cgroup/box/memory.max', '10M\n');
      yield* writeFile('/sys/fs/cgroup/box/pids.max', '3\n');
      yield* write(1, `${yield* readText('/sys/fs/cgroup/box/memory.max')}${yield* readText('/sys/fs/cgroup/box/pids.max')}`);
      const pid = yield* spawn({
        *main() {
          yield* writeFile('/sys/fs/cgroup/box/cgroup.procs', '0\n');
          yield* setMemory(64 << 20);
          return 0;
        },
      });
      yield* write(1, `${JSON.stringify((yield* waitpid(pid))!.status)}\n`);
      yield* write(1, (yield* readText('/sys/fs/cgroup/box/memory.events')).split('\n').slice(-2).join('\n'));
      yield* rmdir('/sys/fs/cgroup/box');
      return 0;
    });
    expect(result.stdout).toBe('10485760\n3\n{"kind":"signaled","signal":"SIGKILL","coreDumped":false}\noom_kill 1\n');
  });

  it('lets something be mounted inside proc', () => {
    const result = testMachine({ files: { '/tmp/mask': 'hidden' } }).run(function* () {
      yield* mount('/tmp/mask', '/proc/meminfo', '', { bind: true });
      yield* write(1, yield* readText('/proc/meminfo'));
      return 0;
    });
    expect(result.stdout).toBe('hidden');
  });
});
