import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readlink, S_IFBLK, S_IFCHR, S_IFLNK, S_IFMT, stat, statfs } from '../../../kernel/syscalls.ts';
import { formatTime } from '../calendar.ts';
import { escapes } from '../escapes.ts';
import { modeString, typeLetter } from '../mode.ts';
import { lastPart } from '../paths.ts';
import { directoryOf, type FindEntry } from './entry.ts';
import type { FindGlobal } from './parse.ts';

/** One line of `-ls`. */
export function* findLs(e: FindEntry, g: FindGlobal): Sim<string> {
  const s = e.stat;
  const recent = s.mtime > g.now - 15_778_476e6 && s.mtime <= g.now;
  const device = (s.mode & S_IFMT) === S_IFCHR || (s.mode & S_IFMT) === S_IFBLK;
  const size = device ? `${Math.floor(s.rdev / 256)}, ${s.rdev % 256}` : String(s.size);
  const link = (s.mode & S_IFMT) === S_IFLNK ? ` -> ${yield* readlink(e.path)}` : '';
  const name = e.path.replace(/[\\\s]/g, (c) => (c === ' ' ? '\\ ' : c === '\n' ? '\\n' : c === '\t' ? '\\t' : `\\${c}`));
  return (
    `${String(s.ino).padStart(9)} ${String(Math.ceil(s.blocks / 2)).padStart(6)} ${modeString(s.mode)} ${String(s.nlink).padStart(3)} ${g.users.userName(s.uid).padEnd(8)} ` +
    `${g.users.groupName(s.gid).padEnd(8)} ${size.padStart(8)} ${formatTime(recent ? '%b %e %H:%M' : '%b %e  %Y', s.mtime)} ${name}${link}\n`
  );
}

const CTIME = '%a %b %e %H:%M:%S.%N0 %Y';

/** `-printf`. */
export function* findPrintf(format: string, e: FindEntry, g: FindGlobal): Sim<string> {
  const s = e.stat;
  let out = '';
  for (let i = 0; i < format.length; i++) {
    const c = format[i];
    if (c === '\\') {
      const m = /^\\(?:[0-7]{1,3}|[\s\S]?)/.exec(format.slice(i, i + 4))![0];
      const piece = escapes(m, 'format');
      if (piece.stop) return out;
      out += piece.out;
      i += m.length - 1;
      continue;
    }
    const m = c === '%' ? /^%([-0+ #]*)(\d*)(?:\.(\d+))?(T.|A.|C.|B.|.)/s.exec(format.slice(i)) : null;
    if (!m) {
      out += c;
      continue;
    }
    i += m[0].length - 1;
    const width = Number(m[2] || 0);
    const numeric = 'sbkmndgUGiDl'.includes(m[4][0]) && m[4] !== 'g' && m[4] !== 'l';
    let text = yield* directive(m[4], m[1]);
    if (m[3] !== undefined && !numeric) text = text.slice(0, Number(m[3]));
    out += m[1].includes('-') ? text.padEnd(width) : text.padStart(width, numeric && m[1].includes('0') ? '0' : ' ');
  }
  return out;

  function* directive(d: string, flags: string): Sim<string> {
    const time = d[0] === 'T' ? s.mtime : d[0] === 'A' ? s.atime : s.ctime;
    if (d.length === 2) {
      if (d[1] === '@') return `${Math.floor(time / 1e6)}.${String(((time % 1e6) + 1e6) % 1e6).padStart(6, '0')}0000`;
      if (d[1] === '+') return formatTime('%Y-%m-%d+%H:%M:%S.%N0', time);
      if (d[1] === 'S' || d[1] === 'T' || d[1] === 'X') return `${formatTime(`%${d[1]}.%N0`, time)}`;
      return formatTime(`%${d[1]}`, time);
    }
    switch (d) {
      case '%':
        return '%';
      case 'a':
        return formatTime(CTIME, s.atime);
      case 'b':
        return String(s.blocks);
      case 'c':
        return formatTime(CTIME, s.ctime);
      case 'd':
        return String(e.depth);
      case 'D':
        return String(s.dev);
      case 'f':
        return lastPart(e.path);
      case 'F':
        return (yield* statfs(e.path)).type;
      case 'g':
        return g.users.groupName(s.gid);
      case 'G':
        return String(s.gid);
      case 'h':
        return e.path.includes('/') ? directoryOf(e.path) : '.';
      case 'H':
        return e.root;
      case 'i':
        return String(s.ino);
      case 'k':
        return String(Math.ceil(s.blocks / 2));
      case 'l':
        return (s.mode & S_IFMT) === S_IFLNK ? yield* readlink(e.path) : '';
      case 'm':
        return (flags.includes('#') ? '0' : '') + (s.mode & 0o7777).toString(8);
      case 'M':
        return modeString(s.mode);
      case 'n':
        return String(s.nlink);
      case 'p':
        return e.path;
      case 'P':
        return e.path === e.root ? '' : e.path.slice(e.root.length).replace(/^\/+/, '');
      case 's':
        return String(s.size);
      case 'S':
        return String(s.size === 0 ? 1 : (s.blocks * 512) / s.size);
      case 't':
        return formatTime(CTIME, s.mtime);
      case 'u':
        return g.users.userName(s.uid);
      case 'U':
        return String(s.uid);
      case 'y':
        return typeLetter(s.mode).replace('-', 'f');
      case 'Y': {
        if ((s.mode & S_IFMT) !== S_IFLNK) return typeLetter(s.mode).replace('-', 'f');
        try {
          return typeLetter((yield* stat(e.path)).mode).replace('-', 'f');
        } catch (error) {
          if (isErrno(error)) return error.code === 'ELOOP' ? 'L' : 'N';
          throw error;
        }
      }
      case 'Z':
        return '';
      default:
        return `%${d}`;
    }
  }
}
