/** md5sum and its relatives, cksum, sum. */

import { blake2b } from '@noble/hashes/blake2.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, read } from '../kernel/syscalls.ts';
import { toHex } from '../lib/bytes.ts';
import { own } from '../lib/dictionary.ts';
import { UsageError } from './lib/failure.ts';
import { CHUNK, LineReader, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { fileName, quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

interface Algorithm {
  readonly tag: string;
  readonly hexLength: number;
  create(): { update(data: Uint8Array): unknown; digest(): Uint8Array };
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  md5: { tag: 'MD5', hexLength: 32, create: () => md5.create() },
  sha1: { tag: 'SHA1', hexLength: 40, create: () => sha1.create() },
  sha224: { tag: 'SHA224', hexLength: 56, create: () => sha224.create() },
  sha256: { tag: 'SHA256', hexLength: 64, create: () => sha256.create() },
  sha384: { tag: 'SHA384', hexLength: 96, create: () => sha384.create() },
  sha512: { tag: 'SHA512', hexLength: 128, create: () => sha512.create() },
  b2: { tag: 'BLAKE2b', hexLength: 128, create: () => blake2b.create({ dkLen: 64 }) },
};

const SPEC = {
  short: 'bctwzsl:',
  long: {
    binary: 'b',
    check: 'c',
    tag: 'tag',
    text: 't',
    zero: 'z',
    'ignore-missing': 'missing',
    quiet: 'quiet',
    status: 'status',
    strict: 'strict',
    warn: 'w',
    length: 'l:',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Prints or checks checksums.',
};

function* digest(fd: number, algorithm: Algorithm): Sim<string> {
  const hash = algorithm.create();
  for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) hash.update(chunk);
  return toHex(hash.digest());
}

function* digestFile(path: string, algorithm: Algorithm): Sim<string> {
  const fd = yield* openInput(path);
  try {
    return yield* digest(fd, algorithm);
  } finally {
    if (fd !== 0) yield* close(fd);
  }
}

/** The common body of md5sum, sha256sum, ... */
export function* checksum(t: Tool, name: string): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const algorithm = ALGORITHMS[name];
  const files = o.operands.length === 0 ? ['-'] : o.operands;
  if (o.has('c')) {
    for (const file of files)
      yield* check(t, file, algorithm, {
        quiet: o.has('quiet') || o.has('status') || (t.busybox && o.has('s')),
        status: o.has('status') || (t.busybox && o.has('s')),
        missing: o.has('missing'),
        warn: o.has('w'),
        strict: o.has('strict'),
      });
    return;
  }
  for (const option of ['quiet', 'status', 'strict', 'missing', 'w']) {
    if (o.has(option))
      throw new UsageError(
        `the --${option === 'missing' ? 'ignore-missing' : option === 'w' ? 'warn' : option} option is meaningful only when verifying checksums`,
      );
  }
  for (const file of files) {
    try {
      const hex = yield* digestFile(file, algorithm);
      const end = o.has('z') ? '\0' : '\n';
      const special = !o.has('z') && /[\\\n\r]/.test(file);
      const shown = special ? file.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r') : file;
      if (o.has('tag')) yield* t.print(`${special ? '\\' : ''}${algorithm.tag} (${shown}) = ${hex}${end}`);
      else yield* t.print(`${special ? '\\' : ''}${hex} ${o.has('b') ? '*' : ' '}${shown}${end}`);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(t.busybox ? `can't open '${file}': ${error.message}` : `${fileName(file)}: ${error.message}`);
    }
  }
}

interface CheckPlan {
  readonly quiet: boolean;
  readonly status: boolean;
  readonly missing: boolean;
  readonly warn: boolean;
  readonly strict: boolean;
}

function* check(t: Tool, file: string, algorithm: Algorithm, plan: CheckPlan): Sim<void> {
  let fd: number;
  try {
    fd = yield* openInput(file);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.error(t.busybox ? `can't open '${file}': ${error.message}` : `${fileName(file)}: ${error.message}`);
    return;
  }
  const reader = new LineReader(fd);
  const shownFile = file === '-' ? "'standard input'" : fileName(file);
  let number = 0;
  let good = 0;
  let improper = 0;
  let mismatched = 0;
  let unreadable = 0;
  let verified = false;
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    number++;
    if (line.startsWith('#')) continue;
    const plain = new RegExp(`^\\\\?([0-9a-fA-F]{${algorithm.hexLength}})(?: [ *]?|  )(.+)$`).exec(line.replace(/\r$/, ''));
    const tagged = new RegExp(`^\\\\?${algorithm.tag} \\((.*)\\) = ([0-9a-fA-F]{${algorithm.hexLength}})$`).exec(line);
    if (!plain && !tagged) {
      improper++;
      if (plan.warn) yield* t.warn(`${shownFile}: ${number}: improperly formatted ${algorithm.tag} checksum line`);
      continue;
    }
    const name = plain ? plain[2] : tagged![1];
    const wanted = (plain ? plain[1] : tagged![2]).toLowerCase();
    good++;
    try {
      const found = yield* digestFile(name, algorithm);
      verified = true;
      if (found === wanted) {
        if (!plan.quiet) yield* t.print(`${name}: OK\n`);
      } else {
        mismatched++;
        if (!plan.status) yield* t.print(`${name}: FAILED\n`);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (plan.missing && error.code === 'ENOENT') continue;
      unreadable++;
      yield* t.error(t.busybox ? `can't open '${name}': ${error.message}` : `${fileName(name)}: ${error.message}`);
      if (!plan.status) yield* t.print(`${name}: FAILED${t.busybox ? '' : ' open or read'}\n`);
    }
  }
  if (fd !== 0) yield* close(fd);
  if (good === 0) {
    yield* t.error(t.busybox ? `no checksum lines found` : `${shownFile}: no properly formatted checksum lines found`);
    return;
  }
  if (!plan.status) {
    const line = (n: number, one: string, many: string): string => `WARNING: ${n} ${n === 1 ? one : many}`;
    if (t.busybox) {
      if (mismatched + unreadable > 0) yield* t.warn(`WARNING: ${mismatched + unreadable} of ${good} computed checksums did NOT match`);
    } else {
      if (improper > 0) yield* t.warn(line(improper, 'line is improperly formatted', 'lines are improperly formatted'));
      if (unreadable > 0) yield* t.warn(line(unreadable, 'listed file could not be read', 'listed files could not be read'));
      if (mismatched > 0) yield* t.warn(line(mismatched, 'computed checksum did NOT match', 'computed checksums did NOT match'));
      if (plan.missing && !verified) yield* t.warn(`${shownFile}: no file was verified`);
    }
  }
  if (mismatched > 0 || unreadable > 0 || (plan.strict && improper > 0) || (plan.missing && !verified)) t.status = 1;
}

const CRC_TABLE = new Uint32Array(256).map((_, i) => {
  let c = i << 24;
  for (let k = 0; k < 8; k++) c = c & 0x80000000 ? (c << 1) ^ 0x04c11db7 : c << 1;
  return c >>> 0;
});

/** POSIX cksum: CRC-32 with the length appended. */
export function* cksum(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'a:bcl:wz',
    long: {
      algorithm: 'a:',
      check: 'c',
      untagged: 'untagged',
      tag: 'tag',
      length: 'l:',
      zero: 'z',
      base64: 'base64',
      raw: 'raw',
      quiet: 'quiet',
      status: 'status',
      strict: 'strict',
      warn: 'w',
      'ignore-missing': 'missing',
      debug: 'debug',
    },
    usage: '[OPTION]... [FILE]...',
    about: 'Prints checksums and sizes.',
  });
  const wanted = o.value('a');
  const key = wanted === 'blake2b' ? 'b2' : wanted;
  const algorithm = key === undefined ? undefined : own(ALGORITHMS, key);
  if (algorithm) {
    for (const file of o.operands.length === 0 ? ['-'] : o.operands) {
      const hex = yield* digestFile(file, algorithm);
      yield* t.print(o.has('untagged') ? `${hex}  ${file}\n` : `${algorithm.tag} (${file}) = ${hex}\n`);
    }
    return;
  }
  if (wanted !== undefined && wanted !== 'crc') {
    if (wanted === 'bsd' || wanted === 'sysv') {
      yield* sums(t, o.operands, wanted === 'sysv');
      return;
    }
    throw new UsageError(
      `invalid argument ${quote(wanted)} for ${quote('--algorithm')}\nValid arguments are:\n${['bsd', 'sysv', 'crc', 'crc32b', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha2', 'sha3', 'blake2b', 'sm3'].map((w) => `  - ${quote(w)}`).join('\n')}`,
    );
  }
  yield* each(t, o.operands, function* (fd, name) {
    let crc = 0;
    let length = 0;
    const feed = (byte: number): void => {
      crc = ((crc << 8) ^ CRC_TABLE[((crc >>> 24) ^ byte) & 255]) >>> 0;
    };
    for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) {
      for (const byte of chunk) feed(byte);
      length += chunk.length;
    }
    for (let n = length; n > 0; n = Math.floor(n / 256)) feed(n % 256);
    yield* t.print(`${~crc >>> 0} ${length}${name === undefined ? '' : ` ${name}`}\n`);
  });
}

function* each(t: Tool, files: readonly string[], body: (fd: number, name: string | undefined) => Sim<void>): Sim<void> {
  for (const file of files.length === 0 ? [undefined] : files) {
    try {
      const fd = file === undefined ? 0 : yield* openInput(file);
      yield* body(fd, file);
      if (fd !== 0) yield* close(fd);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(`${fileName(file ?? '-')}: ${error.message}`);
    }
  }
}

function* sums(t: Tool, files: readonly string[], sysv: boolean): Sim<void> {
  yield* each(t, files, function* (fd, name) {
    let sum = 0;
    let length = 0;
    for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) {
      for (const byte of chunk) sum = sysv ? sum + byte : ((sum >> 1) + ((sum & 1) << 15) + byte) & 0xffff;
      length += chunk.length;
    }
    if (sysv) {
      const r = (sum & 0xffff) + ((sum >>> 16) & 0xffff);
      yield* t.print(`${(r & 0xffff) + (r >>> 16)} ${Math.ceil(length / 512)}${name === undefined ? '' : ` ${name}`}\n`);
    } else
      yield* t.print(
        `${String(sum).padStart(5, '0')} ${String(Math.ceil(length / 1024)).padStart(5)}${name === undefined ? '' : ` ${name}`}\n`,
      );
  });
}

function* sum(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'rs',
    long: { sysv: 's' },
    usage: '[OPTION]... [FILE]...',
    about: 'Prints checksum and block counts.',
  });
  yield* sums(t, o.operands, o.has('s'));
}

const named = (program: string, key: string): Program => tool(program, (t) => checksum(t, key));

export const programs: readonly Program[] = [
  named('md5sum', 'md5'),
  named('sha1sum', 'sha1'),
  named('sha224sum', 'sha224'),
  named('sha256sum', 'sha256'),
  named('sha384sum', 'sha384'),
  named('sha512sum', 'sha512'),
  named('b2sum', 'b2'),
  tool('cksum', cksum),
  tool('sum', sum),
];
