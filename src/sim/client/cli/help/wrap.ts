/** How far a line may go on over its width, so that no single word is left for the next one. */
const SLOP = 5;
/** A column narrower than this is not worth wrapping in: the text then begins on a line of its own. */
const LEAST = 24;
const INDENT_OF_ITS_OWN = 16;

/**
 * Breaks text into lines that end before column `width`, as spf13/pflag lays out the descriptions of flags. The text begins at
 * column `indent`; so do its further lines. Line breaks in the text stay. A width of 0 breaks nothing.
 */
export function wrapText(text: string, width: number, indent: number): string {
  const margin = (column: number): string => `\n${' '.repeat(column)}`;
  if (width === 0) return text.replaceAll('\n', margin(indent));
  const beside = width - indent >= LEAST;
  const column = beside ? indent : INDENT_OF_ITS_OWN;
  if (width - column < LEAST) return text.replaceAll('\n', margin(column));
  const lines: string[] = [];
  for (let rest = text; lines.length === 0 || rest !== ''; ) {
    const cut = breakAt(rest, width - column - SLOP);
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut + 1);
  }
  const block = lines.join('\n').replaceAll('\n', margin(column));
  return beside ? block : margin(column) + block;
}

/** Where the first line ends: at its last blank, or at a line break that comes sooner. */
function breakAt(text: string, room: number): number {
  if (room + SLOP > text.length) return text.length;
  const head = text.slice(0, room);
  const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'));
  if (blank <= 0) return text.length;
  const lineBreak = head.lastIndexOf('\n');
  return lineBreak > 0 ? lineBreak : blank;
}
