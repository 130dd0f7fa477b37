/** A patch as data. Lines keep their newline; the last of a file may have none. */

export interface HunkLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

export interface Hunk {
  /** Line numbers of the old and the new file; of an empty side, that of the line after which it stands, plus one. */
  readonly oldFirst: number;
  readonly newFirst: number;
  readonly lines: readonly HunkLine[];
}

export interface FilePatch {
  readonly format: 'unified' | 'context' | 'normal';
  /** As the header writes them; undefined without a header. */
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
  /** After `Index:`, which counts when the others lead to no file. */
  readonly index: string | undefined;
  /** The header says that the file does not exist before, or after. */
  readonly creates: boolean;
  readonly deletes: boolean;
  readonly renames: boolean;
  /** Permission bits of a new file, in git's form. */
  readonly mode: number | undefined;
  readonly headers: readonly string[];
  /** What stood before the first hunk. */
  readonly lead: readonly string[];
  /** Line of the input at which the hunks begin. */
  readonly at: number;
  readonly hunks: readonly Hunk[];
  /** The hunks cannot be read. */
  readonly fault?: PatchError;
}

export class PatchError extends Error {}

const opposite = { ' ': ' ', '-': '+', '+': '-' } as const;

/** The patch that undoes this one. */
export function reversed(hunk: Hunk): Hunk {
  const lines: HunkLine[] = [];
  let added: HunkLine[] = [];
  for (const { sign, text } of hunk.lines) {
    // What was added is now taken away, and such lines stand first.
    if (sign === '-') added.push({ sign: '+', text });
    else {
      if (sign === ' ') {
        lines.push(...added);
        added = [];
      }
      lines.push({ sign: opposite[sign], text });
    }
  }
  return { oldFirst: hunk.newFirst, newFirst: hunk.oldFirst, lines: [...lines, ...added] };
}

export const oldLines = (hunk: Hunk): readonly string[] => hunk.lines.filter((l) => l.sign !== '+').map((l) => l.text);
export const newLines = (hunk: Hunk): readonly string[] => hunk.lines.filter((l) => l.sign !== '-').map((l) => l.text);
