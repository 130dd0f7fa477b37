import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { gethostname, ttyname } from '../../kernel/syscalls.ts';
import type { Shell } from '../state/shell.ts';
import { realTime, strftime } from '../strftime.ts';

/** Marks around text that takes no room (`\[` and `\]`), as readline has them. */
export const INVISIBLE_START = '\x01';
export const INVISIBLE_END = '\x02';

/** Decodes the backslash escapes of PS1 and its kin. */
export function* expandPrompt(sh: Shell, text: string): Sim<string> {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i + 1 >= text.length) {
      out += text[i];
      continue;
    }
    const c = text[++i];
    const octal = /^[0-7]{3}/.exec(text.slice(i));
    if (octal) {
      out += String.fromCharCode(Number.parseInt(octal[0], 8));
      i += 2;
      continue;
    }
    switch (c) {
      case 'a':
        out += '\x07';
        break;
      case 'e':
        out += '\x1b';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case '\\':
        out += '\\\\';
        break;
      case '[':
        out += INVISIBLE_START;
        break;
      case ']':
        out += INVISIBLE_END;
        break;
      case 'u':
        out += sh.accounts.user ?? 'I have no name!';
        break;
      case 'h':
        out += (yield* gethostname()).split('.')[0];
        break;
      case 'H':
        out += yield* gethostname();
        break;
      case 'w':
        out += shortDirectory(sh);
        break;
      case 'W': {
        const dir = shortDirectory(sh);
        out += dir === '/' || dir === '~' ? dir : dir.slice(dir.lastIndexOf('/') + 1);
        break;
      }
      case '$':
        out += sh.uid === 0 ? '#' : '\\$';
        break;
      case 's':
        out += sh.displayName.replace(/^-/, '').replace(/.*\//, '');
        break;
      case 'v':
        out += sh.release.replace(/\.\d+$/, '');
        break;
      case 'V':
        out += sh.release;
        break;
      case 'j':
        out += String(sh.jobs.list.length);
        break;
      case '#':
      case '!':
        out += String(sh.history?.next ?? 1);
        break;
      case 'l':
        out += yield* terminalName();
        break;
      case 't':
        out += strftime('%H:%M:%S', yield* realTime());
        break;
      case 'T':
        out += strftime('%I:%M:%S', yield* realTime());
        break;
      case '@':
        out += strftime('%I:%M %p', yield* realTime());
        break;
      case 'A':
        out += strftime('%H:%M', yield* realTime());
        break;
      case 'd':
        out += strftime('%a %b %d', yield* realTime());
        break;
      case 'D': {
        const match = /^\{([^}]*)\}/.exec(text.slice(i + 1));
        if (match) i += match[0].length;
        out += strftime(match?.[1] || '%X', yield* realTime());
        break;
      }
      default:
        out += `\\${c}`;
    }
  }
  return out;
}

function shortDirectory(sh: Shell): string {
  const dir = sh.vars.get('PWD') ?? sh.cwd;
  const home = sh.vars.get('HOME');
  let shown = dir;
  if (home && home !== '/' && (dir === home || dir.startsWith(`${home}/`))) shown = `~${dir.slice(home.length)}`;
  const trim = Number(sh.vars.get('PROMPT_DIRTRIM') ?? 0);
  if (trim > 0) {
    const parts = shown.split('/');
    if (parts.length - 1 > trim) shown = `${parts[0] === '~' ? '~/' : ''}.../${parts.slice(-trim).join('/')}`;
  }
  return shown;
}

function* terminalName(): Sim<string> {
  try {
    return (yield* ttyname(0)).replace(/^.*\//, '');
  } catch (error) {
    if (error instanceof Errno) return 'tty';
    throw error;
  }
}
