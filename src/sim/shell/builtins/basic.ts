import type { Sim } from '../../kernel/sim.ts';
import type { Builtin } from '../state/shell.ts';

function* succeed(): Sim<number> {
  return 0;
}

function* fail(): Sim<number> {
  return 1;
}

export const builtins: readonly Builtin[] = [
  { name: ':', special: true, usage: '', summary: 'Null command.', run: succeed },
  { name: 'true', usage: '', summary: 'Return a successful result.', run: succeed },
  { name: 'false', usage: '', summary: 'Return an unsuccessful result.', run: fail },
];
