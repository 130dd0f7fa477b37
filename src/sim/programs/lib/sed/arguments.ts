/** What stands behind the name of a command: the text of a, i and c; what s and y put in place of what. */
import { CHARS, unescapeY } from './escapes.ts';
import type { ScriptReader } from './reader.ts';
import { replacementParts } from './replacement.ts';
import { type SedCommand, SedError } from './script.ts';

/** The text of a, i, c: one-liner `a text` or classic `a\` newline text. */
export function commandText(s: ScriptReader): string {
  s.blanks();
  if (s.at >= s.text.length) s.fail("expected \\ after `a', `c' or `i'", s.text.length);
  if (s.text[s.at] === '\\') {
    const m = /^\\[ \t]*\n/.exec(s.text.slice(s.at));
    if (m) s.at += m[0].length;
    else {
      s.at++;
      if (s.at >= s.text.length) s.fail("expected \\ after `a', `c' or `i'", s.text.length);
    }
  }
  let out = '';
  for (; s.at < s.text.length; s.at++) {
    const c = s.text[s.at];
    if (c === '\n') {
      s.at++;
      break;
    }
    if (c === '\\' && s.at + 1 < s.text.length) {
      const next = s.text[++s.at];
      out += out !== '' && CHARS[next] !== undefined && next !== 'n' ? CHARS[next] : next === 't' ? (out === '' ? 't' : '\t') : next;
      continue;
    }
    if (c === '\\') break;
    out += c;
  }
  return `${out}\n`;
}

/** `s/pattern/replacement/flags`, from its delimiter on. */
export function substitution(s: ScriptReader): Partial<SedCommand> {
  const delimiter = s.text[s.at++];
  if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') s.fail("unterminated `s' command", s.text.length);
  const pattern = s.delimited(delimiter, true);
  const replacement = pattern === null ? null : s.delimited(delimiter, false);
  if (pattern === null || replacement === null) s.fail("unterminated `s' command", s.text.length);
  let global = false;
  let print = 0;
  let nth = 0;
  let file: string | undefined;
  let regexFlags = '';
  let execute = false;
  for (;;) {
    const c = s.text[s.at];
    if (c === 'g') {
      if (global) s.fail("multiple `g' options to `s' command", s.at + 1);
      global = true;
    } else if (c === 'p') {
      if (print) s.fail("multiple `p' options to `s' command", s.at + 1);
      print++;
    } else if (c === 'i' || c === 'I' || c === 'm' || c === 'M') regexFlags += c;
    else if (c === 'e') execute = true;
    else if (c !== undefined && /\d/.test(c)) {
      if (nth) s.fail("multiple number options to `s' command", s.at + 1);
      nth = s.number()!;
      if (nth === 0) s.fail("number option to `s' command may not be zero");
      continue;
    } else if (c === 'w') {
      s.at++;
      s.blanks();
      file = s.toLineEnd();
      break;
    } else if (c === undefined || c === ';' || c === '\n' || c === '}' || c === '#' || c === ' ' || c === '\t' || c === '\r') {
      if (c === undefined || c === '}' || c === '#') break;
      if (c === ';' || c === '\n') {
        s.at++;
        break;
      }
      s.at++;
      continue;
    } else {
      if (s.options.busybox) throw new SedError(`unknown option to s command`);
      s.fail("unknown option to `s'", s.at + 1);
    }
    s.at++;
  }
  const regex = s.compile(pattern, regexFlags);
  const parts = replacementParts(replacement);
  const highest = Math.max(0, ...parts.map((p) => (typeof p === 'object' && 'group' in p ? p.group : 0)));
  if (regex !== null && highest > regex.groupCount) s.fail(`invalid reference \\${highest} on \`s' command's RHS`);
  return { regex, replacement: parts, flags: { global, print, nth, file, execute } };
}

/** `y/abc/xyz/`, from its delimiter on. */
export function transliteration(s: ScriptReader): Partial<SedCommand> {
  const delimiter = s.text[s.at++];
  const left = delimiter === undefined ? null : s.delimited(delimiter, false);
  const right = left === null ? null : s.delimited(delimiter, false);
  if (left === null || right === null) s.fail("unterminated `y' command", s.text.length);
  const a = [...unescapeY(left)];
  const b = [...unescapeY(right)];
  if (a.length !== b.length) s.fail("strings for `y' command are different lengths");
  const map = new Map<string, string>();
  for (const [i, c] of a.entries()) if (!map.has(c)) map.set(c, b[i]);
  s.end();
  return { map };
}
