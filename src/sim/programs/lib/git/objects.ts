/** Git's objects: their bytes, their names (SHA-1 of "type size\0" and the content), and their form on disk (zlib). */
import { sha1 } from '@noble/hashes/legacy.js';
import { unzlibSync, zlibSync } from 'fflate';
import { concatBytes, toHex } from '../../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { compareText } from '../jq/values.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface GitObject {
  readonly type: ObjectType;
  readonly data: Uint8Array;
}

export interface TreeEntry {
  /** Octal as trees have it: `100644`, `100755`, `120000`, `40000`. */
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** `+0000` */
  readonly zone: string;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

function framed({ type, data }: GitObject): Uint8Array {
  return concatBytes([encodeUtf8(`${type} ${data.length}\0`), data]);
}

export const objectId = (object: GitObject): string => toHex(sha1(framed(object)));

/** As a loose object's file. */
export const deflateObject = (object: GitObject): Uint8Array => zlibSync(framed(object), { level: 6 });

/** From a loose object's file. Throws for what is none. */
export function inflateObject(file: Uint8Array): GitObject {
  const bytes = unzlibSync(file);
  const end = bytes.indexOf(0);
  const [type] = decodeUtf8(bytes.subarray(0, end)).split(' ');
  return { type: type as ObjectType, data: bytes.subarray(end + 1) };
}

export const blob = (data: Uint8Array): GitObject => ({ type: 'blob', data });

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** Trees sort folders as if their names ended with a slash. */
export function treeObject(entries: readonly TreeEntry[]): GitObject {
  const key = (e: TreeEntry): string => (e.mode === '40000' ? `${e.name}/` : e.name);
  const sorted = [...entries].sort((a, b) => compareText(key(a), key(b)));
  return { type: 'tree', data: concatBytes(sorted.flatMap((e) => [encodeUtf8(`${e.mode} ${e.name}\0`), fromHex(e.id)])) };
}

export function parseTree(data: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf(0, at);
    const text = decodeUtf8(data.subarray(at, end));
    const space = text.indexOf(' ');
    entries.push({ mode: text.slice(0, space), name: text.slice(space + 1), id: toHex(data.subarray(end + 1, end + 21)) });
    at = end + 21;
  }
  return entries;
}

const signature = (s: Signature): string => `${s.name} <${s.email}> ${s.time} ${s.zone}`;

export function commitObject(c: Commit): GitObject {
  const lines = [
    `tree ${c.tree}`,
    ...c.parents.map((p) => `parent ${p}`),
    `author ${signature(c.author)}`,
    `committer ${signature(c.committer)}`,
  ];
  return { type: 'commit', data: encodeUtf8(`${lines.join('\n')}\n\n${c.message}`) };
}

function parseSignature(text: string): Signature {
  const m = /^(.*?) ?<(.*)> (\d+) ([-+]\d{4})$/.exec(text);
  return { name: m?.[1] ?? '', email: m?.[2] ?? '', time: Number(m?.[3] ?? 0), zone: m?.[4] ?? '+0000' };
}

export function parseCommit(data: Uint8Array): Commit {
  const text = decodeUtf8(data);
  const split = text.indexOf('\n\n');
  const fields = text.slice(0, split).split('\n');
  const all = (name: string): string[] => fields.filter((f) => f.startsWith(`${name} `)).map((f) => f.slice(name.length + 1));
  return {
    tree: all('tree')[0],
    parents: all('parent'),
    author: parseSignature(all('author')[0] ?? ''),
    committer: parseSignature(all('committer')[0] ?? ''),
    message: text.slice(split + 2),
  };
}

export const subjectOf = (message: string): string => message.split('\n\n')[0].replace(/\n/g, ' ').trim();
