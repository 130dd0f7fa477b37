import { compileRegex } from '../../../lib/regex/regex.ts';
import type { TarEntry } from '../../../lib/tar/index.ts';
import { formatTime } from '../calendar.ts';
import { permissionLetters } from '../mode.ts';
import type { TarPlan } from './plan.ts';

const LETTERS: Readonly<Record<TarEntry['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  character: 'c',
  block: 'b',
  fifo: 'p',
};

/** Lines of `tar tv`: the column of owner and size grows as it meets wider ones. */
export class TarDescriber {
  readonly #plan: TarPlan;
  readonly #busybox: boolean;
  #width = 19;

  constructor(plan: TarPlan, busybox: boolean) {
    this.#plan = plan;
    this.#busybox = busybox;
  }

  line(e: TarEntry, shown: string): string {
    const name =
      shown.replace(/[\\\n\t]/g, (c) => (c === '\n' ? '\\n' : c === '\t' ? '\\t' : '\\\\')) +
      (e.type === 'symlink' ? ` -> ${e.linkname}` : e.type === 'hardlink' ? ` link to ${e.linkname}` : '');
    const owner = `${this.#plan.numericOwner || e.uname === '' ? e.uid : e.uname}/${this.#plan.numericOwner || e.gname === '' ? e.gid : e.gname}`;
    const size =
      e.type === 'character' || e.type === 'block'
        ? `${Math.floor(e.rdev / 256)},${e.rdev % 256}`
        : String(e.type === 'file' ? e.data.length : 0);
    const mode = LETTERS[e.type] + permissionLetters(e.mode);
    const time = formatTime(this.#busybox || this.#plan.fullTime ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d %H:%M', e.mtime);
    if (this.#busybox) return `${mode} ${owner} ${size.padStart(9)} ${time} ${name}\n`;
    this.#width = Math.max(this.#width, owner.length + 1 + size.length);
    return `${mode} ${owner}${size.padStart(this.#width - owner.length)} ${time} ${name}\n`;
  }
}

/** --transform: an s command of sed on member names. */
export function transformed(name: string, rules: readonly string[]): string {
  let out = name;
  for (const rule of rules) {
    for (const one of rule.split(';')) {
      const d = one[1];
      const parts = one.slice(2).split(d);
      if (one[0] !== 's' || parts.length < 2) continue;
      const flags = parts[2] ?? '';
      const re = compileRegex(parts[0], flags.includes('x') ? 'extended' : 'basic', { ignoreCase: flags.includes('i') });
      let result = '';
      let at = 0;
      for (let m = re.exec(out, 0); m !== null; m = re.exec(out, m.end > m.start ? m.end : m.end + 1)) {
        const groups = m.groups;
        result +=
          out.slice(at, m.start) +
          parts[1].replace(/\\(\d)|&|\\(.)/g, (w, n: string | undefined, c: string | undefined) =>
            n !== undefined ? (groups[Number(n)] ?? '') : w === '&' ? (groups[0] ?? '') : (c ?? ''),
          );
        at = m.end;
        if (!flags.includes('g')) break;
      }
      out = result + out.slice(at);
    }
  }
  return out;
}
