/** Of a shell: what it runs, outermost first. */
interface Running {
  readonly frames: readonly { readonly kind: string; readonly name: string; readonly file: string; readonly line: number }[];
  readonly scriptFile: string | undefined;
  readonly commandString: boolean;
}

/** One level of FUNCNAME, BASH_SOURCE and BASH_LINENO: what runs there, where that was defined, from which line it was called. */
export interface StackEntry {
  readonly name: string;
  readonly source: string;
  readonly line: number;
}

/** The functions and sourced files that run, innermost first; the script itself is the last of them, if there is one. */
export function callStack(sh: Running): readonly StackEntry[] {
  const entries = sh.frames.map((f) => ({ name: f.kind === 'source' ? 'source' : f.name, source: f.file || unnamed(sh), line: f.line }));
  entries.reverse();
  if (sh.scriptFile !== undefined) entries.push({ name: 'main', source: sh.scriptFile, line: 0 });
  return entries;
}

/** Where functions come from that no file defined. */
export function unnamed(sh: Omit<Running, 'frames'>): string {
  return sh.scriptFile ?? (sh.commandString ? 'environment' : 'main');
}
