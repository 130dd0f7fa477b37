/** Programs that need an interpreter which is not simulated: each says so in one line, whatever it is asked. */
import type { Program } from '../../../kernel/program.ts';
import { write } from '../../../kernel/syscalls.ts';

const refusing = (name: string, what: string): Program => ({
  name,
  *main() {
    yield* write(2, `drydock: ${what} is not simulated\n`);
    return 1;
  },
});

/** Those that come with node and python, perl, and a few of the base system. */
export const programs: readonly Program[] = [
  ...['corepack', 'yarn', 'pydoc', 'idle', 'python-config', 'login', 'ldconfig', 'gcc', 'g++'].map((name) => refusing(name, `"${name}"`)),
  refusing('perl', 'running Perl programs'),
];
