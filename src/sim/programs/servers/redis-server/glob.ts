import { Pattern } from '../../../lib/regex/pattern.ts';

/** Glob of KEYS and PSUBSCRIBE. */
export function globPattern(pattern: string): Pattern {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '*') source += '.*';
    else if (c === '?') source += '.';
    else if (c === '[') {
      const end = pattern.indexOf(']', i);
      if (end < 0) source += '\\[';
      else {
        source += `[${pattern.slice(i + 1, end).replaceAll('\\', '\\\\')}]`;
        i = end;
      }
    } else source += c.replace(/[.+^${}()|\]\\]/g, '\\$&');
  }
  return new Pattern(`^${source}$`, 's');
}
