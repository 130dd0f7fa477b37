/** Files between this machine and a container, as tar archives either way. */
import type { PathStat } from '../../../api/types/container.ts';
import type { CopyInfo } from '../../../archive/copy.ts';
import { CopyError, copySource, copyTo, packResource, planCopy, rebasedName, rebaseMembers } from '../../../archive/copy.ts';
import { absolutePath, joinPath, preserveTrailing, splitPath } from '../../../archive/paths.ts';
import { UnpackError } from '../../../archive/unpack.ts';
import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getcwd, readAll } from '../../../kernel/syscalls.ts';
import { decodeBase64 } from '../../../lib/base64.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { readTar, TarError, writeTar } from '../../../lib/tar/index.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import type { HttpResponse } from '../../../net/http/client.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { checkCopyTarget } from '../../cli/copyTarget.ts';
import { CliError } from '../../cli/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { containerPath } from '../../engine/paths.ts';
import { copyProgress } from './copyProgress.ts';

interface Copy {
  readonly container: string;
  readonly source: string;
  readonly destination: string;
  readonly followLink: boolean;
  /** Files get the container's user. */
  readonly copyOwner: boolean;
  readonly quiet: boolean;
}

export const command = defineCommand({
  path: 'container cp',
  *run({ cli, flags, args }) {
    if (args[0] === '') throw new CliError('source can not be empty');
    if (args[1] === '') throw new CliError('destination can not be empty');
    const [from, source] = splitArgument(args[0]);
    const [to, destination] = splitArgument(args[1]);
    if (from !== '' && to !== '') throw new CliError('copying between containers is not supported');
    if (from === '' && to === '') throw new CliError('must specify at least one container source');
    const copy = {
      container: from || to,
      source,
      destination,
      followLink: flags.bool('follow-link'),
      copyOwner: flags.bool('archive'),
      // Without a terminal nobody watches.
      quiet: flags.changed('quiet') ? flags.bool('quiet') : !(yield* cli.isTerminal(1)),
    };
    yield* inGoWords(() => (from === '' ? copyInto(cli, copy) : copyFrom(cli, copy)));
  },
});

/** 'web:/etc' is a path in a container; './a:b' and '/a:b' are paths here. */
function splitArgument(text: string): readonly [container: string, path: string] {
  const colon = text.indexOf(':');
  return colon < 0 || text.startsWith('/') || text.startsWith('.') ? ['', text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function* copyFrom(cli: Cli, copy: Copy): Sim<void> {
  const engine = yield* cli.engine();
  const path = `${containerPath(copy.container)}/archive`;
  const target = copy.destination === '-' ? '-' : yield* localPath(copy.destination);
  yield* checkCopyTarget(target);
  let source = copy.source;
  let rebaseName = '';
  if (copy.followLink) {
    const stat = yield* containerStat(engine, copy.container, source);
    if (stat && isLink(stat)) [source, rebaseName] = rebasedName(source, linkTarget(stat, source));
  }
  const response = yield* engine.open('GET', path, { query: { path: source } });
  if (target === '-') {
    for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) yield* cli.out(data);
    return;
  }
  const stat = statOf(response);
  const info: CopyInfo = { path: source, exists: true, isDirectory: stat !== undefined && isDirectory(stat), rebaseName };
  const archive = yield* response.body.bytes();
  const { entries } = readTar(archive);
  const members = rebaseName === '' ? entries : rebaseMembers(entries, { from: splitPath(source)[1], to: rebaseName });
  const restore = copy.quiet ? undefined : yield* copyProgress(cli, 'Copying from container - ', archive.length);
  let failure: unknown;
  try {
    yield* copyTo(members, info, target);
  } catch (error) {
    failure = error;
  }
  if (restore) {
    yield* restore();
    yield* cli.err(`Successfully copied ${humanSize(archive.length, 3)} to ${target}\n`);
  }
  if (failure) throw failure;
}

function* copyInto(cli: Cli, copy: Copy): Sim<void> {
  const engine = yield* cli.engine();
  const source = copy.source === '-' ? '-' : yield* localPath(copy.source);
  const target = yield* destinationInside(engine, copy);
  let archive: Uint8Array;
  let directory = target.path;
  if (source === '-') {
    if (!target.isDirectory) throw new CliError(`destination "${copy.container}:${copy.destination}" must be a directory`);
    archive = yield* readAll(0);
  } else {
    const info = yield* copySource(source, copy.followLink);
    const members = yield* packResource(info);
    const plan = planCopy(info, target);
    directory = plan.directory;
    archive = writeTar(rebaseMembers(members, plan.rename));
  }
  const restore = copy.quiet ? undefined : yield* copyProgress(cli, 'Copying to container - ', archive.length);
  let failure: unknown;
  try {
    yield* engine.call('PUT', `${containerPath(copy.container)}/archive`, {
      query: { path: directory, noOverwriteDirNonDir: 'true', copyUIDGID: copy.copyOwner ? 'true' : undefined },
      body: archive,
    });
  } catch (error) {
    failure = error;
  }
  if (restore) {
    yield* restore();
    yield* cli.err(`Successfully copied ${humanSize(archive.length, 3)} to ${copy.container}:${target.path}\n`);
  }
  if (failure) throw failure;
}

/** What stands at the destination, links followed. What cannot be looked at counts as not there: the copy itself will tell. */
function* destinationInside(engine: Engine, copy: Copy): Sim<CopyInfo> {
  const info = { path: copy.destination, exists: false, isDirectory: false, rebaseName: '' };
  let stat = yield* containerStat(engine, copy.container, info.path);
  if (stat && isLink(stat)) {
    info.path = linkTarget(stat, copy.destination);
    stat = yield* containerStat(engine, copy.container, info.path);
  }
  if (!stat) return info;
  if (isDevice(stat)) {
    throw new CliError(`destination "${copy.container}:${copy.destination}" must be a directory or a regular file: got a device`);
  }
  return { ...info, exists: true, isDirectory: isDirectory(stat) };
}

function* containerStat(engine: Engine, container: string, path: string): Sim<PathStat | undefined> {
  try {
    return statOf(yield* engine.open('HEAD', `${containerPath(container)}/archive`, { query: { path } }));
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

function statOf(response: HttpResponse): PathStat | undefined {
  const bytes = decodeBase64(response.headers.get('X-Docker-Container-Path-Stat') ?? '');
  return bytes && bytes.length > 0 ? (JSON.parse(decodeUtf8(bytes)) as PathStat) : undefined;
}

/** Bits of Go's os.FileMode. */
const bit =
  (n: number) =>
  (stat: PathStat): boolean =>
    Math.floor(stat.mode / 2 ** n) % 2 === 1;
const isDirectory = bit(31);
const isLink = bit(27);
const isDevice = bit(26);

function linkTarget(stat: PathStat, path: string): string {
  return stat.linkTarget.startsWith('/') ? stat.linkTarget : joinPath(splitPath(path)[0], stat.linkTarget);
}

function* localPath(path: string): Sim<string> {
  return preserveTrailing(absolutePath(path, yield* getcwd()), path);
}

/** Failures of this machine's files, as Go words them. */
function* inGoWords(work: () => Sim<void>): Sim<void> {
  try {
    yield* work();
  } catch (error) {
    if (isErrno(error)) throw new CliError(`lstat ${error.path ?? ''}: ${goErrorText(error.code)}`);
    if (error instanceof CopyError || error instanceof UnpackError || error instanceof TarError) throw new CliError(error.message);
    throw error;
  }
}
