/** Append-only files and dumps. Both hold commands in RESP; a dump has Redis's magic before them. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { appendFile, mkdirAll, readFile, rename, writeFile } from '../../../kernel/syscalls.ts';
import { concatBytes } from '../../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { StreamReader } from '../../../net/http/duplex.ts';
import { encodeCommand, readCommand } from '../../network/resp.ts';
import { execute } from './commands.ts';
import type { Database } from './database.ts';

const DUMP_MAGIC = 'REDIS0010';

export interface Places {
  /** Working folder, '/data'. */
  readonly folder: string;
  readonly dump: string; // 'dump.rdb'
  readonly appendFolder: string; // 'appendonlydir'
  readonly appendName: string; // 'appendonly.aof'
}

function* readIfThere(path: string): Sim<Uint8Array | undefined> {
  try {
    return yield* readFile(path);
  } catch (error) {
    if (error instanceof Errno && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function* replay(db: Database, data: Uint8Array, now: number): Sim<void> {
  let rest: Uint8Array | null = data;
  const reader = new StreamReader({
    *read() {
      const all = rest;
      rest = null;
      return all;
    },
  });
  for (let words = yield* readCommand(reader); words !== null; words = yield* readCommand(reader)) {
    if (words.length > 0 && words[0].toUpperCase() !== 'SELECT') execute(db, words, now, () => 0);
  }
  db.dirty = 0;
}

/** Writes the dump beside the old one and moves it over. */
export function* saveDump(db: Database, places: Places, now: number): Sim<void> {
  const path = `${places.folder}/${places.dump}`;
  const temporary = `${places.folder}/temp-1.rdb`;
  yield* writeFile(temporary, concatBytes([encodeUtf8(DUMP_MAGIC), ...db.commands(now).map(encodeCommand)]), 0o644);
  yield* rename(temporary, path);
  db.dirty = 0;
}

/** False if there is no dump. */
export function* loadDump(db: Database, places: Places, now: number): Sim<boolean> {
  const data = yield* readIfThere(`${places.folder}/${places.dump}`);
  if (!data) return false;
  if (decodeUtf8(data.subarray(0, DUMP_MAGIC.length)) !== DUMP_MAGIC) throw new Error('Wrong signature trying to load DB from file');
  yield* replay(db, data.subarray(DUMP_MAGIC.length), now);
  return true;
}

const baseName = (places: Places) => `${places.folder}/${places.appendFolder}/${places.appendName}`;

/** Makes the append-only folder when there is none; answers whether one was there. */
export function* openAppendOnly(db: Database, places: Places, now: number): Sim<boolean> {
  const manifest = yield* readIfThere(`${baseName(places)}.manifest`);
  if (manifest) {
    const base = yield* readIfThere(`${baseName(places)}.1.base.rdb`);
    if (base && base.length > DUMP_MAGIC.length) yield* replay(db, base.subarray(DUMP_MAGIC.length), now);
    const increments = yield* readIfThere(`${baseName(places)}.1.incr.aof`);
    if (increments) yield* replay(db, increments, now);
    return true;
  }
  yield* mkdirAll(`${places.folder}/${places.appendFolder}`);
  yield* writeFile(`${baseName(places)}.1.base.rdb`, concatBytes([encodeUtf8(DUMP_MAGIC), ...db.commands(now).map(encodeCommand)]), 0o644);
  yield* writeFile(`${baseName(places)}.1.incr.aof`, '', 0o644);
  const name = places.appendName;
  yield* writeFile(`${baseName(places)}.manifest`, `file ${name}.1.base.rdb seq 1 type b\nfile ${name}.1.incr.aof seq 1 type i\n`, 0o644);
  return false;
}

export function* appendCommand(places: Places, words: readonly string[]): Sim<void> {
  yield* appendFile(`${baseName(places)}.1.incr.aof`, encodeCommand(words));
}

/** Relative expiry becomes a date before it goes into the append-only file. */
export function absoluteExpiry(name: string, words: readonly string[], now: number): readonly string[] {
  if (name === 'EXPIRE') return ['PEXPIREAT', words[1], String(Math.floor(now + Number(words[2]) * 1000))];
  if (name === 'PEXPIRE') return ['PEXPIREAT', words[1], String(Math.floor(now + Number(words[2])))];
  if (name === 'SETEX') return ['SET', words[1], words[3], 'PXAT', String(Math.floor(now + Number(words[2]) * 1000))];
  const at = name === 'SET' ? words.findIndex((w, i) => i > 2 && /^(EX|PX)$/i.test(w)) : -1;
  if (at < 0) return words;
  const unit = words[at].toUpperCase() === 'EX' ? 1000 : 1;
  return [...words.slice(0, at), 'PXAT', String(Math.floor(now + Number(words[at + 1]) * unit)), ...words.slice(at + 2)];
}
