/**
 * Executable files. A real image holds megabytes of machine code; ours holds a small stub with an ELF header that names
 * the program to run. Scripts are real: `#!interpreter [argument]`.
 */
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';

const MAGIC = '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0';
const MARK = 'drydock-program:';

/** The bytes of an executable that runs `program`. The same name gives the same bytes. */
export function executableStub(program: string): Uint8Array {
  return encodeUtf8(`${MAGIC}${MARK}${program}\n`);
}

export type Executable =
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument: string | undefined };

/** Reads the first bytes of a file as execve(2) does; null is ENOEXEC. */
export function parseExecutable(head: Uint8Array): Executable | null {
  const text = decodeUtf8(head.subarray(0, 256));
  if (text.startsWith(MAGIC + MARK)) {
    const end = text.indexOf('\n', MAGIC.length);
    return end < 0 ? null : { kind: 'program', name: text.slice(MAGIC.length + MARK.length, end) };
  }
  if (!text.startsWith('#!')) return null;
  const line = /^#![ \t]*([^\n]*)/.exec(text)?.[1].trimEnd() ?? '';
  const match = /^(\S+)(?:[ \t]+(.*))?$/.exec(line);
  return match ? { kind: 'script', interpreter: match[1], argument: match[2] } : null;
}
