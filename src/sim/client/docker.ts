import type { Program } from '../kernel/program.ts';
import { dockerMain } from './cli/main.ts';

/** The docker client, version 28.2.2. */
export const program: Program = {
  name: 'docker',
  memory: 30 << 20,
  main: (argv) => dockerMain(argv.slice(1)),
};
