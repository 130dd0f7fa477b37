import type { Stat } from '../../../kernel/syscalls.ts';

export interface FindEntry {
  readonly path: string;
  /** The starting point it was found under. */
  readonly root: string;
  readonly depth: number;
  readonly stat: Stat;
}

export function directoryOf(path: string): string {
  const at = path.replace(/(?<=.)\/+$/, '').lastIndexOf('/');
  return at < 0 ? '.' : path.slice(0, at) || '/';
}
