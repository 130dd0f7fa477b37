import { expect, test } from 'vitest';
import { applyChanges } from './apply.ts';

const before = { Env: ['PATH=/bin'], Cmd: ['old'], WorkingDir: '/srv' };

test.for([
  ['CMD echo hi', { Cmd: ['/bin/sh', '-c', 'echo hi'], ArgsEscaped: true }],
  ['cmd ["echo","hi"]', { Cmd: ['echo', 'hi'], ArgsEscaped: false }],
  ['ENTRYPOINT ["run"]', { Entrypoint: ['run'], Cmd: null }],
  ['ENV A="x y" B=$PATH:/usr', { Env: ['PATH=/bin', 'A=x y', 'B=/bin:/usr'] }],
  ['ENV PATH /usr/bin and more', { Env: ['PATH=/usr/bin and more'] }],
  ['ENV A=${NONE:-other}', { Env: ['PATH=/bin', 'A=other'] }],
  ['EXPOSE 80 53/udp 90-91', { ExposedPorts: { '53/udp': {}, '80/tcp': {}, '90/tcp': {}, '91/tcp': {} } }],
  ['VOLUME ["/a","/b"]', { Volumes: { '/a': {}, '/b': {} } }],
  ['WORKDIR app', { WorkingDir: '/srv/app' }],
  ['LABEL a=1 "b c"=2', { Labels: { a: '1', 'b c': '2' } }],
  ['HEALTHCHECK --interval=5s --retries=2 CMD true', { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9, Retries: 2 } }],
  ['HEALTHCHECK NONE', { Healthcheck: { Test: ['NONE'] } }],
  ['ONBUILD RUN x', { OnBuild: ['RUN x'] }],
] as const)('%s', ([change, expected]) => {
  expect(applyChanges(before, [change])).toEqual({ ...before, ...expected });
});

test('a command that was set before the entrypoint stays', () => {
  expect(applyChanges(before, ['CMD ["a"]', 'ENTRYPOINT ["b"]'])).toMatchObject({ Cmd: ['a'], Entrypoint: ['b'] });
});

test.for([
  ['RUN x', 'RUN is not a valid change command'],
  ['ENV A', 'ENV must have two arguments'],
  ['LABEL a=b c', 'Syntax error - can\'t find = in "c". Must be of the form: name=value'],
  ['CMD', 'CMD requires at least one argument'],
  ['USER', 'USER requires exactly one argument'],
  ['STOPSIGNAL BOGUS', 'invalid signal: BOGUS'],
  ['EXPOSE x', 'invalid containerPort: x'],
  ['HEALTHCHECK x', 'Unknown type "x" in HEALTHCHECK (try CMD)'],
  ['ONBUILD ONBUILD RUN x', "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"],
])('%s is refused', ([change, message]) => {
  expect(() => applyChanges(before, [change])).toThrow(message);
});
