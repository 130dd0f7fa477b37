import type { TimeZone } from '../calendar.ts';
import { ARRAYS } from './builtins/arrays.ts';
import { control, type Host } from './builtins/control.ts';
import { CORE } from './builtins/core.ts';
import { dates } from './builtins/dates.ts';
import { FORMATTING } from './builtins/formats.ts';
import { MATHEMATICS } from './builtins/math.ts';
import { PRELUDE } from './builtins/prelude.ts';
import { REGEX } from './builtins/regex.ts';
import { STRINGS } from './builtins/strings.ts';
import type { Builtins, Native } from './codeSource.ts';
import { parseProgram } from './parser.ts';
import type { Definition, Node } from './syntax.ts';

let parsed: ReadonlyMap<string, Definition> | undefined;

/** The builtins written in jq, parsed once. */
function prelude(): ReadonlyMap<string, Definition> {
  if (parsed === undefined) {
    const found = new Map<string, Definition>();
    let node = parseProgram(`${PRELUDE} .`).program as Node;
    for (; node.kind === 'def'; node = node.body) found.set(`${node.def.name}/${node.def.params.length}`, node.def);
    parsed = found;
  }
  return parsed;
}

/** All builtins for one run. */
export function makeBuiltins(host: Host, zone: TimeZone): Builtins {
  const native = new Map<string, Native>(
    [CORE, ARRAYS, STRINGS, FORMATTING, MATHEMATICS, REGEX, dates(zone)].flatMap((table) => Object.entries(table)),
  );
  const special = new Map(Object.entries(control(host)));
  const defined = prelude();
  const names = [...native.keys(), ...special.keys(), ...defined.keys()].filter((name) => !name.startsWith('_'));
  native.set('builtins/0', () => names);
  return { native, special, defined };
}
