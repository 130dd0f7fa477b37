/** execve(2): from a path to the coroutine that runs. */
import { encodeUtf8 } from '../../lib/utf8.ts';
import { S_ISGID, S_ISUID } from '../abi.ts';
import { Errno } from '../errno.ts';
import { parseExecutable } from '../executable.ts';
import { ARG_BYTES_MAX, SCRIPT_DEPTH_MAX } from '../limits.ts';
import type { Process } from '../machine.ts';
import type { ProgramEntry } from '../program.ts';
import { load, type Sim } from '../sim.ts';
import type { Inode } from '../vfs/fileSystem.ts';
import { pathOf } from '../vfs/mounts.ts';
import { type Viewer, walk } from '../vfs/resolve.ts';
import { type Cred, credAfterExec, permits } from './cred.ts';

export interface Image {
  readonly entry: ProgramEntry | undefined;
  /** Name in the executable stub. */
  readonly program: string;
  readonly argv: readonly string[];
  readonly cred: Cred;
  readonly comm: string;
  readonly exe: { readonly path: string; readonly node: Inode };
}

/** Reads the executable at `path` as `viewer` may; throws ENOENT, EACCES, ENOEXEC, E2BIG, ELOOP. */
export function loadImage(viewer: Viewer, programs: Process['kernel']['programs'], path: string, argv: readonly string[], env: ReadonlyMap<string, string>): Image {
  let bytes = 0;
  for (const word of argv) bytes += word.length + 9;
  for (const [name, value] of env) bytes += name.length + value.length + 10;
  if (bytes > ARG_BYTES_MAX) throw new Errno('E2BIG', path);
  let words = argv;
  let at = path;
  const comm = path.slice(path.lastIndexOf('/') + 1).slice(0, 15);
  for (let depth = 0; depth <= SCRIPT_DEPTH_MAX; depth++) {
    const found = walk(viewer, at, true);
    if (!found.place) throw new Errno('ENOENT', path);
    const { node } = found.place;
    if (!node.isFile) throw new Errno('EACCES', path);
    if (!permits(viewer.cred, node, 1) || noexec(found.place.mount.options)) throw new Errno('EACCES', path);
    const executable = parseExecutable(node.read(0, 256));
    if (!executable) throw new Errno('ENOEXEC', path);
    if (executable.kind === 'script') {
      words = [executable.interpreter, ...(executable.argument === undefined ? [] : [executable.argument]), at, ...words.slice(1)];
      at = executable.interpreter;
      continue;
    }
    const nosuid = found.place.mount.options.split(',').includes('nosuid');
    const cred = credAfterExec(viewer.cred, {
      setuid: !nosuid && (node.mode & S_ISUID) !== 0 ? node.uid : undefined,
      setgid: !nosuid && (node.mode & S_ISGID) !== 0 ? node.gid : undefined,
    });
    const directory = pathOf(found.dir, viewer.root) ?? '';
    const exe = { path: `${directory === '/' ? '' : directory}/${found.name}`, node };
    return { entry: programs.get(executable.name), program: executable.name, argv: words, cred, comm, exe };
  }
  throw new Errno('ELOOP', path);
}

function noexec(options: string): boolean {
  return options.split(',').includes('noexec');
}

/** Makes the process what the image says, and answers with the coroutine of its first thread. */
export function install(process: Process, image: Image, env: Map<string, string>): Sim<number> {
  process.cred = image.cred;
  process.argv = image.argv;
  process.comm = image.comm;
  process.exe = image.exe;
  process.env = env;
  for (const [signal, disposition] of [...process.dispositions]) if (typeof disposition === 'function') process.dispositions.delete(signal);
  process.pending.length = 0;
  process.handling.clear();
  return runImage(process, image);
}

function* runImage(process: Process, image: Image): Sim<number> {
  const { entry } = image;
  if (!entry) {
    const stderr = process.fds.has(2) ? process.fds.get(2).file : undefined;
    if (stderr?.writable) yield* stderr.write(encodeUtf8(`drydock: "${image.program}" is not simulated\n`));
    return 1;
  }
  const program = 'main' in entry ? entry : yield* load(entry.load);
  process.setMemory(program.memory ?? 1_048_576);
  return yield* program.main(image.argv);
}

