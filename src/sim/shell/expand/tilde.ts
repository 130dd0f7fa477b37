import type { Shell } from '../state/shell.ts';

/** What a tilde prefix (without the tilde) stands for; undefined leaves it as it is. */
export function tildePrefix(sh: Shell, name: string): string | undefined {
  if (name === '') return sh.vars.get('HOME') ?? sh.accounts.homes.get('') ?? '/';
  if (name === '+') return sh.vars.get('PWD');
  if (name === '-') return sh.vars.get('OLDPWD');
  if (/^[+-]?\d+$/.test(name)) {
    const stack = [sh.vars.get('PWD') ?? '/', ...sh.directoryStack];
    return name[0] === '-' ? stack[stack.length - 1 - Number(name.slice(1))] : stack[Number(name)];
  }
  return sh.accounts.homes.get(name);
}

/** Tilde expansion in unquoted text. `first` and `last` tell whether the text begins and ends its word. */
export function tilde(
  sh: Shell,
  text: string,
  first: boolean,
  last: boolean,
  mode: 'none' | 'start' | 'assignment' | 'value',
): { text: string; quoted: boolean }[] {
  const out: { text: string; quoted: boolean }[] = [];
  const name = mode === 'assignment' && first ? (/^[A-Za-z_]\w*\+?=/.exec(text)?.[0] ?? '') : '';
  const body = text.slice(name.length);
  if (name) out.push({ text: name, quoted: false });
  const pieces = mode === 'start' ? [body] : body.split(':');
  pieces.forEach((piece, i) => {
    if (i > 0) out.push({ text: ':', quoted: false });
    const atStart = i > 0 || first || name !== '';
    const match = atStart ? /^~([^/]*)/.exec(piece) : null;
    const open = match !== null && match[0].length === piece.length && i === pieces.length - 1 && !last;
    const home = match && !open ? tildePrefix(sh, match[1]) : undefined;
    if (match && home !== undefined) {
      out.push({ text: home, quoted: true });
      out.push({ text: piece.slice(match[0].length), quoted: false });
    } else out.push({ text: piece, quoted: false });
  });
  return out;
}
