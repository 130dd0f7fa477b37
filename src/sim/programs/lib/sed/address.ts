/** Addresses: `3`, `$`, `1~2`, `/x/`, and behind a comma `+2` and `~4`. */
import type { ScriptReader } from './reader.ts';
import type { SedAddress } from './script.ts';

/** An address, if one comes next; `second`: behind a comma. */
export function readAddress(s: ScriptReader, second: boolean): SedAddress | undefined {
  const c = s.text[s.at];
  if (c === '/' || c === '\\') {
    if (c === '\\') s.at++;
    const delimiter = s.text[s.at++];
    const pattern = s.delimited(delimiter, true);
    if (pattern === null) s.fail('unterminated address regex', s.text.length);
    let flags = '';
    while (/[IM]/.test(s.text[s.at] ?? '')) flags += s.text[s.at++];
    return { kind: 'regex', regex: s.compile(pattern, flags) };
  }
  if (c === '$') {
    s.at++;
    return { kind: 'last' };
  }
  if (second && (c === '+' || c === '~')) {
    s.at++;
    const n = s.number();
    if (n === undefined) s.fail(`expected number`);
    return c === '+' ? { kind: 'plus', count: n } : { kind: 'multiple', of: n };
  }
  const n = s.number();
  if (n === undefined) return undefined;
  if (s.text[s.at] === '~' && !second) {
    s.at++;
    return { kind: 'step', first: n, step: s.number() ?? 0 };
  }
  if (n === 0 && !second) return { kind: 'zero' };
  return { kind: 'line', line: n };
}
