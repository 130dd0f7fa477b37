/** Request and answer bodies in JSON. */
import { JSON_BODY_BYTES_MAX } from '../kernel/limits.ts';
import type { Sim } from '../kernel/sim.ts';
import type { Shape } from '../lib/goDecode.ts';
import { GoDecodeError, goDecode } from '../lib/goDecode.ts';
import type { JsonNode } from '../lib/goJson.ts';
import { encodeJson, firstJsonNode, goSyntaxError } from '../lib/goJson.ts';
import { Utf8Decoder } from '../lib/utf8.ts';
import { BODY_TOO_LARGE, type BodyReader } from '../net/http/body.ts';
import type { ResponseWriter } from '../net/http/server.ts';
import { RequestError } from './httpStatus.ts';
import type { ApiRequest } from './route.ts';

/**
 * Reads a body into a type of Docker's, so that handlers and verbs get what the type says and nothing else. Errors as Docker
 * words them: it lets a body of no bytes pass as an empty object where its router does (`empty: 'object'`), and asks for JSON
 * by name whenever there may be a body.
 */
export function* readJson<T>(req: ApiRequest, shape: Shape, empty: 'object' | 'error' = 'object'): Sim<T> {
  const type = req.headers.get('Content-Type') ?? '';
  if (type !== '' || req.body.length !== 0) checkJsonType(type);
  const text = yield* jsonText(req.body);
  if (text.trim() === '') {
    if (empty === 'object' && req.body.length === 0) return {} as T;
    throw new RequestError('invalid', 'invalid JSON: got EOF while reading request body');
  }
  const fault = goSyntaxError(text);
  if (fault !== undefined) throw new RequestError('invalid', `invalid JSON: ${fault}`);
  const { node, rest } = firstJsonNode(text);
  const value = decoded(node, shape);
  if (/^[^\s\]}]/.test(rest.trimStart())) throw new RequestError('invalid', 'unexpected content after JSON');
  return (value ?? {}) as T;
}

/** Bytes after which a body is looked at for the first time while it still comes. */
const FIRST_LOOK = 64 * 1024;

/**
 * The text of a body, as far as Docker's decoder reads it: it stops where the text is no JSON, and when it has a value and something
 * behind it. A body that grows is looked at again each time it has doubled.
 */
function* jsonText(body: BodyReader): Sim<string> {
  const decoder = new Utf8Decoder();
  let text = '';
  let look = FIRST_LOOK;
  for (;;) {
    const data = yield* body.read();
    if (data === null) return text + decoder.flush();
    text += decoder.decode(data);
    if (text.length > JSON_BODY_BYTES_MAX) throw new RequestError('invalid', `invalid JSON: ${BODY_TOO_LARGE}`);
    if (text.length < look) continue;
    look *= 2;
    if (!mayGoOn(text)) return text;
  }
}

/** Whether more text could still make JSON of it, or belong to its value. */
function mayGoOn(text: string): boolean {
  const fault = goSyntaxError(text);
  return fault === undefined ? firstJsonNode(text).rest.trim() === '' : fault === 'EOF' || fault === 'unexpected EOF';
}

function decoded(node: JsonNode, shape: Shape): unknown {
  try {
    return goDecode(node, shape);
  } catch (error) {
    if (error instanceof GoDecodeError) throw new RequestError('invalid', `invalid JSON: ${error.message}`);
    throw error;
  }
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
