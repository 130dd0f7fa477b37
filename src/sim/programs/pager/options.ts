/** Options of less, from its command line and from $LESS. */

import { UsageError } from '../lib/failure.ts';
import type { Tool } from '../lib/tool.ts';

export interface PagerOptions {
  chop: boolean;
  colours: boolean;
  numbers: boolean;
  /** -i: small letters find both; -I: all do. */
  ignoreCase: 'no' | 'small' | 'always';
  quitIfOneScreen: boolean;
  /** -e: quit at the second end of file, -E: at the first. */
  quitAtEnd: 0 | 1 | 2;
  /** -X: do not switch to the other screen. */
  stay: boolean;
  longPrompt: boolean;
  highlight: boolean;
  squeeze: boolean;
  tildes: boolean;
  /** From +cmd: keys to press first. */
  first: string;
}

const LONG: Readonly<Record<string, string>> = {
  'chop-long-lines': 'S',
  'RAW-CONTROL-CHARS': 'R',
  'raw-control-chars': 'r',
  'LINE-NUMBERS': 'N',
  'line-numbers': 'n',
  'ignore-case': 'i',
  'IGNORE-CASE': 'I',
  'quit-if-one-screen': 'F',
  'quit-at-eof': 'e',
  'QUIT-AT-EOF': 'E',
  'no-init': 'X',
  'long-prompt': 'm',
  'LONG-PROMPT': 'M',
  'hilite-search': 'G',
  'squeeze-blank-lines': 's',
  tilde: '~',
  'quit-on-intr': 'K',
  force: 'f',
  quiet: 'q',
  silent: 'q',
  mouse: '',
  incsearch: '',
};

/** Sets one option by its letter; false if less has none of that name. */
export function setOption(o: PagerOptions, letter: string): boolean {
  if (letter === 'S') o.chop = !o.chop;
  else if (letter === 'R' || letter === 'r') o.colours = true;
  else if (letter === 'N') o.numbers = true;
  else if (letter === 'n') o.numbers = false;
  else if (letter === 'i') o.ignoreCase = o.ignoreCase === 'small' ? 'no' : 'small';
  else if (letter === 'I') o.ignoreCase = o.ignoreCase === 'always' ? 'no' : 'always';
  else if (letter === 'F') o.quitIfOneScreen = true;
  else if (letter === 'e') o.quitAtEnd = 2;
  else if (letter === 'E') o.quitAtEnd = 1;
  else if (letter === 'X') o.stay = true;
  else if (letter === 'm' || letter === 'M') o.longPrompt = true;
  else if (letter === 'G') o.highlight = !o.highlight;
  else if (letter === 's') o.squeeze = true;
  else if (letter === '~') o.tildes = false;
  else return 'aABcCdfgJKLQquUVwW'.includes(letter);
  return true;
}

/** Reads $LESS and the arguments. */
export function readOptions(t: Tool, environment: string): { readonly options: PagerOptions; readonly files: readonly string[] } {
  const options: PagerOptions = {
    chop: false,
    colours: false,
    numbers: false,
    ignoreCase: 'no',
    quitIfOneScreen: false,
    quitAtEnd: 0,
    stay: false,
    longPrompt: false,
    highlight: true,
    squeeze: false,
    tildes: true,
    first: '',
  };
  const files: string[] = [];
  const take = (arg: string) => {
    if (arg.startsWith('--')) {
      const name = arg.slice(2).split('=')[0];
      const found = Object.keys(LONG).filter((n) => n === name || n.startsWith(name));
      if (found.length === 0) throw new UsageError(`There is no ${name} option`);
      setOption(options, LONG[found[0]]);
      return;
    }
    for (let i = 1; i < arg.length; i++) {
      // Letters with a value take the rest of the word.
      if ('bhjkoOpPtTxyzD#'.includes(arg[i])) {
        if (arg[i] === 'p') options.first += `/${arg.slice(i + 1)}\r`;
        return;
      }
      if (!setOption(options, arg[i])) throw new UsageError(`There is no ${arg[i]} option`);
    }
  };
  for (const word of environment.split(/[\s$]+/)) if (word !== '') take(word.startsWith('-') ? word : `-${word}`);
  let only = false;
  for (const arg of t.args) {
    if (!only && arg === '--') only = true;
    else if (!only && arg.startsWith('+'))
      options.first += /^\/|^\?/.test(arg.slice(1)) ? `${arg.slice(1)}\r` : arg.replace(/^\++/, '').replace(/^\d+$/, '$&g');
    else if (!only && arg.length > 1 && arg.startsWith('-')) take(arg);
    else files.push(arg);
  }
  return { options, files };
}
