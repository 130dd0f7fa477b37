/** The right-hand side of `s`: text, groups, and changes of case. */
import { byteText, joinBytes } from '../escapes.ts';
import { CHARS } from './escapes.ts';
import type { SedPart } from './script.ts';

/** Takes a replacement apart. */
export function replacementParts(text: string): SedPart[] {
  const parts: SedPart[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') parts.push(joinBytes(literal));
    literal = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '&') {
      flush();
      parts.push({ group: 0 });
      continue;
    }
    if (c !== '\\' || i + 1 >= text.length) {
      literal += c;
      continue;
    }
    const next = text[++i];
    if (/\d/.test(next)) {
      flush();
      parts.push({ group: Number(next) });
    } else if (/[ULulE]/.test(next)) {
      flush();
      parts.push({ case: next as 'U' });
    } else if (CHARS[next] !== undefined) literal += CHARS[next];
    else {
      const m = /^(?:x([0-9a-fA-F]{1,2})|o([0-7]{1,3})|d(\d{1,3})|c(.))/.exec(text.slice(i, i + 4));
      if (m) {
        literal += byteText(
          (m[1]
            ? Number.parseInt(m[1], 16)
            : m[2]
              ? Number.parseInt(m[2], 8)
              : m[3]
                ? Number(m[3])
                : m[4].toUpperCase().charCodeAt(0) ^ 64) & 255,
        );
        i += m[0].length - 1;
      } else literal += next;
    }
  }
  flush();
  return parts;
}

/** What a match is replaced by. */
export function expand(parts: readonly SedPart[], groups: readonly (string | undefined)[]): string {
  let out = '';
  let mode: 'U' | 'L' | '' = '';
  let once: 'u' | 'l' | '' = '';
  for (const part of parts) {
    if (typeof part === 'object' && 'case' in part) {
      if (part.case === 'E') mode = '';
      else if (part.case === 'U' || part.case === 'L') mode = part.case;
      else once = part.case;
      continue;
    }
    let text = typeof part === 'string' ? part : (groups[part.group] ?? '');
    if (mode === 'U') text = text.toUpperCase();
    else if (mode === 'L') text = text.toLowerCase();
    if (once !== '' && text !== '') {
      text = (once === 'u' ? text[0].toUpperCase() : text[0].toLowerCase()) + text.slice(1);
      once = '';
    }
    out += text;
  }
  return out;
}
