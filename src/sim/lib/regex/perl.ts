import { POSIX_CLASSES } from '../posixClasses.ts';

/**
 * What people use of Perl's syntax beyond JavaScript's: \K, \h, (?i), \Q..\E, (?P<n>), POSIX classes, \A \z, possessive marks.
 * `flags` are those that the pattern sets itself.
 */
export function translatePerl(pattern: string): { readonly source: string; readonly flags: string } {
  let source = pattern
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX_CLASSES[name] ?? whole)
    .replace(/\(\?P?<([A-Za-z_]\w*)>/g, '(?<$1>')
    .replace(/\\h/g, '[ \\t]')
    .replace(/\\R/g, '(?:\\r\\n|\\n|\\r)')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\x\{([0-9a-fA-F]+)\}/g, (_, hex: string) => `\\u{${hex}}`)
    .replace(/([*+?}])\+/g, '$1');
  let flags = '';
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    for (const f of inline[1]) if (f !== 'x' && !flags.includes(f)) flags += f;
  }
  const keep = source.lastIndexOf('\\K');
  if (keep >= 0) source = `(?<=${source.slice(0, keep)})${source.slice(keep + 2)}`;
  return { source, flags };
}
