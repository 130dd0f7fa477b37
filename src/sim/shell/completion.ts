/**
 * Where candidates for completion come from.
 *
 * A program takes part by answering a hidden subcommand, as cobra's programs do: for the line `docker run --na` the shell
 * runs `docker __complete run --na`, which prints a candidate a line (a description may follow after a tab) and at the
 * end `:N` with flags: 1 error, 2 no blank after the candidate, 4 no file names, 8 file name extensions, 16 directories only.
 */
export interface CompletionSource {
  /** The command whose arguments it completes. */
  readonly command: string;
  /** Words to run instead, before the words of the line; by default `[command, '__complete']`. */
  readonly words: readonly string[];
}

/** Programs that answer `__complete`. */
export const COMPLETION_SOURCES: readonly CompletionSource[] = [
  { command: 'docker', words: ['docker', '__complete'] },
  { command: 'docker-compose', words: ['docker-compose', '__complete'] },
  { command: 'kubectl', words: ['kubectl', '__complete'] },
];

export const COMPLETE_ERROR = 1,
  COMPLETE_NO_SPACE = 2,
  COMPLETE_NO_FILES = 4,
  COMPLETE_DIRECTORIES = 16;

/** What `complete` sets for a command. */
export interface CompletionSpec {
  readonly words?: string;
  readonly functionName?: string;
  readonly command?: string;
  readonly actions: readonly string[];
  readonly options: readonly string[];
  readonly prefix?: string;
  readonly suffix?: string;
}

export interface ProgramAnswer {
  readonly candidates: readonly { readonly text: string; readonly about: string }[];
  readonly flags: number;
}

/** Reads what a `__complete` run printed. */
export function parseCandidates(output: string): ProgramAnswer {
  const lines = output.split('\n').filter((line) => line !== '');
  const last = lines[lines.length - 1];
  const flags = last !== undefined && /^:\d+$/.test(last) ? Number(last.slice(1)) : 0;
  const body = last !== undefined && /^:\d+$/.test(last) ? lines.slice(0, -1) : lines;
  const candidates = body.map((line) => {
    const [text, about = ''] = line.split('\t');
    return { text, about };
  });
  return { candidates: candidates.filter((c) => !c.text.startsWith('_activeHelp_')), flags };
}

/**
 * Candidates as cobra's script for bash lists them: descriptions in a column of their own, cut to the width of the terminal.
 */
export function describedCandidates(candidates: ProgramAnswer['candidates'], columns: number): readonly string[] {
  const longest = Math.max(...candidates.map((c) => c.text.length));
  return candidates.map(({ text, about }) => {
    if (about === '') return text;
    // Two blanks and two brackets. Where eight columns are not left, nothing is aligned.
    const aligned = columns - longest - 4 > 8;
    const room = columns - (aligned ? longest : text.length) - 4;
    if (room <= 0) return text;
    const shown = about.length > room ? `${about.slice(0, room - 1)}…` : about;
    return `${aligned ? text.padEnd(longest) : text}  (${shown})`;
  });
}
