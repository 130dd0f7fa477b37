import { ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';

/** The letters of `$-`. */
function optionLetters(sh: Shell): string {
  const on = (name: string): boolean => sh.options.has(name);
  const letters: readonly (readonly [string, string])[] = [
    ['a', 'allexport'],
    ['b', 'notify'],
    ['e', 'errexit'],
    ['f', 'noglob'],
    ['h', 'hashall'],
    ['i', ''],
    ['k', 'keyword'],
    ['m', 'monitor'],
    ['n', 'noexec'],
    ['p', 'privileged'],
    ['t', 'onecmd'],
    ['u', 'nounset'],
    ['v', 'verbose'],
    ['x', 'xtrace'],
    ['B', 'braceexpand'],
    ['C', 'noclobber'],
    ['E', 'errtrace'],
    ['H', 'histexpand'],
    ['P', 'physical'],
    ['T', 'functrace'],
  ];
  const bash = letters
    .filter(([letter, name]) => (letter === 'i' ? sh.interactive : on(name)))
    .map(([letter]) => letter)
    .join('');
  if (!sh.isBash) {
    const reads = sh.commandString ? (sh.dialect === 'ash' ? 'c' : '') : sh.interactive || sh.scriptFile ? '' : 's';
    return bash.replace(/[hBH]/g, '') + reads;
  }
  return bash + (sh.commandString ? 'c' : sh.scriptFile === undefined ? 's' : '');
}

/** The value of a special or positional parameter, or a variable; undefined if unset. `@` and `*` are not for here. */
export function parameterValue(sh: Shell, name: string): string | undefined {
  if (name.length === 1 || (name[0] >= '0' && name[0] <= '9')) {
    if (name[0] >= '0' && name[0] <= '9') {
      const n = Number(name);
      return n === 0 ? sh.argv0 : sh.positional[n - 1];
    }
    switch (name) {
      case '?':
        return String(sh.status);
      case '#':
        return String(sh.positional.length);
      case '$':
        return String(sh.pid);
      case '!':
        return sh.lastBackground ? String(sh.lastBackground) : undefined;
      case '-':
        return optionLetters(sh);
      case '_':
        if (sh.isBash) return sh.lastArgument;
    }
  }
  return sh.vars.get(name);
}

/** With `set -u`, reading what is unset ends the shell. */
export function unbound(sh: Shell, name: string): never {
  const shown = /^\d+$/.test(name) || name === '!' ? `$${name}` : name;
  if (!sh.isBash) throw new ShellError(`${name}: parameter not set`, { fatal: true, status: 2 });
  throw new ShellError(`${shown}: unbound variable`, { fatal: true });
}

/** The first character of IFS joins `"$*"`; unset gives a space. */
export function starJoiner(sh: Shell): string {
  const ifs = sh.vars.get('IFS');
  return ifs === undefined ? ' ' : ifs.slice(0, 1);
}
