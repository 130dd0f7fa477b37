/** Writes ustar archives, with pax headers for what ustar cannot hold (long or non-ASCII names, fractions of seconds, xattrs). */
import { ByteBuilder, EMPTY_BYTES } from '../bytes.ts';
import { encodeUtf8 } from '../utf8.ts';
import type { TarEntry, TarType } from './entry.ts';
import { TAR_BLOCK, TYPE_FLAGS } from './entry.ts';

export type TarInput = Partial<TarEntry> & { readonly name: string };

export interface TarWriteOptions {
  /** Records of a global pax header at the beginning. */
  readonly global?: Readonly<Record<string, string>>;
  /** Without the two zero blocks at the end. */
  readonly open?: boolean;
}

export function writeTar(entries: Iterable<TarInput>, options: TarWriteOptions = {}): Uint8Array {
  const out = new ByteBuilder();
  if (options.global) {
    const records = paxRecords(Object.entries(options.global).map(([key, value]) => [key, encodeUtf8(value)]));
    addMember(out, header({ name: 'pax_global_header', mode: 0o644 }, 'g', records.length, 'pax_global_header', ''), records);
  }
  for (const entry of entries) {
    const parts = tarMember(entry);
    for (const part of parts) out.add(part);
  }
  if (!options.open) out.add(new Uint8Array(TAR_BLOCK * 2));
  return out.finish();
}

/** The blocks of one member: headers, data and padding. */
export function tarMember(entry: TarInput): readonly Uint8Array[] {
  const out: Uint8Array[] = [];
  const type: TarType = entry.type ?? 'file';
  const data = type === 'file' ? (entry.data ?? EMPTY_BYTES) : EMPTY_BYTES;
  const name = type === 'directory' && !entry.name.endsWith('/') ? `${entry.name}/` : entry.name;
  const extended = paxNeeds(entry, name);
  if (extended.length > 0) {
    const records = paxRecords(extended);
    const base = name.replace(/\/$/, '').split('/').pop() ?? '';
    out.push(
      header({ ...entry, mode: 0o644 }, 'x', records.length, ascii(`PaxHeaders.0/${base}`).slice(0, 100), ''),
      records,
      padding(records.length),
    );
  }
  const [short, prefix] = splitName(name) ?? [ascii(name).slice(0, 100), ''];
  out.push(header(entry, TYPE_FLAGS[type], data.length, short, prefix));
  if (data.length > 0) out.push(data, padding(data.length));
  return out;
}

function addMember(out: ByteBuilder, head: Uint8Array, data: Uint8Array): void {
  out.add(head);
  out.add(data);
  out.add(padding(data.length));
}

function padding(length: number): Uint8Array {
  const rest = length % TAR_BLOCK;
  return rest === 0 ? EMPTY_BYTES : new Uint8Array(TAR_BLOCK - rest);
}

function paxNeeds(entry: TarInput, name: string): [string, Uint8Array][] {
  const records: [string, Uint8Array][] = [];
  const mtime = entry.mtime ?? 0;
  if (mtime % 1_000_000 !== 0) records.push(['mtime', encodeUtf8(`${Math.floor(mtime / 1_000_000)}.${fraction(mtime)}`)]);
  if (!splitName(name)) records.push(['path', encodeUtf8(name)]);
  const link = entry.linkname ?? '';
  if (encodeUtf8(link).length > 100 || !isAscii(link)) records.push(['linkpath', encodeUtf8(link)]);
  for (const [key, value] of entry.xattrs ?? []) records.push([`SCHILY.xattr.${key}`, value]);
  return records;
}

function fraction(us: number): string {
  return String(((us % 1_000_000) + 1_000_000) % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
}

/** "length key=value\n", where the length counts itself. */
function paxRecords(records: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const out = new ByteBuilder();
  for (const [key, value] of records) {
    const body = encodeUtf8(key).length + value.length + 3;
    let length = body + String(body).length;
    if (String(length).length !== String(body).length) length = body + String(length).length;
    out.add(encodeUtf8(`${length} ${key}=`));
    out.add(value);
    out.add(encodeUtf8('\n'));
  }
  return out.finish();
}

/** Name and prefix fields, or null if the name does not fit ustar. */
function splitName(name: string): [name: string, prefix: string] | null {
  if (!isAscii(name)) return null;
  if (name.length <= 100) return [name, ''];
  if (name.length > 256) return null;
  const cut = name.lastIndexOf('/', Math.min(155, name.length - 2));
  return cut > 0 && name.length - cut - 1 <= 100 ? [name.slice(cut + 1), name.slice(0, cut)] : null;
}

function isAscii(text: string): boolean {
  return /^[\x01-\x7f]*$/.test(text);
}

function ascii(text: string): string {
  return text.replace(/[^\x01-\x7f]/g, '_');
}

function header(entry: TarInput, flag: string, size: number, name: string, prefix: string): Uint8Array {
  const block = new Uint8Array(TAR_BLOCK);
  const text = (at: number, value: string): void => block.set(encodeUtf8(value), at);
  const octal = (at: number, width: number, value: number): void =>
    text(
      at,
      Math.max(0, value)
        .toString(8)
        .padStart(width - 1, '0'),
    );
  text(0, name);
  octal(100, 8, (entry.mode ?? 0o644) & 0o7777);
  octal(108, 8, entry.uid ?? 0);
  octal(116, 8, entry.gid ?? 0);
  octal(124, 12, size);
  octal(136, 12, Math.floor((entry.mtime ?? 0) / 1_000_000));
  text(148, '        ');
  text(156, flag);
  text(157, ascii(entry.linkname ?? '').slice(0, 100));
  text(257, 'ustar\x0000');
  text(265, (entry.uname ?? '').slice(0, 31));
  text(297, (entry.gname ?? '').slice(0, 31));
  if (flag === '3' || flag === '4') {
    octal(329, 8, (entry.rdev ?? 0) >> 8);
    octal(337, 8, (entry.rdev ?? 0) & 0xff);
  } else {
    octal(329, 8, 0);
    octal(337, 8, 0);
  }
  text(345, prefix);
  let sum = 0;
  for (const byte of block) sum += byte;
  text(148, `${sum.toString(8).padStart(6, '0')}\x00 `);
  return block;
}
