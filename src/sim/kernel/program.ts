import type { Sim } from './sim.ts';

/**
 * What an executable file does when it runs. Executables in the simulated file systems are small ELF-like stubs that
 * name their program (see `executable.ts`); the world gives the kernel the table from names to programs.
 */
export interface Program {
  /** Names a stub may carry: 'cat', 'busybox', 'nginx'. */
  readonly name: string;
  /** `argv[0]` is what the caller gave. Answers with the exit status; an uncaught Errno ends the process with status 1. */
  main(argv: readonly string[]): Sim<number>;
  /** Resident set when idle, in bytes (top, stats); default 1 MiB. */
  readonly memory?: number;
}

/** A program that is there, or one that must be fetched first while simulated time stands still. */
export type ProgramEntry = Program | { readonly name: string; readonly load: () => Program | Promise<Program> };

export interface ProgramTable {
  get(name: string): ProgramEntry | undefined;
}
