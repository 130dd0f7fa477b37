import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../../kernel/syscalls.ts';

/** The letter that `ls -l` begins with. */
export function typeLetter(mode: number): string {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return 'd';
    case S_IFLNK:
      return 'l';
    case S_IFCHR:
      return 'c';
    case S_IFBLK:
      return 'b';
    case S_IFIFO:
      return 'p';
    case S_IFSOCK:
      return 's';
    default:
      return '-';
  }
}

/** 'rwxr-sr-x' */
export function permissionLetters(mode: number): string {
  const triple = (bits: number, special: boolean, lower: string): string =>
    (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + (special ? (bits & 1 ? lower : lower.toUpperCase()) : bits & 1 ? 'x' : '-');
  return (
    triple(mode >> 6, (mode & 0o4000) !== 0, 's') + triple(mode >> 3, (mode & 0o2000) !== 0, 's') + triple(mode, (mode & 0o1000) !== 0, 't')
  );
}

/** '-rw-r--r--' */
export function modeString(mode: number): string {
  return typeLetter(mode) + permissionLetters(mode);
}

/** What stat's %F says. */
export function fileTypeName(mode: number, size: number): string {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return 'directory';
    case S_IFLNK:
      return 'symbolic link';
    case S_IFCHR:
      return 'character special file';
    case S_IFBLK:
      return 'block special file';
    case S_IFIFO:
      return 'fifo';
    case S_IFSOCK:
      return 'socket';
    case S_IFREG:
      return size === 0 ? 'regular empty file' : 'regular file';
    default:
      return 'weird file';
  }
}

interface Clause {
  readonly who: number; // mask of 0o7777 bits; 0 = not given
  readonly actions: readonly { readonly op: '+' | '-' | '='; readonly perms: string; readonly copy: '' | 'u' | 'g' | 'o' }[];
}

/** A parsed chmod mode: answers with the new bits for a file. */
export type ModeChange = (old: number, directory: boolean, umask: number) => number;

/** Reads '755', '+x', 'u=rw,go-w'. Null when it is none. */
export function parseMode(text: string): ModeChange | null {
  if (/^[0-7]{1,}$/.test(text)) {
    const bits = Number.parseInt(text, 8);
    if (bits > 0o7777) return null;
    // Short octal modes leave the set-id bits of directories alone.
    return (old, directory) => (directory && text.length < 5 ? bits | (old & 0o6000) : bits);
  }
  if (/^[-+=][0-7]+$/.test(text)) {
    const bits = Number.parseInt(text.slice(1), 8);
    return (old) => (text[0] === '+' ? old | bits : text[0] === '-' ? old & ~bits : bits);
  }
  const clauses: Clause[] = [];
  for (const part of text.split(',')) {
    const head = /^[ugoa]*/.exec(part)![0];
    let rest = part.slice(head.length);
    if (rest === '') return null;
    let who = 0;
    for (const c of head) who |= c === 'u' ? 0o4700 : c === 'g' ? 0o2070 : c === 'o' ? 0o1007 : 0o7777;
    const actions: Clause['actions'][number][] = [];
    while (rest !== '') {
      const m = /^([-+=])(?:([ugo])|([rwxXst]*))/.exec(rest);
      if (!m) return null;
      actions.push({ op: m[1] as '+', perms: m[3] ?? '', copy: (m[2] ?? '') as '' });
      rest = rest.slice(m[0].length);
    }
    clauses.push({ who, actions });
  }
  return (old, directory, umask) => {
    let mode = old & 0o7777;
    for (const clause of clauses) {
      for (const a of clause.actions) {
        let bits = 0;
        if (a.copy !== '') {
          const three = (mode >> (a.copy === 'u' ? 6 : a.copy === 'g' ? 3 : 0)) & 7;
          bits = three * 0o111;
        } else {
          for (const p of a.perms) {
            if (p === 'r') bits |= 0o444;
            else if (p === 'w') bits |= 0o222;
            else if (p === 'x') bits |= 0o111;
            else if (p === 'X') bits |= directory || (mode & 0o111) !== 0 ? 0o111 : 0;
            else if (p === 's') bits |= 0o6000;
            else bits |= 0o1000;
          }
        }
        const mask = clause.who === 0 ? 0o7777 & ~umask : clause.who;
        const value = bits & mask;
        if (a.op === '+') mode |= value;
        else if (a.op === '-') mode &= ~value;
        else {
          const clear = clause.who === 0 ? 0o7777 : clause.who;
          const keep = directory ? mode & 0o6000 & ~(a.perms.includes('s') ? 0o6000 : 0) : 0;
          mode = (mode & ~clear) | value | keep;
        }
      }
    }
    return mode;
  };
}
