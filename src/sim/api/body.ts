/** Request and answer bodies in JSON. */
import type { Sim } from '../kernel/sim.ts';
import { encodeJson, firstJsonValue, goSyntaxError } from '../lib/goJson.ts';
import type { ResponseWriter } from '../net/http/server.ts';
import { RequestError } from './httpStatus.ts';
import type { ApiRequest } from './route.ts';

/**
 * Reads a JSON object. Errors as Docker words them: it lets a body of no bytes pass as an empty object where its router
 * does (`empty: 'object'`), and asks for JSON by name whenever there may be a body.
 */
export function* readJson<T>(req: ApiRequest, empty: 'object' | 'error' = 'object'): Sim<T> {
  const type = req.headers.get('Content-Type') ?? '';
  if (type !== '' || req.body.length !== 0) checkJsonType(type);
  const text = yield* req.body.text();
  if (text.trim() === '') {
    if (empty === 'object' && req.body.length === 0) return {} as T;
    throw new RequestError('invalid', 'invalid JSON: got EOF while reading request body');
  }
  const fault = goSyntaxError(text);
  if (fault !== undefined) throw new RequestError('invalid', `invalid JSON: ${fault}`);
  const { value, rest } = firstJsonValue(text);
  if (/^[^\s\]}]/.test(rest.trimStart())) throw new RequestError('invalid', 'unexpected content after JSON');
  if (value === null) return {} as T;
  if (typeof value !== 'object' || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    throw new RequestError('invalid', `invalid JSON: json: cannot unmarshal ${kind} into Go value of type struct`);
  }
  return value as T;
}

function checkJsonType(type: string): void {
  const mime = type.split(';')[0].trim().toLowerCase();
  if (mime === 'application/json') return;
  if (mime === '') throw new RequestError('invalid', `malformed Content-Type header (${type}): mime: no media type`);
  throw new RequestError('invalid', `unsupported Content-Type header (${type}): must be 'application/json'`);
}

/** One JSON value and a newline, as Go's encoder writes it. */
export function* writeJson(res: ResponseWriter, value: unknown, status = 200): Sim<void> {
  res.headers.set('Content-Type', 'application/json');
  yield* res.writeHead(status);
  yield* res.end(`${encodeJson(value)}\n`);
}

export function* noContent(res: ResponseWriter, status = 204): Sim<void> {
  yield* res.writeHead(status);
  yield* res.end();
}
