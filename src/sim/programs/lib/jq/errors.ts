import { encodeUtf8 } from '../../../lib/utf8.ts';
import type { CompileError } from './syntax.ts';

/** A mistake with the line of the program and a mark under the place. */
function describeError(program: string, error: CompileError): string {
  const { start, end } = error.at;
  const lineStart = program.lastIndexOf('\n', start - 1) + 1;
  const newline = program.indexOf('\n', lineStart);
  const lineEnd = newline < 0 ? program.length : newline;
  const line = program.slice(0, lineStart).split('\n').length;
  const stop = Math.min(end, Math.max(lineEnd, start + 1));
  // Columns and marks are counted in bytes.
  const bytes = (from: number, to: number): number => encodeUtf8(program.slice(from, Math.max(from, to))).length;
  const before = bytes(lineStart, start);
  const mark = ' '.repeat(before) + '^'.repeat(bytes(start, stop));
  return `jq: error: ${error.message} at <top-level>, line ${line}, column ${before + 1}:\n    ${program.slice(lineStart, lineEnd)}\n    ${mark}\n`;
}

/** All mistakes and their number. */
export function describeErrors(program: string, errors: readonly CompileError[]): string {
  const count = `jq: ${errors.length} compile ${errors.length > 1 ? 'errors' : 'error'}\n`;
  return errors.map((error) => describeError(program, error)).join('') + count;
}
