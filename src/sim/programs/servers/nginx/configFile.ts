/** Reading nginx configuration files: words, blocks, includes. */

import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readdir, readText } from '../../../kernel/syscalls.ts';
import { Pattern } from '../../../lib/regex/pattern.ts';

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** A fault in the configuration; nginx calls it [emerg] and does not start. */
export class ConfigError extends Error {}

export function fault(message: string, at: { readonly file: string; readonly line: number }): ConfigError {
  return new ConfigError(`${message} in ${at.file === COMMAND_LINE ? at.file : `${at.file}:${at.line}`}`);
}

/** Where the directives of -g stand, which has no lines. */
const COMMAND_LINE = 'command line';

/** The directives of -g "daemon off; worker_processes 2;". */
export function* parseGlobals(text: string): Sim<readonly Directive[]> {
  return yield* parseBlock(tokenize(text, COMMAND_LINE), { at: 0 }, COMMAND_LINE, '/etc/nginx', false);
}

interface Token {
  readonly text: string;
  readonly kind: 'word' | ';' | '{' | '}';
  readonly line: number;
}

/** What a backslash means in a quoted word; before anything else it stays. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' };

function tokenize(text: string, file: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let i = 0;
  while (i < text.length) {
    const c = text[i];
    if (c === '\n') {
      line++;
      i++;
    } else if (/\s/.test(c)) {
      i++;
    } else if (c === '#') {
      while (i < text.length && text[i] !== '\n') i++;
    } else if (c === ';' || c === '{' || c === '}') {
      tokens.push({ text: c, kind: c, line });
      i++;
    } else if (c === '"' || c === "'") {
      const begin = line;
      let word = '';
      for (i++; ; i++) {
        if (i >= text.length) throw fault('unexpected end of file, expecting ";" or "}"', { file, line });
        if (text[i] === c) break;
        if (text[i] === '\n') line++;
        const escaped = text[i] === '\\' ? ESCAPES[text[i + 1]] : undefined;
        if (escaped !== undefined) i++;
        word += escaped ?? text[i];
      }
      i++;
      tokens.push({ text: word, kind: 'word', line: begin });
    } else {
      let word = '';
      while (i < text.length && !/[\s;{}]/.test(text[i])) {
        if (text[i] === '\\' && i + 1 < text.length && /[;{}"'\s]/.test(text[i + 1])) i++;
        else if (text[i] === '$' && text[i + 1] === '{') {
          const end = text.indexOf('}', i);
          word += text.slice(i, end + 1);
          i = end + 1;
          continue;
        }
        // Braces inside a regular expression: {2,4}.
        word += text[i++];
        if (text[i] === '{' && /^\{\d+(,\d*)?\}/.test(text.slice(i))) {
          const end = text.indexOf('}', i);
          word += text.slice(i, end + 1);
          i = end + 1;
        }
      }
      tokens.push({ text: word, kind: 'word', line });
    }
  }
  return tokens;
}

/** All directives of a file, with what it includes in place. Relative includes are relative to /etc/nginx. */
export function* loadConfig(path: string, prefix: string): Sim<readonly Directive[]> {
  let text: string;
  try {
    text = yield* readText(path);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    const number = error.code === 'ENOENT' ? 2 : error.code === 'EACCES' ? 13 : 21;
    throw new ConfigError(`open() "${path}" failed (${number}: ${error.message})`);
  }
  const tokens = tokenize(text, path);
  const cursor = { at: 0 };
  const directives = yield* parseBlock(tokens, cursor, path, prefix, false);
  return directives;
}

function* parseBlock(
  tokens: readonly Token[],
  cursor: { at: number },
  file: string,
  prefix: string,
  inner: boolean,
): Sim<readonly Directive[]> {
  const out: Directive[] = [];
  for (;;) {
    const first = tokens[cursor.at++];
    if (first === undefined) {
      if (inner) throw fault('unexpected end of file, expecting "}"', { file, line: tokens.at(-1)?.line ?? 1 });
      return out;
    }
    if (first.kind === '}') {
      if (!inner) throw fault('unexpected "}"', { file, line: first.line });
      return out;
    }
    if (first.kind !== 'word') throw fault(`unexpected "${first.text}"`, { file, line: first.line });
    const args: string[] = [];
    let token = tokens[cursor.at++];
    for (; token?.kind === 'word'; token = tokens[cursor.at++]) args.push(token.text);
    if (token === undefined)
      throw file === COMMAND_LINE
        ? fault('unexpected end of parameter, expecting ";"', { file, line: 0 })
        : fault('unexpected end of file, expecting ";" or "}"', { file, line: tokens.at(-1)?.line ?? 1 });
    if (token.kind === '}') throw fault('unexpected "}"', { file, line: token.line });
    const at = { name: first.text, args, file, line: first.line };
    if (token.kind === '{') {
      out.push({ ...at, block: yield* parseBlock(tokens, cursor, file, prefix, true) });
    } else if (first.text === 'include') {
      for (const path of yield* expand(args[0] ?? '', prefix)) out.push(...(yield* loadConfig(path, prefix)));
    } else {
      out.push({ ...at, block: undefined });
    }
  }
}

/** Paths that a pattern with * in its last part leads to; a path without one is taken as it is. */
function* expand(pattern: string, prefix: string): Sim<readonly string[]> {
  const path = pattern.startsWith('/') ? pattern : `${prefix}/${pattern}`;
  if (!/[*?]/.test(path)) return [path];
  const slash = path.lastIndexOf('/');
  const last = new Pattern(
    `^${path
      .slice(slash + 1)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  try {
    const names = (yield* readdir(path.slice(0, slash)))
      .map((entry) => entry.name)
      .filter((name) => !name.startsWith('.') && last.test(name));
    return names.sort().map((name) => `${path.slice(0, slash)}/${name}`);
  } catch (error) {
    if (error instanceof Errno) return [];
    throw error;
  }
}
