/** -i: a file is read, its successor written beside it and moved over it. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { chmod, chown, close, fstat, open, rename, S_IFMT, S_IFREG } from '../../../kernel/syscalls.ts';
import { Fatal } from '../failure.ts';
import { Output } from '../output.ts';
import type { Tool } from '../tool.ts';
import type { SedInput } from './input.ts';
import type { SedOutput } from './output.ts';

/** Edits a file: `edit` reads it as the input and writes its successor. `suffix` names the backup, '' for none. */
export function* editInPlace(t: Tool, name: string, suffix: string, input: SedInput, output: SedOutput, edit: () => Sim<void>): Sim<void> {
  let fd: number;
  try {
    fd = yield* open(name, 'r');
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* input.cannotRead(name, error.message);
    return;
  }
  const info = yield* fstat(fd);
  yield* close(fd);
  if ((info.mode & S_IFMT) !== S_IFREG) {
    yield* t.warn(`couldn't edit ${name}: not a regular file`);
    input.status = 4;
    return;
  }
  const slash = name.lastIndexOf('/');
  const dir = name.slice(0, slash + 1);
  const temporary = `${dir}sed${String(info.ino % 100000).padStart(5, '0')}~`;
  let target: number;
  try {
    target = yield* open(temporary, 'w', info.mode & 0o7777);
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`couldn't open temporary file ${dir || './'}sedXXXXXX: ${error.message}`, 4);
    throw error;
  }
  output.out = new Output(target);
  input.queue = [name];
  yield* edit();
  yield* output.out.flush();
  yield* close(target);
  output.out = t.out;
  output.missingNewline = false;
  yield* chmod(temporary, info.mode & 0o7777);
  try {
    yield* chown(temporary, info.uid, info.gid);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  if (suffix !== '') {
    const base = name.slice(slash + 1);
    yield* rename(
      name,
      suffix.includes('/') ? suffix.replaceAll('*', base) : dir + (suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix),
    );
  }
  yield* rename(temporary, name);
  input.line = 0;
}
