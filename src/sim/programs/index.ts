/** Finds every program in this folder: a file that exports `program`, or `programs` for a family of small ones. */
import type { Program } from '../kernel/program.ts';

interface ProgramModule {
  readonly program?: Program;
  readonly programs?: readonly Program[];
}

const modules = import.meta.glob<ProgramModule>(
  ['./*.ts', './*/index.ts', './servers/*/index.ts', './languages/*/index.ts', '!./index.ts', '!./lazy.ts', '!./**/*.test.ts'],
  { eager: true },
);

/** All programs that this folder has, by name. */
export function allPrograms(): readonly Program[] {
  return Object.values(modules).flatMap((module) => [...(module.program ? [module.program] : []), ...(module.programs ?? [])]);
}

/** Names of the programs by file. */
export function programFiles(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(modules).map(([file, m]) => [file, [...(m.program ? [m.program] : []), ...(m.programs ?? [])].map((p) => p.name)]),
  );
}
