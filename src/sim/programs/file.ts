/** file: says what files are, by what is in them. */
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK } from '../kernel/abi.ts';
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { lstat, readAll, readFile, readlink, stat, write } from '../kernel/syscalls.ts';
import { UsageError } from './lib/failure.ts';
import { openInput, readLines } from './lib/input.ts';
import { binaryKind } from './lib/magic/binary.ts';
import { binary, type Kind } from './lib/magic/kind.ts';
import { data, textKind } from './lib/magic/text.ts';
import { type ParsedOptions, parseArguments } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'bcCdEhikLlNnprsSvzZ0m:e:F:f:P:',
  long: {
    brief: 'b',
    mime: 'i',
    'mime-type': 'type',
    'mime-encoding': 'encoding',
    dereference: 'L',
    'no-dereference': 'h',
    separator: 'F:',
    'files-from': 'f:',
    'special-files': 's',
    'no-pad': 'N',
    print0: '0',
  },
  usage: '',
  about: '',
};
const USAGE = `Usage: file [-bhiLNs0] [--mime-encoding] [--mime-type] [-F <separator>]
            [-f <namefile>] <file> ...
`;

function* file(t: Tool): Sim<number> {
  let o: ParsedOptions;
  try {
    o = parseArguments(t.args, SPEC);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* write(2, `${t.name}: ${error.message}\n${USAGE}`);
    return 1;
  }
  if (o.has('v') || o.has('--version')) {
    yield* t.print('file-5.44\nmagic file from /etc/magic:/usr/share/misc/magic\n');
    return 0;
  }
  const names = [...o.operands];
  const from = o.value('f');
  if (from !== undefined) names.push(...(yield* readLines(yield* openInput(from))).lines);
  if (names.length === 0) {
    yield* write(o.has('--help') ? 1 : 2, USAGE);
    return o.has('--help') ? 0 : 1;
  }
  const shown = names.map((name) => (name === '-' ? '/dev/stdin' : name));
  const width = o.has('N') ? 0 : Math.max(...shown.map((name) => name.length));
  for (const [i, name] of names.entries()) {
    const answer = yield* describe(name, o);
    const head = o.has('b') ? '' : `${`${shown[i]}${o.value('F') ?? ':'}`.padEnd(width + 1)} `;
    yield* t.print(`${head}${answer}\n`);
  }
  return 0;
}

function* describe(name: string, o: ParsedOptions): Sim<string> {
  let kind: Kind;
  try {
    kind = name === '-' ? ofBytes(yield* readAll(0)) : yield* kindOf(name, o);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    return `cannot open \`${name}' (${error.message})`;
  }
  if (o.has('type')) return kind.mime;
  if (o.has('encoding')) return kind.charset;
  return o.has('i') ? `${kind.mime}${kind.charset === '' ? '' : `; charset=${kind.charset}`}` : kind.words;
}

function* kindOf(name: string, o: ParsedOptions): Sim<Kind> {
  const found = o.has('L') ? yield* stat(name) : yield* lstat(name);
  const special = [found.mode & 0o4000 ? 'setuid ' : '', found.mode & 0o2000 ? 'setgid ' : '', found.mode & 0o1000 ? 'sticky ' : ''].join(
    '',
  );
  const device = `(${Math.floor(found.rdev / 256)}/${found.rdev % 256})`;
  switch (found.mode & S_IFMT) {
    case S_IFDIR:
      return binary(`${special.trim().replaceAll(' ', ', ')}${special === '' ? '' : ', '}directory`, 'inode/directory');
    case S_IFLNK:
      return yield* linkKind(name);
    case S_IFCHR:
      return o.has('s') ? binary('empty', 'inode/x-empty') : binary(`character special ${device}`, 'inode/chardevice');
    case S_IFBLK:
      return binary(`block special ${device}`, 'inode/blockdevice');
    case S_IFIFO:
      return binary('fifo (named pipe)', 'inode/fifo');
    case S_IFSOCK:
      return binary('socket', 'inode/socket');
  }
  if (found.size === 0) return binary('empty', 'inode/x-empty');
  const kind = ofBytes(yield* readFile(name));
  return { ...kind, words: special + kind.words };
}

function* linkKind(name: string): Sim<Kind> {
  const target = yield* readlink(name);
  try {
    yield* stat(name);
    return binary(`symbolic link to ${target}`, 'inode/symlink');
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    return { words: `broken symbolic link to ${target}`, mime: 'inode/symlink', charset: '' };
  }
}

function ofBytes(bytes: Uint8Array): Kind {
  if (bytes.length === 0) return binary('empty', 'inode/x-empty');
  return binaryKind(bytes) ?? textKind(bytes) ?? data;
}

export const program = tool('file', file, { shortName: true });
