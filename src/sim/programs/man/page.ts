/** One page of the manual. */
export interface Page {
  readonly name: string;
  /** 1 for commands, 8 for those of an administrator. */
  readonly section: 1 | 8;
  /** What it does, in a phrase. */
  readonly about: string;
  /** The form of the command; several are on lines of their own. */
  readonly synopsis: string;
  readonly description: string;
  /** Option or subcommand, and what it does. */
  readonly options: readonly (readonly [option: string, does: string])[];
  readonly seeAlso: readonly string[];
}

/**
 * Reads pages written one behind the other:
 *
 *     # NAME(SECTION) phrase          see also: other, names
 *     > synopsis
 *     paragraph
 *     -x, --long | what it does
 *
 * Every page is our own words about what the simulated program does, so that what is read here can be tried here.
 */
export function readPages(text: string): readonly Page[] {
  return text
    .split(/^(?=# )/m)
    .filter((part) => part.startsWith('# '))
    .map(readPage);
}

function readPage(text: string): Page {
  const [head, ...lines] = text.trimEnd().split('\n');
  const match = /^# (\S+)\((\d)\) (.*?)(?:\s+see also: (.*))?$/.exec(head);
  if (!match) throw new Error(`not the head of a page: ${head}`);
  return {
    name: match[1],
    section: match[2] === '8' ? 8 : 1,
    about: match[3],
    synopsis: lines
      .filter((line) => line.startsWith('> '))
      .map((line) => line.slice(2))
      .join('\n'),
    description: lines.filter((line) => line !== '' && !/^> | \| /.test(line)).join(' '),
    options: lines.flatMap((line) => {
      const at = line.indexOf(' | ');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 3)] as const];
    }),
    seeAlso: match[4]?.split(', ') ?? [],
  };
}
