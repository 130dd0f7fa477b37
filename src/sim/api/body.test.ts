import { expect, test } from 'vitest';
import { JSON_BODY_BYTES_MAX } from '../kernel/limits.ts';
import { anything } from '../lib/goDecode.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import type { BodyReader } from '../net/http/body.ts';
import { Headers } from '../net/http/headers.ts';
import { Query } from '../net/http/query.ts';
import { readJson } from './body.ts';
import type { ApiRequest } from './route.ts';
import { drive } from './testing.ts';

const PIECE = 65_536;

/** A request whose body goes on with `piece` for ever, and how much of it was read. */
function endless(first: string, piece: string): ApiRequest & { readonly taken: number } {
  let taken = 0;
  const body: BodyReader = {
    length: undefined,
    *read() {
      taken += PIECE;
      return encodeUtf8(taken === PIECE ? first + piece.repeat((PIECE - first.length) / piece.length) : piece.repeat(PIECE / piece.length));
    },
    *bytes() {
      throw new Error('for ever');
    },
    *text() {
      throw new Error('for ever');
    },
  };
  return {
    method: 'POST',
    path: '/containers/create',
    version: '1.50',
    vars: {},
    query: Query.parse(''),
    headers: new Headers({ 'Content-Type': 'application/json' }),
    body,
    cause: { kind: 'api', id: 1, text: '' },
    get taken() {
      return taken;
    },
  };
}

test.each([
  ['is no JSON', '', '\0', "invalid JSON: invalid character '\\x00' looking for beginning of value", PIECE],
  ['has its value and goes on', '{}', 'x', 'unexpected content after JSON', PIECE],
  ['has no end', '["', 'x', 'invalid JSON: http: request body too large', JSON_BODY_BYTES_MAX + PIECE],
])('of a body that %s no more is read than tells so', (_, first, piece, message, taken) => {
  const request = endless(first, piece);
  expect(() => drive(readJson(request, anything))).toThrow(message);
  expect(request.taken).toBe(taken);
});
