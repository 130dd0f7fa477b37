import type { Shell } from '../state/shell.ts';
import type { ArithmeticScope } from './arithmetic.ts';
import { parameterValue } from './parameter.ts';

/** The shell's variables as arithmetic sees them. */
export function arithmeticScope(sh: Shell): ArithmeticScope {
  return {
    get: (name) => parameterValue(sh, name),
    set: (name, value) => sh.vars.set(name, value),
    element: (name, subscript) =>
      subscript === '@' || subscript === '*' ? sh.vars.values(name).join(' ') : sh.vars.element(name, subscript),
    setElement: (name, subscript, value) => sh.vars.setElement(name, subscript, value),
    nounset: sh.options.has('nounset'),
  };
}
