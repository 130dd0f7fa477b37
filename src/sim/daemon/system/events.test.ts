import { expect, test } from 'vitest';
import { EventLog } from '../events.ts';
import { testCause } from '../testing.ts';
import { eventJson } from './events.ts';

test('an event of a container repeats action, id and image at the top', () => {
  const log = new EventLog(() => 1_500_000);
  log.log(testCause, 'container', 'die', { id: 'abc', attributes: { name: 'web', image: 'nginx', exitCode: '0', b: '1' } });
  const { timeNano, ...rest } = eventJson({ epochUs: 1_795_519_498_000_000 }, log.recent[0]);
  expect(JSON.stringify(rest)).toBe(
    '{"status":"die","id":"abc","from":"nginx","Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":' +
      '{"b":"1","exitCode":"0","image":"nginx","name":"web"}},"scope":"local","time":1795519499}',
  );
  expect(timeNano).toBe(1_795_519_499_500_000_500n);
});

test('an event of a network does not', () => {
  const log = new EventLog(() => 0);
  log.log(testCause, 'network', 'connect', { id: 'n', attributes: { name: 'bridge' } });
  expect(Object.keys(eventJson({ epochUs: 0 }, log.recent[0]))).toEqual(['Type', 'Action', 'Actor', 'scope', 'time', 'timeNano']);
});

test('the log keeps the last 256', () => {
  const log = new EventLog(() => 0);
  for (let i = 0; i < 300; i++) log.log(testCause, 'volume', `a${i}`, { id: '', attributes: {} });
  expect([log.recent.length, log.recent[0].action]).toEqual([256, 'a44']);
});
