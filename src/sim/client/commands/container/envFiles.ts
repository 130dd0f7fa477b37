/** --env-file and --label-file: one NAME=value per line, '#' begins a comment. */
import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readText } from '../../../kernel/syscalls.ts';
import { CliError } from '../../cli/errors.ts';

/** `lookup` fills names without a value; undefined leaves them out. */
export function* readKeyValueFile(path: string, lookup: (name: string) => string | undefined): Sim<readonly string[]> {
  let text: string;
  try {
    text = yield* readText(path);
  } catch (error) {
    if (isErrno(error, 'EISDIR')) throw new CliError(`invalid env file (${path}): read ${path}: ${goErrorText(error.code)}`);
    if (isErrno(error)) throw new CliError(`open ${path}: ${goErrorText(error.code)}`);
    throw error;
  }
  const out: string[] = [];
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const trimmed = line.replace(/\r$/, '').trimStart();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const at = trimmed.indexOf('=');
    const name = at < 0 ? trimmed : trimmed.slice(0, at);
    if (name.trim() === '') throw new CliError(`invalid env file (${path}): no variable name on line '${trimmed}'`);
    if (/\s/.test(name.trimEnd()) || name !== name.trimEnd()) {
      throw new CliError(`invalid env file (${path}): variable '${name}' contains whitespaces`);
    }
    if (at >= 0) out.push(trimmed);
    else {
      const value = lookup(name);
      if (value !== undefined) out.push(`${name}=${value}`);
    }
  }
  return out;
}

/** Values of `-e`: a bare name takes the client's value, or stays bare. */
export function expandEnvironment(entries: readonly string[], env: ReadonlyMap<string, string>): readonly string[] {
  return entries.map((entry) => {
    if (entry.includes('=')) return entry;
    const value = env.get(entry);
    return value === undefined ? entry : `${entry}=${value}`;
  });
}

/** Of several values of a name the last one counts. */
export function lastOfEachName(entries: readonly string[]): readonly string[] {
  return [...new Map(entries.map((entry) => [entry.split('=', 1)[0], entry])).values()];
}
