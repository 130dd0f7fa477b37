/**
 * The same programs, each fetched when it first runs. The names must be known before that: a file is named after its program;
 * `families.json` lists the files that hold others (`tools/programFamilies.mjs` writes it, a test compares it).
 */
import type { Program, ProgramEntry } from '../kernel/program.ts';
import { fetchOnce } from '../lib/fetchOnce.ts';
import families from './families.json' with { type: 'json' };

interface ProgramModule {
  readonly program?: Program;
  readonly programs?: readonly Program[];
}

const loaders = import.meta.glob<ProgramModule>([
  './*.ts',
  './*/index.ts',
  './servers/*/index.ts',
  './languages/*/index.ts',
  '!./index.ts',
  '!./lazy.ts',
  '!./**/*.test.ts',
]);

/** One entry for each program of this folder. */
export function lazyPrograms(): readonly ProgramEntry[] {
  return Object.entries(loaders).flatMap(([file, load]) =>
    namesIn(file).map((name) => ({
      name,
      load: fetchOnce(async () => {
        const module = await load();
        const found = [...(module.program ? [module.program] : []), ...(module.programs ?? [])].find((p) => p.name === name);
        if (!found) throw new Error(`${file} does not hold the program ${name}`);
        return found;
      }),
    })),
  );
}

/** Names of the programs in a file of this folder. */
export function namesIn(file: string): readonly string[] {
  const known = (families as Readonly<Record<string, readonly string[]>>)[file];
  return (
    known ?? [
      file
        .replace(/\/index\.ts$/, '')
        .replace(/^.*\//, '')
        .replace(/\.ts$/, ''),
    ]
  );
}
