import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { stat } from '../../kernel/syscalls.ts';
import { Fatal, UsageError } from './failure.ts';
import type { ParsedOptions } from './options.ts';
import { isDirectory, isDirectoryPath, joinPath, lastPart } from './paths.ts';
import { quote, quoteAlways } from './quote.ts';
import type { Tool } from './tool.ts';

/** Pairs of source and target as cp, mv and install read their operands (-t DIR, -T). */
export function* destinations(t: Tool, o: ParsedOptions, keepPath = false): Sim<(readonly [from: string, to: string])[]> {
  const words = o.operands;
  if (words.length === 0) throw new UsageError(t.busybox ? '' : 'missing file operand');
  const into = o.value('t');
  const place = (dir: string, from: string): string =>
    joinPath(dir, keepPath ? from.replace(/^\/+/, '') : lastPart(from).replace(/^\/$/, ''));
  if (into !== undefined) {
    if (!(yield* isDirectoryPath(into))) throw new Fatal(`target directory ${quoteAlways(into)}: ${yield* reason(into)}`);
    return words.map((from) => [from, place(into, from)]);
  }
  if (words.length === 1) throw new UsageError(t.busybox ? '' : `missing destination file operand after ${quoteAlways(words[0])}`);
  const last = words[words.length - 1];
  if (o.has('T')) {
    if (words.length > 2) throw new UsageError(`extra operand ${quote(words[2])}`);
    return [[words[0], last]];
  }
  if (yield* isDirectoryPath(last)) return words.slice(0, -1).map((from) => [from, place(last, from)]);
  if (words.length > 2) {
    if (t.busybox) throw new Fatal(`target '${last}' is not a directory`);
    throw new Fatal(`target ${quoteAlways(last)}: ${yield* reason(last)}`);
  }
  return [[words[0], last]];
}

function* reason(path: string): Sim<string> {
  try {
    return isDirectory(yield* stat(path)) ? '' : 'Not a directory';
  } catch (error) {
    if (isErrno(error)) return error.message;
    throw error;
  }
}
