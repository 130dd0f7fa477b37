/** locale of the C library: what the environment chooses, and which locales there are. */
import type { Sim } from '../kernel/sim.ts';
import { getenv } from '../kernel/syscalls.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const CATEGORIES = 'CTYPE NUMERIC TIME COLLATE MONETARY MESSAGES PAPER NAME ADDRESS TELEPHONE MEASUREMENT IDENTIFICATION'.split(' ');

function* locale(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'amckv',
    long: { 'all-locales': 'a', charmaps: 'm', 'category-name': 'c', 'keyword-name': 'k', verbose: 'v' },
    usage: '[OPTION...] NAME\n[OPTION...] [-a|-m]',
    about: 'Prints the locale that the environment chooses, or what locales there are.',
  });
  if (o.has('a')) {
    yield* t.print('C\nC.utf8\nPOSIX\n');
    return 0;
  }
  const all = (yield* getenv('LC_ALL')) ?? '';
  const lang = (yield* getenv('LANG')) ?? '';
  if (o.operands.includes('charmap')) {
    const chosen = all || ((yield* getenv('LC_CTYPE')) ?? '') || lang;
    yield* t.print(/utf-?8$/i.test(chosen) ? 'UTF-8\n' : 'ANSI_X3.4-1968\n');
    return 0;
  }
  yield* t.print(`LANG=${lang}\nLANGUAGE=${(yield* getenv('LANGUAGE')) ?? ''}\n`);
  for (const name of CATEGORIES) {
    const own = (yield* getenv(`LC_${name}`)) ?? '';
    // What a category has of its own stands bare; what it takes from another variable is quoted.
    yield* t.print(all === '' && own !== '' ? `LC_${name}=${own}\n` : `LC_${name}="${all || lang || 'POSIX'}"\n`);
  }
  yield* t.print(`LC_ALL=${all}\n`);
  return 0;
}

export const program = tool('locale', locale, { shortName: true });
