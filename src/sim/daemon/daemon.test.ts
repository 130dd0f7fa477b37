import { beforeEach, describe, expect, test } from 'vitest';
import type { CreateRequest } from '../api/types/container.ts';
import type { Gone, HijackedStreams } from '../api/types/streams.ts';
import { SECOND } from '../kernel/clock.ts';
import type { Sim } from '../kernel/sim.ts';
import { now, sigaction, sleep, thread, waitOn } from '../kernel/syscalls.ts';
import type { TestMachine } from '../kernel/testing.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { Daemon } from './daemon.ts';
import { testCause } from './testing.ts';
import { daemonMachine } from './testingMachine.ts';

const NEVER_GONE: Gone = { closed: false, gone: new WaitQueue() };

let machine: TestMachine;
let daemon: Daemon;

beforeEach(() => {
  ({ machine, daemon } = daemonMachine());
});

/** Runs verbs inside a process, as dockerd does, and gives what `body` answers. */
function inside<T>(body: (d: Daemon['backend']) => Sim<T>): T {
  let result: T | undefined;
  let error: unknown;
  machine.run(function* () {
    yield* sigaction('SIGPIPE', 'ignore');
    try {
      result = yield* body(daemon.backend);
      yield* sleep(SECOND);
    } catch (thrown) {
      error = thrown;
    }
    return 0;
  });
  if (error !== undefined) throw error;
  return result as T;
}

/** A client that is attached: what it saw, and what it types. */
class Client implements HijackedStreams {
  text = '';
  readonly #input: Uint8Array[];
  readonly #typed = new WaitQueue();
  #ended = false;

  constructor(input: string[] = [], end = true) {
    this.#input = input.map(encodeUtf8);
    this.#ended = end;
  }
  *read(): Sim<Uint8Array | null> {
    for (;;) {
      const data = this.#input.shift();
      if (data) return data;
      if (this.#ended) return null;
      yield* waitOn(this.#typed);
    }
  }
  *stdout(data: Uint8Array): Sim<void> {
    this.text += decodeUtf8(data);
  }
  *stderr(data: Uint8Array): Sim<void> {
    this.text += `[${decodeUtf8(data)}]`;
  }
  *fault(text: Uint8Array): Sim<void> {
    this.text += `!${decodeUtf8(text)}`;
  }
  *close(): Sim<void> {
    this.text += '|';
  }
}

const ATTACH = { stdin: true, stdout: true, stderr: true, stream: true, logs: false, detachKeys: '' };
const STOP = { signal: '', timeout: undefined };

/** As `docker run` does it: create, attach, wait, start. */
function* run(d: Daemon['backend'], request: CreateRequest, input?: string[], name = ''): Sim<{ id: string; code: number; text: string }> {
  const { Id } = yield* d.create(name, '', { Image: 'busybox', ...request }, testCause);
  const client = new Client(input);
  const attached = yield* thread(() =>
    d.attach(
      Id,
      ATTACH,
      function* () {
        return client;
      },
      testCause,
    ),
  );
  yield* sleep(1000);
  const result = yield* d.wait(Id, request.HostConfig?.AutoRemove ? 'removed' : 'next-exit', NEVER_GONE);
  yield* d.start(Id, testCause);
  const { StatusCode } = yield* result();
  while (!attached.done) yield* waitOn(attached.ended);
  return { id: Id, code: StatusCode, text: client.text };
}

const eventNames = () => daemon.services.events.recent.map((event) => event.action);

describe('running', () => {
  test('output of both streams, exit status, log', () => {
    const seen = inside(function* (d) {
      const { id, code, text } = yield* run(d, { Cmd: ['both'] });
      const log = new Client();
      yield* d.logs(
        id,
        { stdout: true, stderr: true, follow: false, timestamps: false, details: false, since: '', until: '', tail: 'all' },
        function* () {
          return log;
        },
        NEVER_GONE,
      );
      return { code, text, log: log.text, state: (yield* d.inspect(id, false)).State };
    });
    expect(seen).toMatchObject({
      code: 3,
      text: 'out\n[err\n]|',
      log: 'out\n[err\n]',
      state: { Status: 'exited', Running: false, ExitCode: 3, Pid: 0 },
    });
    expect(eventNames()).toEqual(['create', 'attach', 'start', 'die']);
  });

  test('standard input goes in until its end', () => {
    expect(inside((d) => run(d, { Cmd: ['cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true }, ['one\n', 'two\n']))).toMatchObject({
      code: 0,
      text: 'one\ntwo\n|',
    });
  });

  test('a terminal has the size that was asked for, the host name is the short id', () => {
    const seen = inside((d) => run(d, { Cmd: ['who'], Tty: true, HostConfig: { ConsoleSize: [30, 100] } }));
    expect(seen.text).toBe(`${seen.id.slice(0, 12)} /root 30x100\r\n|`);
  });

  test('--rm leaves nothing behind', () => {
    const seen = inside(function* (d) {
      yield* run(d, { Cmd: ['echo', 'hi'], HostConfig: { AutoRemove: true } });
      return yield* d.list({ all: true, size: false, limit: 0, filters: new Map() });
    });
    expect(seen).toEqual([]);
    expect(eventNames()).toEqual(['create', 'attach', 'start', 'die', 'destroy']);
    expect(machine.kernel.processes().map((p) => p.comm)).toEqual(['init', 'containerd']);
  });

  test('the OOM killer', () => {
    const seen = inside(function* (d) {
      const { id, code } = yield* run(d, { Cmd: ['hog'], HostConfig: { Memory: 16 << 20 } });
      return [code, (yield* d.inspect(id, false)).State.OOMKilled];
    });
    expect(seen).toEqual([137, true]);
  });

  test.each([
    [['nosuch'], 127, 'exec: "nosuch": executable file not found in $PATH'],
    [['/nosuch'], 127, 'exec: "/nosuch": stat /nosuch: no such file or directory'],
    [['/etc'], 126, 'exec: "/etc": is a directory: permission denied'],
    [['/notexec'], 126, 'exec: "/notexec": permission denied'],
  ])('%j cannot be started', (Cmd, exitCode, text) => {
    const message = `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${text}`;
    const seen = inside(function* (d) {
      const { Id } = yield* d.create('aa', '', { Image: 'busybox', Cmd }, testCause);
      let thrown = '';
      try {
        yield* d.start('aa', testCause);
      } catch (error) {
        thrown = String((error as Error).message);
      }
      const { State } = yield* d.inspect(Id, false);
      return { thrown, state: [State.Status, State.ExitCode, State.Error] };
    });
    expect(seen).toEqual({ thrown: message, state: ['created', exitCode, message] });
    expect(machine.kernel.processes().map((p) => p.comm)).toEqual(['init', 'containerd']);
  });

  test('a file that is no program fails after the start', () => {
    expect(inside((d) => run(d, { Cmd: ['/garbage'] }))).toMatchObject({ code: 255, text: '[exec /garbage: exec format error\n]|' });
  });
});

describe('creating', () => {
  test.each([
    [{}, 'config cannot be empty in order to create a container'],
    [{ Image: 'nosuch' }, 'No such image: nosuch:latest'],
    [{ Image: 'busybox', WorkingDir: 'x' }, "the working directory 'x' is invalid, it needs to be an absolute path"],
  ])('%j', (request, message) => {
    expect(() => inside((d) => d.create('', '', request, testCause))).toThrow(message);
  });

  test('names: made up, checked, taken', () => {
    inside(function* (d) {
      const made = yield* d.create('', '', { Image: 'busybox' }, testCause);
      expect((yield* d.inspect(made.Id, false)).Name).toMatch(/^\/[a-z]+_[a-z]+$/);
      const web = yield* d.create('web', '', { Image: 'busybox' }, testCause);
      const failures: string[] = [];
      for (const name of ['web', 'bad name']) {
        try {
          yield* d.create(name, '', { Image: 'busybox' }, testCause);
        } catch (error) {
          failures.push((error as Error).message);
        }
      }
      expect(failures).toEqual([
        `Conflict. The container name "/web" is already in use by container "${web.Id}". You have to remove (or rename) that container to be able to reuse that name.`,
        'Invalid container name (bad name), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
      ]);
      return 0;
    });
  });
});

describe('life', () => {
  function* detached(d: Daemon['backend'], Cmd: string[], more: CreateRequest = {}, name = 'web'): Sim<string> {
    const { Id } = yield* d.create(name, '', { Image: 'busybox', Cmd, ...more }, testCause);
    yield* d.start(Id, testCause);
    return Id;
  }

  test('stop waits for the process, then kills it', () => {
    const seen = inside(function* (d) {
      yield* detached(d, ['polite']);
      yield* d.stop('web', STOP, testCause);
      const first = (yield* d.inspect('web', false)).State.ExitCode;
      yield* detached(d, ['sleep', '300'], {}, 'deaf');
      yield* d.stop('deaf', { signal: '', timeout: 1 }, testCause);
      return [first, (yield* d.inspect('deaf', false)).State.ExitCode];
    });
    expect(seen).toEqual([0, 137]);
    expect(eventNames()).toEqual(['create', 'start', 'kill', 'stop', 'die', 'create', 'start', 'kill', 'kill', 'stop', 'die']);
  });

  test('pause, unpause, rename, restart, kill, remove', () => {
    inside(function* (d) {
      const id = yield* detached(d, ['sleep', '300']);
      yield* d.pause('web', testCause);
      expect((yield* d.list({ all: false, size: false, limit: 0, filters: new Map() }))[0].Status).toMatch(/\(Paused\)$/);
      yield* d.unpause('web', testCause);
      yield* d.rename('web', 'db', testCause);
      yield* d.restart('db', { signal: '', timeout: 0 }, testCause);
      yield* d.kill('db', '', testCause);
      yield* d.remove(id.slice(0, 6), { force: false, volumes: false, link: false }, testCause);
      return 0;
    });
    expect(eventNames()).toEqual([
      'create',
      'start',
      'pause',
      'unpause',
      'rename',
      'kill',
      'kill',
      'stop',
      'die',
      'start',
      'restart',
      'kill',
      'die',
      'destroy',
    ]);
  });

  test('rm refuses what runs, rm -f does not', () => {
    inside(function* (d) {
      yield* detached(d, ['sleep', '300']);
      let message = '';
      try {
        yield* d.remove('web', { force: false, volumes: false, link: false }, testCause);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toBe('cannot remove container "web": container is running: stop the container before removing or force remove');
      yield* d.remove('web', { force: true, volumes: false, link: false }, testCause);
      return 0;
    });
    expect(eventNames()).toEqual(['create', 'start', 'kill', 'die', 'destroy']);
  });

  test('on-failure:2 runs it three times', () => {
    const seen = inside(function* (d) {
      yield* detached(d, ['fail'], { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } } });
      yield* sleep(3 * SECOND);
      const { RestartCount, State } = yield* d.inspect('web', false);
      return [RestartCount, State.Status, State.ExitCode];
    });
    expect(seen).toEqual([2, 'exited', 1]);
  });

  test('always comes back, except after stop', () => {
    const seen = inside(function* (d) {
      yield* detached(d, ['sleep', '1'], { HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } });
      yield* sleep(4 * SECOND);
      const { RestartCount } = yield* d.inspect('web', false);
      yield* d.stop('web', { signal: '', timeout: 0 }, testCause);
      yield* sleep(5 * SECOND);
      return [RestartCount > 1, (yield* d.inspect('web', false)).State.Status];
    });
    expect(seen).toEqual([true, 'exited']);
  });

  test('health: starting, then healthy', () => {
    const seen = inside(function* (d) {
      yield* detached(d, ['sleep', '300'], { Healthcheck: { Test: ['CMD', 'echo', 'fine'], Interval: 1e9 } });
      const first = (yield* d.inspect('web', false)).State.Health?.Status;
      yield* sleep(2 * SECOND);
      const { Health } = (yield* d.inspect('web', false)).State;
      yield* d.remove('web', { force: true, volumes: false, link: false }, testCause);
      return [first, Health?.Status, Health?.Log?.[0].Output, Health?.Log?.[0].ExitCode];
    });
    expect(seen).toEqual(['starting', 'healthy', 'fine\n', 0]);
    expect(eventNames()).toContain('health_status: healthy');
  });

  test('logs -f ends with the container', () => {
    const seen = inside(function* (d) {
      const { Id } = yield* d.create('web', '', { Image: 'busybox', Cmd: ['polite'] }, testCause);
      yield* d.start(Id, testCause);
      const client = new Client();
      const follower = yield* thread(() =>
        d.logs(
          'web',
          { stdout: true, stderr: true, follow: true, timestamps: false, details: false, since: '', until: '', tail: 'all' },
          function* () {
            return client;
          },
          NEVER_GONE,
        ),
      );
      yield* sleep(SECOND);
      yield* d.stop('web', STOP, testCause);
      while (!follower.done) yield* waitOn(follower.ended);
      return client.text;
    });
    expect(seen).toBe('bye\n');
  });
});

describe('exec', () => {
  function* exec(d: Daemon['backend'], request: object): Sim<{ text: string; code: number | null; error: string }> {
    const { Id } = yield* d.execCreate('web', { AttachStdout: true, AttachStderr: true, ...request }, testCause);
    const client = new Client();
    let error = '';
    try {
      yield* d.execStart(
        Id,
        {},
        function* () {
          return client;
        },
        testCause,
      );
    } catch (thrown) {
      error = (thrown as Error).message;
    }
    return { text: client.text, code: (yield* d.execInspect(Id)).ExitCode, error };
  }

  test('runs beside the first process, in its namespaces', () => {
    const seen = inside(function* (d) {
      yield* d.create('web', '', { Image: 'busybox', Cmd: ['sleep', '300'], Hostname: 'box' }, testCause);
      yield* d.start('web', testCause);
      const out = [
        yield* exec(d, { Cmd: ['who'] }),
        yield* exec(d, { Cmd: ['both'] }),
        yield* exec(d, { Cmd: ['nosuch'] }),
        yield* exec(d, { Cmd: ['echo'], WorkingDir: '/nosuch' }),
      ];
      yield* d.remove('web', { force: true, volumes: false, link: false }, testCause);
      return out;
    });
    expect(seen).toEqual([
      { text: 'box /root no tty\n|', code: 0, error: '' },
      { text: 'out\n[err\n]|', code: 3, error: '' },
      {
        text: '',
        code: 127,
        error:
          'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH',
      },
      {
        text: '',
        code: 127,
        error:
          'OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("/nosuch") set in config.json failed: no such file or directory',
      },
    ]);
    expect(eventNames().filter((name) => name.startsWith('exec'))).toEqual([
      'exec_create: who ',
      'exec_start: who ',
      'exec_die',
      'exec_create: both ',
      'exec_start: both ',
      'exec_die',
      'exec_create: nosuch ',
      'exec_start: nosuch ',
      'exec_create: echo ',
      'exec_start: echo ',
    ]);
  });

  test('needs a container that runs', () => {
    inside(function* (d) {
      const { Id } = yield* d.create('web', '', { Image: 'busybox' }, testCause);
      expect(() => inside2(d.execCreate('web', { Cmd: ['echo'] }, testCause))).toThrow(`container ${Id} is not running`);
      return 0;
    });
  });
});

/** A coroutine that throws before it waits. */
function inside2(sim: Sim<unknown>): void {
  sim.next();
}

test('of two creates at once with one name one succeeds, wherever they are interrupted', () => {
  const outcomes = inside(function* (d) {
    const seen = new Set<string>();
    for (let lead = 0; lead < 200; lead += 4) {
      const created: string[] = [];
      const attempt = function* (): Sim<void> {
        // The scheduler changes between them after so many steps.
        for (let step = 0; step < lead; step++) yield* now();
        try {
          created.push((yield* d.create('web', '', { Image: 'busybox' }, testCause)).Id);
        } catch (error) {
          created.push(error instanceof Error ? error.message.replace(/[0-9a-f]{64}/, 'ID').slice(0, 30) : 'fault');
        }
      };
      const handles = [yield* thread(attempt), yield* thread(attempt)];
      for (const handle of handles) while (!handle.done) yield* waitOn(handle.ended);
      const ids = created.filter((text) => /^[0-9a-f]{64}$/.test(text));
      seen.add(`${ids.length} ${created.find((text) => !ids.includes(text))}`);
      for (const id of ids) yield* d.remove(id, { force: true, volumes: false, link: false }, testCause);
    }
    return [...seen];
  });
  expect(outcomes).toEqual(['1 Conflict. The container name "']);
});
