import type { Sim } from '../../kernel/sim.ts';
import { builtinError, invalidOption, output } from '../exec/message.ts';
import { posixQuote } from '../expand/quote.ts';
import { ExitSignal } from '../state/errors.ts';
import { SET_OPTIONS } from '../state/options.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { functionText } from '../syntax/deparse.ts';
import { plainListing } from './declare.ts';
import { parseOptions } from './lib/options.ts';
import { posixListing, posixOptions } from './lib/posixOptions.ts';

const USAGE = '[-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]';

/** `set -o` and `set +o`. */
function listing(sh: Shell, commands: boolean): string {
  if (!sh.isBash) return posixListing(sh, commands);
  return SET_OPTIONS.map(([name]) =>
    commands ? `set ${sh.options.has(name) ? '-' : '+'}o ${name}\n` : `${name.padEnd(15)}\t${sh.options.has(name) ? 'on' : 'off'}\n`,
  ).join('');
}

/** Turns one `set` letter on or off; false if there is none. */
export function setLetter(sh: Shell, letter: string, on: boolean): boolean {
  const option = SET_OPTIONS.find(([, l]) => l === letter && l !== '');
  if (!option) return false;
  sh.options.change(option[0], on);
  return true;
}

function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (args.length === 0) {
    let text = '';
    for (const n of sh.vars.names()) {
      const v = sh.vars.raw(n)!;
      const line = sh.isBash ? plainListing(n, v) : v.get ? null : `${n}=${posixQuote(v.value ?? '')}`;
      if (line !== null) text += `${line}\n`;
    }
    if (sh.isBash && !sh.options.has('posix'))
      for (const f of [...sh.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) text += functionText(f);
    return (yield* output(sh, name, text)) ? 0 : 1;
  }
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      sh.positional = args.slice(i + 1);
      return 0;
    }
    if (arg === '-') {
      sh.options.change('xtrace', false);
      sh.options.change('verbose', false);
      if (i + 1 < args.length) sh.positional = args.slice(i + 1);
      return 0;
    }
    if (arg[0] !== '-' && arg[0] !== '+') break;
    const on = arg[0] === '-';
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const option = args[i + 1];
        if (option === undefined) {
          yield* output(sh, name, listing(sh, !on));
          continue;
        }
        i++;
        if (!(sh.isBash ? SET_OPTIONS.map(([n]) => n) : posixOptions(sh)).includes(option)) {
          const illegal = `${sh.dialect === 'ash' ? 'illegal' : 'Illegal'} option ${arg[0]}o ${option}`;
          yield* builtinError(sh, name, sh.isBash ? `${option}: invalid option name` : illegal);
          if (sh.dialect === 'dash') throw new ExitSignal(2);
          return sh.isBash ? 2 : 1;
        }
        sh.options.change(option, on);
      } else if (!setLetter(sh, letter, on)) {
        const status = yield* invalidOption(sh, name, `${arg[0]}${letter}`, USAGE);
        if (!sh.isBash && !sh.interactive) throw new ExitSignal(2);
        return status;
      }
    }
  }
  if (i < args.length) sh.positional = args.slice(i);
  return 0;
}

const SHOPT_USAGE = '[-pqsu] [-o] [optname ...]';

function* shopt(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'pqsuo');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, SHOPT_USAGE);
  if (o.flags.has('s') && o.flags.has('u')) {
    yield* builtinError(sh, name, 'cannot set and unset shell options simultaneously');
    return 1;
  }
  const ofSet = o.flags.has('o');
  const known = (n: string): boolean => (ofSet ? SET_OPTIONS.some(([s]) => s === n) : sh.options.shopt.has(n));
  const isOn = (n: string): boolean => (ofSet ? sh.options.has(n) : sh.options.on(n));
  const change = o.flags.has('s') ? true : o.flags.has('u') ? false : undefined;
  let status = 0;
  const names = o.rest.length > 0 ? o.rest : ofSet ? SET_OPTIONS.map(([n]) => n) : [...sh.options.shopt.keys()];
  for (const n of names) {
    if (!known(n)) {
      yield* builtinError(sh, name, `${n}: invalid shell option name`);
      status = 1;
    } else if (change !== undefined && o.rest.length > 0) {
      if (ofSet) sh.options.change(n, change);
      else sh.options.shopt.set(n, change);
    } else {
      if (change !== undefined && isOn(n) !== change) continue;
      if (!o.flags.has('q')) {
        const line = o.flags.has('p')
          ? ofSet
            ? `set ${isOn(n) ? '-' : '+'}o ${n}`
            : `shopt ${isOn(n) ? '-s' : '-u'} ${n}`
          : `${n.padEnd(15)}\t${isOn(n) ? 'on' : 'off'}`;
        yield* output(sh, name, `${line}\n`);
      }
      if (o.rest.length > 0 && !isOn(n)) status = 1;
    }
  }
  return status;
}

function* shift(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const text = args[0] ?? '1';
  if (!/^[-+]?\d+$/.test(text)) {
    yield* builtinError(sh, name, sh.isBash ? `${text}: numeric argument required` : `Illegal number: ${text}`);
    return sh.isBash ? 1 : 2;
  }
  const n = Number(text);
  if (n < 0) {
    yield* builtinError(sh, name, `${text}: shift count out of range`);
    return 1;
  }
  if (n > sh.positional.length) {
    if (sh.dialect === 'dash') {
      yield* builtinError(sh, name, "can't shift that many");
      throw new ExitSignal(2);
    }
    if (sh.options.on('shift_verbose')) yield* builtinError(sh, name, `${text}: shift count out of range`);
    return 1;
  }
  sh.positional = sh.positional.slice(n);
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'set', special: true, usage: USAGE, summary: 'Set options and positional parameters.', run },
  { name: 'shopt', bashOnly: true, usage: SHOPT_USAGE, summary: 'Set and show shell options.', run: shopt },
  { name: 'shift', special: true, usage: '[n]', summary: 'Drop the first N positional parameters.', run: shift },
];
