import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { credentials, getcwd, requestEditor, S_IFDIR, S_IFMT, statOrNull, write } from '../kernel/syscalls.ts';

/** edit FILE...: asks the page that shows this terminal to open the files in its editor, and does not wait for it. */
export const program: Program = {
  name: 'edit',
  *main(argv): Sim<number> {
    const files = argv.slice(1).filter((arg) => arg !== '--');
    if (files.length === 0 || files[0] === '--help') {
      yield* write(
        files.length === 0 ? 2 : 1,
        'usage: edit FILE...\nOpens each FILE in the editor pane of the page. nano and vi work in the terminal.\n',
      );
      return files.length === 0 ? 2 : 0;
    }
    const { euid, egid, groups } = yield* credentials();
    let status = 0;
    for (const file of files) {
      const problem = yield* problemWith(file);
      if (problem !== undefined) {
        yield* write(2, `edit: ${file}: ${problem}\n`);
        status = 1;
        continue;
      }
      try {
        yield* requestEditor(2, { path: absolute(yield* getcwd(), file), uid: euid, gid: egid, groups });
      } catch (error) {
        if (!isErrno(error, 'ENOTTY')) throw error;
        yield* write(2, 'edit: the editor pane opens from a terminal of the page only; nano and vi work here\n');
        return 1;
      }
    }
    return status;
  },
};

/** Why a file cannot be edited; that it is not there yet is no reason, that its directory is not is one. */
function* problemWith(file: string): Sim<string | undefined> {
  try {
    const info = yield* statOrNull(file);
    if (info) return (info.mode & S_IFMT) === S_IFDIR ? 'Is a directory' : undefined;
    const parent = file.replace(/\/*[^/]*\/*$/, '') || (file.startsWith('/') ? '/' : '.');
    const above = yield* statOrNull(parent);
    return above === null ? 'No such file or directory' : (above.mode & S_IFMT) === S_IFDIR ? undefined : 'Not a directory';
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.message;
  }
}

function absolute(cwd: string, file: string): string {
  const out: string[] = [];
  for (const part of (file.startsWith('/') ? file : `${cwd}/${file}`).split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}
