/** Node.js, as far as it is simulated: its version. Programs are refused in one line. */
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getcwd, getenv, isatty, readAll, statOrNull, write } from '../../../kernel/syscalls.ts';
import { packagedVersion } from '../../packages/database.ts';

const DEFAULT_VERSION = '26.7.0';

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('NODE_VERSION')) ?? (yield* packagedVersion('nodejs')) ?? DEFAULT_VERSION;
  const [, first] = argv;
  if (first === '-v' || first === '--version') {
    yield* write(1, `v${version}\n`);
    return 0;
  }
  if (first === undefined && !(yield* isatty(0)) && (yield* readAll(0)).length === 0) return 0;
  if (first !== undefined && !first.startsWith('-')) {
    const path = first.startsWith('/') ? first : `${(yield* getcwd()).replace(/\/$/, '')}/${first}`;
    if (!(yield* statOrNull(path)) && !(yield* statOrNull(`${path}.js`))) {
      yield* write(
        2,
        `node:internal/modules/cjs/loader\n  throw err;\n  ^\n\nError: Cannot find module '${path}'\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v${version}\n`,
      );
      return 1;
    }
  }
  yield* write(2, 'drydock: running JavaScript programs is not simulated\n');
  return 1;
}

export const program: Program = { name: 'node', main, memory: 40 << 20 };
