/** Reads tar archives: ustar, pax (x and g), GNU long names and base-256 numbers. */
import { EMPTY_BYTES } from '../bytes.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { TarEntry, TarType } from './entry.ts';
import { TAR_BLOCK, TarError, TYPE_FLAGS } from './entry.ts';

export interface TarArchive {
  readonly entries: readonly TarEntry[];
  /** Records of global pax headers. */
  readonly global: ReadonlyMap<string, string>;
}

const TYPES = new Map<string, TarType>(Object.entries(TYPE_FLAGS).map(([type, flag]) => [flag, type as TarType]));

/**
 * File contents are views into `bytes`. Throws {@link TarError}. `strict`: a block that is cut off at the end is one, too, as for
 * Go's archive/tar; GNU tar passes over it.
 */
export function readTar(bytes: Uint8Array, { strict = false } = {}): TarArchive {
  const entries: TarEntry[] = [];
  const global = new Map<string, string>();
  let pax = new Map<string, Uint8Array>();
  let longName: string | undefined;
  let longLink: string | undefined;
  for (let at = 0; at < bytes.length; ) {
    const head = bytes.subarray(at, at + TAR_BLOCK);
    if (head.length < TAR_BLOCK) {
      if (strict) throw new TarError('unexpected EOF');
      break;
    }
    at += TAR_BLOCK;
    if (head.every((byte) => byte === 0)) break;
    checkSum(head);
    const flag = String.fromCharCode(head[156] || 0x30);
    const size = pax.has('size') ? Number(decodeUtf8(pax.get('size') ?? EMPTY_BYTES)) : number(head, 124, 12);
    const holdsData = flag !== '1' && flag !== '2' && flag !== '3' && flag !== '4' && flag !== '5' && flag !== '6';
    const end = at + (holdsData ? size : 0);
    if (end > bytes.length) throw new TarError('unexpected EOF');
    const data = holdsData ? bytes.subarray(at, end) : EMPTY_BYTES;
    at += Math.ceil((end - at) / TAR_BLOCK) * TAR_BLOCK;
    if (flag === 'x') {
      pax = paxRecords(data);
    } else if (flag === 'g') {
      for (const [key, value] of paxRecords(data)) global.set(key, decodeUtf8(value));
    } else if (flag === 'L') {
      longName = text(data, 0, data.length);
    } else if (flag === 'K') {
      longLink = text(data, 0, data.length);
    } else {
      entries.push(entryOf(head, flag, data, pax, longName, longLink));
      pax = new Map();
      longName = longLink = undefined;
    }
  }
  return { entries, global };
}

function entryOf(
  head: Uint8Array,
  flag: string,
  data: Uint8Array,
  pax: ReadonlyMap<string, Uint8Array>,
  longName: string | undefined,
  longLink: string | undefined,
): TarEntry {
  const record = (key: string): string | undefined => {
    const value = pax.get(key);
    return value && decodeUtf8(value);
  };
  const prefix = text(head, 257, 5) === 'ustar' && head[262] === 0 ? text(head, 345, 155) : '';
  const short = text(head, 0, 100);
  const raw = record('path') ?? longName ?? (prefix === '' ? short : `${prefix}/${short}`);
  const type = flag === '7' ? 'file' : (TYPES.get(flag) ?? 'file');
  const mtime = record('mtime');
  const xattrs = new Map<string, Uint8Array>();
  for (const [key, value] of pax) if (key.startsWith('SCHILY.xattr.')) xattrs.set(key.slice('SCHILY.xattr.'.length), value);
  return {
    name: raw.replace(/\/+$/, '') || raw.slice(0, 1),
    type: type === 'file' && raw.endsWith('/') ? 'directory' : type,
    mode: number(head, 100, 8) & 0o7777,
    uid: Number(record('uid') ?? number(head, 108, 8)),
    gid: Number(record('gid') ?? number(head, 116, 8)),
    uname: record('uname') ?? text(head, 265, 32),
    gname: record('gname') ?? text(head, 297, 32),
    mtime: mtime === undefined ? number(head, 136, 12) * 1_000_000 : Math.round(Number(mtime) * 1_000_000),
    linkname: record('linkpath') ?? longLink ?? text(head, 157, 100),
    rdev: flag === '3' || flag === '4' ? number(head, 329, 8) * 256 + number(head, 337, 8) : 0,
    data,
    xattrs,
  };
}

function checkSum(head: Uint8Array): void {
  const stated = number(head, 148, 8);
  let sum = 0;
  for (let i = 0; i < TAR_BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : head[i];
  if (sum !== stated) throw new TarError('invalid tar header');
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return decodeUtf8(end < 0 ? field : field.subarray(0, end));
}

function number(bytes: Uint8Array, at: number, length: number): number {
  if (bytes[at] & 0x80) {
    let value = bytes[at] & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i];
    return value;
  }
  const digits = text(bytes, at, length).trim();
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits)) throw new TarError('invalid tar header');
  return Number.parseInt(digits, 8);
}

function paxRecords(data: Uint8Array): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>();
  for (let at = 0; at < data.length && data[at] !== 0; ) {
    const space = data.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(decodeUtf8(data.subarray(at, space)));
    const equals = data.indexOf(0x3d, space);
    if (!Number.isInteger(length) || length <= 0 || equals < 0 || at + length > data.length) throw new TarError('invalid tar header');
    out.set(decodeUtf8(data.subarray(space + 1, equals)), data.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return out;
}
