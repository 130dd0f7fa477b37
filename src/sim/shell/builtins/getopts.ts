import type { Sim } from '../../kernel/sim.ts';
import { complain } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';

function* getopts(sh: Shell, args: readonly string[]): Sim<number> {
  if (args.length < 2) {
    yield* complain('getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const [spec, variable] = args;
  const list = args.length > 2 ? args.slice(2) : sh.positional;
  const silent = spec[0] === ':' || sh.vars.get('OPTERR') === '0';
  let index = Number(sh.vars.get('OPTIND') ?? 1) || 1;
  if (index === 1 && sh.getoptsIndex !== 1) sh.getoptsPlace = 0;
  const word = list[index - 1];
  const finish = (): number => {
    sh.vars.set(variable, '?');
    sh.vars.unset('OPTARG');
    sh.getoptsPlace = 0;
    return 1;
  };
  const advance = (): void => {
    sh.vars.set('OPTIND', String(index));
    sh.getoptsIndex = index;
  };
  if (sh.getoptsPlace === 0) {
    if (word === undefined || word[0] !== '-' || word === '-') {
      advance();
      return finish();
    }
    if (word === '--') {
      index++;
      advance();
      return finish();
    }
    sh.getoptsPlace = 1;
  }
  const c = word[sh.getoptsPlace];
  const at = c === ':' ? -1 : spec.indexOf(c, spec[0] === ':' ? 1 : 0);
  sh.getoptsPlace++;
  const last = sh.getoptsPlace >= word.length;
  if (at < 0) {
    if (last) {
      index++;
      sh.getoptsPlace = 0;
    }
    advance();
    sh.vars.set(variable, '?');
    if (spec[0] === ':') sh.vars.set('OPTARG', c);
    else {
      sh.vars.unset('OPTARG');
      if (!silent) yield* complain(sh.isBash ? `${sh.argv0}: illegal option -- ${c}\n` : `Illegal option -${c}\n`);
    }
    return 0;
  }
  if (spec[at + 1] !== ':') {
    if (last) {
      index++;
      sh.getoptsPlace = 0;
    }
    advance();
    sh.vars.set(variable, c);
    sh.vars.unset('OPTARG');
    return 0;
  }
  const value = last ? list[index] : word.slice(sh.getoptsPlace);
  index += last ? 2 : 1;
  sh.getoptsPlace = 0;
  advance();
  if (value === undefined) {
    index = list.length + 1;
    advance();
    if (spec[0] === ':') {
      sh.vars.set(variable, ':');
      sh.vars.set('OPTARG', c);
    } else {
      sh.vars.set(variable, '?');
      sh.vars.unset('OPTARG');
      if (!silent) yield* complain(sh.isBash ? `${sh.argv0}: option requires an argument -- ${c}\n` : `No arg for -${c} option\n`);
    }
    return 0;
  }
  sh.vars.set(variable, c);
  sh.vars.set('OPTARG', value);
  return 0;
}

/** Options of a script. */
export const builtins: readonly Builtin[] = [
  { name: 'getopts', usage: 'optstring name [arg ...]', summary: 'Parse options of a script.', run: getopts },
];
