/** RESP, the protocol of Redis (version 2). */
import type { Sim } from '../../kernel/sim.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { StreamReader } from '../../net/http/duplex.ts';
import { HttpError } from '../../net/http/duplex.ts';

export type Reply =
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'bulk'; readonly text: string | null }
  | { readonly kind: 'array'; readonly items: readonly Reply[] | null };

export const OK: Reply = { kind: 'status', text: 'OK' };
export const NIL: Reply = { kind: 'bulk', text: null };
export const status = (text: string): Reply => ({ kind: 'status', text });
export const failure = (text: string): Reply => ({ kind: 'error', text });
export const integer = (value: number): Reply => ({ kind: 'integer', value });
export const bulk = (text: string | null): Reply => ({ kind: 'bulk', text });
export const array = (items: readonly Reply[]): Reply => ({ kind: 'array', items });
export const bulks = (texts: readonly (string | null)[]): Reply => array(texts.map(bulk));

function wire(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`;
    case 'error':
      return `-${reply.text}\r\n`;
    case 'integer':
      return `:${reply.value}\r\n`;
    case 'bulk':
      return reply.text === null ? '$-1\r\n' : `$${encodeUtf8(reply.text).length}\r\n${reply.text}\r\n`;
    case 'array':
      return reply.items === null ? '*-1\r\n' : `*${reply.items.length}\r\n${reply.items.map(wire).join('')}`;
  }
}

export function encodeReply(reply: Reply): Uint8Array {
  return encodeUtf8(wire(reply));
}

export function encodeCommand(words: readonly string[]): Uint8Array {
  return encodeReply(bulks(words));
}

/** Null at end of file. */
export function* readReply(reader: StreamReader): Sim<Reply | null> {
  const line = yield* reader.line();
  if (line === null) return null;
  const rest = line.slice(1);
  switch (line[0]) {
    case '+':
      return status(rest);
    case '-':
      return failure(rest);
    case ':':
      return integer(Number(rest));
    case '$': {
      if (rest === '-1') return NIL;
      const data = yield* reader.exactly(Number(rest));
      yield* reader.exactly(2);
      return bulk(decodeUtf8(data));
    }
    case '*': {
      if (rest === '-1') return { kind: 'array', items: null };
      const items: Reply[] = [];
      for (let i = 0; i < Number(rest); i++) {
        const item = yield* readReply(reader);
        if (!item) return null;
        items.push(item);
      }
      return array(items);
    }
    default:
      throw new HttpError('malformed', `Protocol error, got ${JSON.stringify(line[0] ?? '')} as reply type byte`);
  }
}

/** A command as clients send it: an array of bulk strings, or one line of words (telnet, nc). Null at end of file. */
export function* readCommand(reader: StreamReader): Sim<readonly string[] | null> {
  const line = yield* reader.line();
  if (line === null) return null;
  if (!line.startsWith('*')) return splitWords(line) ?? [];
  const words: string[] = [];
  for (let i = 0; i < Number(line.slice(1)); i++) {
    const head = yield* reader.line();
    if (head === null) return null;
    if (!head.startsWith('$')) throw new HttpError('malformed', `Protocol error: expected '$', got '${head[0] ?? ''}'`);
    words.push(decodeUtf8(yield* reader.exactly(Number(head.slice(1)))));
    yield* reader.exactly(2);
  }
  return words;
}

/** Words with "..." (escapes \n \t \xHH \" ) and '...' as redis-cli reads them; null for unbalanced quotes. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let i = 0;
  for (;;) {
    while (i < line.length && /\s/.test(line[i])) i++;
    if (i >= line.length) return words;
    let word = '';
    while (i < line.length && !/\s/.test(line[i])) {
      const quote = line[i];
      if (quote !== '"' && quote !== "'") {
        word += line[i++];
        continue;
      }
      i++;
      for (; line[i] !== quote; i++) {
        if (i >= line.length) return null;
        if (line[i] === '\\' && quote === '"') {
          const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(i + 1));
          if (hex) {
            word += String.fromCharCode(Number.parseInt(hex[1], 16));
            i += 3;
          } else {
            i++;
            word += ({ n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' } as Readonly<Record<string, string>>)[line[i]] ?? line[i];
          }
        } else if (line[i] === '\\' && line[i + 1] === "'") {
          word += line[++i];
        } else {
          word += line[i];
        }
      }
      i++;
    }
    words.push(word);
  }
}
