import { expect, it } from 'vitest';
import { callState, callWords } from './messageWords.ts';
import { message } from './testing.ts';

const pull = (rest: Parameters<typeof message>[3]) => message(1, 'POST', '/v1.50/images/create?fromImage=mysql', rest);
const line = '{"status":"Pulling from library/mysql","id":"latest"}\r\n';

it.each([
  ['the call is out', { status: undefined, open: true }, 'waiting', 'in flight'],
  ['its answer has begun', { open: true, responseBody: line }, 'streaming', 'in flight'],
  ['the answer is whole', { responseBody: line }, 'done', 'OK'],
  ['the client went away in its middle', { hungUp: true, responseBody: line }, 'hungUp', 'client hung up'],
  ['the client went away before it began', { status: undefined, hungUp: true }, 'hungUp', 'client hung up'],
  ['Docker refused', { status: 404, responseBody: '{"message":"No such image"}\n' }, 'failed', 'No such image'],
  [
    'Docker failed after it had said 200',
    { responseBody: `${line}{"errorDetail":{"message":"no space left on device"},"error":"no space left on device"}\r\n` },
    'failed',
    'no space left on device',
  ],
] as const)('%s', (_, rest, state, words) => {
  expect([callState(pull(rest)), callWords(pull(rest))]).toEqual([state, words]);
});
