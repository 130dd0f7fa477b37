import { expect, it } from 'vitest';
import { Pairing } from './pairing.ts';
import { reduce } from './placeholders.ts';

const LONG = 'b62001cfd013b8de6b5e879182cf80efb81e2f05c05c588eff8a0a7dce496f2e';

it.each([
  ['CreatedAt 2026-11-24 14:00:01 +0000 UTC', 'CreatedAt <time>'],
  ['Up 3 minutes (healthy)', 'Up <age> (healthy)'],
  ['Up Less than a second', 'Up <age>'],
  ['172.17.0.2 - - [24/Nov/2026:14:00:01 +0000] "GET / HTTP/1.1" 200', '172.17.0.2 - - [<time>] "GET / HTTP/1.1" 200'],
  ['4.26MB / 1.2GiB  0.3%', '<size> / <size>  <percent>'],
  ['80/tcp -> 0.0.0.0:32768', '80/tcp -> 0.0.0.0:<port>'],
  ['80/tcp -> 0.0.0.0:8080', '80/tcp -> 0.0.0.0:8080'],
  ['02:42:ac:11:00:02', '<mac>'],
  ['REPOSITORY    TAG   \n', 'REPOSITORY  TAG'],
  ['b62001cfd013: Pulling fs layer\nb62001cfd013: Waiting\nc62001cfd013: Pull complete\nStatus: ok', '<layers move>\nStatus: ok'],
  ['WARNING: No swap limit support\nok', 'ok'],
  ['\x1b[1mbold\x1b[0m\r\n', 'bold'],
])('%j is compared as %j', (text, expected) => {
  expect(reduce(text).text).toBe(expected);
});

it('keeps ids apart from what only looks like one', () => {
  expect(reduce(`${LONG}\nb62001cfd013  jolly_hodgkin my_volume`)).toEqual({
    text: '<id>\n<id>  <name> my_volume',
    ids: ['b62001cfd013', 'b62001cfd013', 'jolly_hodgkin'],
  });
});

it('ids of two runs pair one to one over all steps', () => {
  const pairing = new Pairing();
  expect(pairing.fits(['a', 'b', 'a'], ['x', 'y', 'x'])).toBe(true);
  expect(pairing.fits(['a'], ['y'])).toBe(false);
  expect(pairing.fits(['c'], ['x'])).toBe(false);
  expect(pairing.fits(['c'], ['z'])).toBe(true);
  expect(pairing.fits(['c'], [])).toBe(false);
});
