/** gzip, gunzip, zcat; also xz and bzip2 by name, whose containers are gzip inside. */
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { chmod, close, isatty, lstatOrNull, open, readAll, S_IFDIR, S_IFMT, stat, unlink, utimes, write } from '../kernel/syscalls.ts';
import { gzip as compress, gunzip, isGzip } from '../lib/gzip.ts';
import { type OptionSpec, parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: 'acdfhklLnNqrtvS:123456789',
  long: {
    stdout: 'c',
    'to-stdout': 'c',
    decompress: 'd',
    uncompress: 'd',
    force: 'f',
    keep: 'k',
    list: 'l',
    'no-name': 'n',
    name: 'N',
    quiet: 'q',
    recursive: 'r',
    suffix: 'S:',
    test: 't',
    verbose: 'v',
    fast: '1',
    best: '9',
    rsyncable: 'rs',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Compresses files, or with -d unpacks them.',
  version: '',
};
const SUFFIXES = ['.gz', '-gz', '.z', '-z', '.Z'];

interface Format {
  readonly name: string;
  readonly suffix: string;
  readonly magic: Uint8Array;
}
const FORMATS: Readonly<Record<string, Format>> = {
  gzip: { name: 'gzip', suffix: '.gz', magic: new Uint8Array(0) },
  xz: { name: 'xz', suffix: '.xz', magic: Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0) },
  bzip2: { name: 'bzip2', suffix: '.bz2', magic: Uint8Array.of(0x42, 0x5a, 0x68, 0x39) },
};

/** Packs in a format. Only gzip is the real one; the others keep gzip data behind their own magic number. */
export function pack(data: Uint8Array, format: string): Uint8Array {
  const { magic } = FORMATS[format];
  const body = compress(data);
  const out = new Uint8Array(magic.length + body.length);
  out.set(magic);
  out.set(body, magic.length);
  return out;
}

/** Unpacks, or null when it is not of that format. Several members may follow one another. */
export function unpack(data: Uint8Array, format: string): Uint8Array | null {
  const { magic } = FORMATS[format];
  if (!magic.every((b, i) => data[i] === b)) return null;
  const body = data.subarray(magic.length);
  if (!isGzip(body)) return null;
  try {
    return gunzip(body);
  } catch {
    return null;
  }
}

/** The format that the first bytes tell, if any. */
export function formatOf(data: Uint8Array): string | undefined {
  if (isGzip(data)) return 'gzip';
  return ['xz', 'bzip2'].find((f) => FORMATS[f].magic.every((b, i) => data[i] === b));
}

export function* gzip(t: Tool, format: string, mode: 'pack' | 'unpack' | 'cat'): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const f = FORMATS[format];
  const who = t.name.replace(/^.*\//, '');
  const say = (message: string): Sim<unknown> => write(2, message);
  const unpacking = mode !== 'pack' || o.has('d') || o.has('t') || o.has('l');
  const toStdout = mode === 'cat' || o.has('c');
  const warnStatus = format === 'gzip' ? 2 : 1;
  const suffixes = o.value('S') !== undefined ? [o.value('S')!] : format === 'gzip' ? SUFFIXES : [f.suffix];
  const note = format === 'gzip' && !t.busybox ? 'gzip' : who;
  let listed = false;
  for (const operand of o.operands.length === 0 ? ['-'] : o.operands) {
    let path = operand;
    let data: Uint8Array;
    if (path === '-') {
      if (!unpacking && (yield* isatty(1)) && !o.has('f')) {
        yield* say(`${note}: compressed data not written to a terminal. Use -f to force compression.\nFor help, type: ${note} -h\n`);
        t.status = 1;
        return;
      }
      data = yield* readAll(0);
    } else {
      if (unpacking && !toStdout && !suffixes.some((s) => path.endsWith(s)) && (yield* lstatOrNull(path)) === null) path += f.suffix;
      else if (unpacking && (yield* lstatOrNull(path)) === null && (yield* lstatOrNull(path + f.suffix)) !== null) path += f.suffix;
      try {
        const info = yield* stat(path);
        if ((info.mode & S_IFMT) === S_IFDIR) {
          yield* say(format === 'gzip' ? `${note}: ${path} is a directory -- ignored\n` : `${note}: ${path}: Is a directory, skipping\n`);
          t.status = Math.max(t.status, warnStatus);
          continue;
        }
        if (unpacking && !toStdout && !o.has('t') && !o.has('l') && !suffixes.some((s) => path.endsWith(s))) {
          yield* say(
            format === 'gzip'
              ? `${note}: ${path}: unknown suffix -- ignored\n`
              : `${note}: ${path}: Filename has an unknown suffix, skipping\n`,
          );
          t.status = Math.max(t.status, warnStatus);
          continue;
        }
        if (!unpacking && !toStdout && path.endsWith(suffixes[0]) && !o.has('f')) {
          yield* say(`${note}: ${path} already has ${suffixes[0]} suffix -- unchanged\n`);
          t.status = Math.max(t.status, format === 'gzip' ? 2 : 1);
          continue;
        }
        const fd = yield* open(path, 'r');
        data = yield* readAll(fd);
        yield* close(fd);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* say(`${note}: ${unpacking && path !== operand ? path : operand}: ${error.message}\n`);
        t.status = Math.max(t.status, 1);
        continue;
      }
    }
    const shown = path === '-' ? 'stdin' : path;
    let out: Uint8Array;
    if (unpacking) {
      const plain = unpack(data, format);
      if (plain === null) {
        if (o.has('f') && toStdout) {
          yield* t.out.bytes(data);
          continue;
        }
        if (format !== 'gzip') yield* say(`${note}: ${path === '-' ? '(stdin)' : path}: File format not recognized\n`);
        else if (data.length === 0) yield* say(`\n${note}: ${shown}: unexpected end of file\n`);
        else if (isGzip(data)) yield* say(`\n${note}: ${shown}: unexpected end of file\n`);
        else yield* say(t.busybox ? `${note}: invalid magic\n` : `\n${note}: ${shown}: not in gzip format\n`);
        t.status = Math.max(t.status, 1);
        continue;
      }
      out = plain;
      if (o.has('l')) {
        if (!listed) yield* t.print('         compressed        uncompressed  ratio uncompressed_name\n');
        listed = true;
        const ratio = out.length === 0 ? 0 : (1 - (data.length - 18) / out.length) * 100;
        yield* t.print(
          `${String(data.length).padStart(19)} ${String(out.length).padStart(19)} ${`${ratio.toFixed(1)}%`.padStart(6)} ${path === '-' ? 'stdout' : path.replace(/\.gz$/, '')}\n`,
        );
        continue;
      }
      if (o.has('t')) {
        if (o.has('v')) yield* say(`${path}:\t OK\n`);
        continue;
      }
    } else out = pack(data, format);
    if (toStdout || path === '-') {
      yield* t.out.bytes(out);
      continue;
    }
    const suffix = suffixes.find((s) => path.endsWith(s)) ?? '';
    const target = unpacking
      ? /\.t[gx]z$/.test(path)
        ? path.replace(/\.t[gx]z$/, '.tar')
        : path.slice(0, -suffix.length)
      : path + suffixes[0];
    if ((yield* lstatOrNull(target)) !== null && !o.has('f')) {
      yield* say(format === 'gzip' ? `${note}: ${target} already exists;\tnot overwritten\n` : `${note}: ${target}: File exists\n`);
      t.status = Math.max(t.status, format === 'gzip' ? 2 : 1);
      continue;
    }
    const info = yield* stat(path);
    try {
      const fd = yield* open(target, 'w', info.mode & 0o777);
      yield* write(fd, out);
      yield* close(fd);
      yield* chmod(target, info.mode & 0o7777);
      yield* utimes(target, info.atime, info.mtime);
      if (!o.has('k')) yield* unlink(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* say(`${note}: ${target}: ${error.message}\n`);
      t.status = 1;
      continue;
    }
    if (o.has('v')) {
      const [packed, plain] = unpacking ? [data, out] : [out, data];
      const ratio = plain.length === 0 ? 0 : (1 - packed.length / plain.length) * 100;
      yield* say(`${path}:\t${`${ratio.toFixed(1)}%`.padStart(6)} -- ${o.has('k') ? 'created' : 'replaced with'} ${target}\n`);
    }
  }
}

const named = (name: string, format: string, mode: 'pack' | 'unpack' | 'cat'): Program => tool(name, (t) => gzip(t, format, mode));

export const programs: readonly Program[] = [
  named('gzip', 'gzip', 'pack'),
  named('gunzip', 'gzip', 'unpack'),
  named('zcat', 'gzip', 'cat'),
  named('xz', 'xz', 'pack'),
  named('unxz', 'xz', 'unpack'),
  named('xzcat', 'xz', 'cat'),
  named('bzip2', 'bzip2', 'pack'),
  named('bunzip2', 'bzip2', 'unpack'),
  named('bzcat', 'bzip2', 'cat'),
];
