/**
 * What the client asks of an engine and what it prints: each command line against canned answers (fakeApi.json), as docker 28.2.2
 * did it when tools/recordClientAnswers.mjs recorded it. Ages count from the day of recording.
 */
import { expect, test } from 'vitest';
import type { Sim } from '../kernel/sim.ts';
import { bind, listen, run, socket, thread } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { serveHttp } from '../net/http/server.ts';
import { program } from './docker.ts';
import recorded from './testdata/generated/clientAnswers.json' with { type: 'json' };
import fakeApi from './testdata/generated/fakeApi.json' with { type: 'json' };

interface Canned {
  readonly status: number;
  readonly body?: unknown;
  /** Sent one JSON object a line. */
  readonly lines?: readonly unknown[];
}
const api = fakeApi as unknown as Readonly<Record<string, Canned>>;

/** An engine that knows only canned answers; `requests` collects what it was asked. */
function* fakeEngine(path: string, requests: string[]): Sim<void> {
  const fd = yield* socket('unix', 'stream');
  yield* bind(fd, { path });
  yield* listen(fd);
  yield* thread(function* () {
    yield* serveHttp(fd, function* (req, res) {
      const target = req.target.replace(/^\/v1\.\d+/, '');
      const body = yield* req.body.text();
      const ping = target.startsWith('/_ping');
      if (!ping) requests.push(`${req.method} ${decodeURIComponent(target.replaceAll('+', ' '))}${body === '' ? '' : ` ${body.trim()}`}`);
      res.headers.set('Api-Version', '1.51');
      res.headers.set('Ostype', 'linux');
      if (ping) return yield* res.end(req.method === 'HEAD' ? undefined : 'OK');
      const canned = api[`${req.method} ${target.split('?')[0]}`] ?? { status: 404, body: { message: 'page not found' } };
      yield* res.writeHead(canned.status);
      if (canned.status === 204 || canned.status === 304) return yield* res.end();
      res.headers.set('Content-Type', 'application/json');
      yield* res.end(canned.lines ? canned.lines.map((l) => `${JSON.stringify(l)}\n`).join('') : `${JSON.stringify(canned.body)}\n`);
    });
  });
}

const PARALLEL = new Set(['stop', 'kill', 'restart', 'pause', 'unpause', 'rm', 'wait', 'update']);

const cases = recorded.map((r) => ({ ...r, line: ['docker', ...r.args.map((a) => (/^[\w./:=,@-]+$/.test(a) ? a : `'${a}'`))].join(' ') }));

test.for(cases)('$line', ({ args, stdout, stderr, exit, requests }, context) => {
  const machine = testMachine({ programs: [program], files: { '/var/run/': '' } });
  const asked: string[] = [];
  const answer = {
    ...machine.run(
      function* () {
        yield* fakeEngine('/var/run/docker.sock', asked);
        return yield* run({ path: '/usr/bin/docker', argv: ['docker', ...args] });
      },
      { stdin: '', cwd: '/root', env: { HOME: '/root', PATH: '/usr/bin', DOCKER_HOST: 'unix:///var/run/docker.sock' } },
    ),
  };
  if (/^drydock: .* is not simulated yet\n$/.test(answer.stderr)) context.skip('a command of a later issue');
  // The recording's socket had a longer name, which the columns of this list still show.
  const narrow = (text: string): string => (args[0] === 'context' ? text.replace(/ {2,}/g, '  ') : text);
  answer.stdout = narrow(answer.stdout);
  // Several containers are worked on at once: no order of requests.
  const order = (list: readonly string[]): readonly string[] => (PARALLEL.has(args[0]) ? [...list].sort() : list);
  expect({ ...answer, requests: order(asked) }).toEqual({ stdout: narrow(stdout), stderr, exit, requests: order(requests) });
});
