/**
 * What the client asks of an engine and what it prints: each command line against canned answers (fakeApi.json), as docker 28.2.2
 * did it when tools/recordClientAnswers.mjs recorded it. Ages count from the day of recording.
 */
import { expect, test } from 'vitest';
import { run } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { program } from './docker.ts';
import recorded from './testdata/generated/clientAnswers.json' with { type: 'json' };
import fakeApi from './testdata/generated/fakeApi.json' with { type: 'json' };
import { type FakeApi, fakeEngine } from './testing.ts';

const api = fakeApi as unknown as FakeApi;

const PARALLEL = new Set(['stop', 'kill', 'restart', 'pause', 'unpause', 'rm', 'wait', 'update']);

const cases = recorded.map((r) => ({ ...r, line: ['docker', ...r.args.map((a) => (/^[\w./:=,@-]+$/.test(a) ? a : `'${a}'`))].join(' ') }));

test.for(cases)('$line', ({ args, stdout, stderr, exit, requests }, context) => {
  const machine = testMachine({ programs: [program], files: { '/var/run/': '' } });
  const asked: string[] = [];
  const answer = {
    ...machine.run(
      function* () {
        yield* fakeEngine('/var/run/docker.sock', api, asked);
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
