/** man, apropos and whatis: a manual in our own words. */
import type { Sim } from '../../kernel/sim.ts';
import { close, getWindowSize, isatty, pipe, spawn, waitpid, write } from '../../kernel/syscalls.ts';
import { UsageError } from '../lib/failure.ts';
import { type Tool, tool } from '../lib/tool.ts';
import { layOut } from './layout.ts';
import { type Page, readPages } from './page.ts';
import { FILES } from './pages/files.ts';
import { NETWORK } from './pages/network.ts';
import { SYSTEM } from './pages/system.ts';
import { TEXT } from './pages/text.ts';

export const PAGES: readonly Page[] = [FILES, TEXT, SYSTEM, NETWORK].flatMap(readPages);

/** What man(1) exits with when a page does not exist. */
const NO_PAGE = 16;
/** man-db's widest page. */
const WIDEST = 80;

function* man(t: Tool): Sim<number | void> {
  const words = [...t.args];
  const option = words[0]?.startsWith('-') ? words.shift() : undefined;
  if (option === '-k' || option === '--apropos') return yield* apropos(t, words);
  if (option === '-f' || option === '--whatis') return yield* whatis(t, words);
  if (option !== undefined) throw new UsageError(`invalid option -- '${option.replace(/^-+/, '')}'`);
  const section = /^[1-9]$/.test(words[0] ?? '') ? Number(words.shift()) : undefined;
  if (words.length === 0) {
    yield* write(2, "What manual page do you want?\nFor example, try 'man man'.\n");
    return 1;
  }
  for (const name of words) {
    const page = PAGES.find((p) => p.name === name && (section === undefined || p.section === section));
    if (page) yield* show(page);
    else yield* t.out.flush();
    if (page) continue;
    yield* write(2, `No manual entry for ${name}${section === undefined ? '' : ` in section ${section}`}\n`);
    t.status = NO_PAGE;
  }
}

/** On a terminal through the pager, else as plain text. */
function* show(page: Page): Sim<void> {
  if (!(yield* isatty(1))) {
    yield* write(1, layOut(page, WIDEST, false));
    return;
  }
  const { columns } = yield* getWindowSize(1);
  const [from, to] = yield* pipe({ cloexec: true });
  const pager = yield* spawn({
    path: '/usr/bin/less',
    argv: ['less', '-R'],
    fds: new Map([
      [0, from],
      [1, 1],
      [2, 2],
    ]),
  });
  yield* close(from);
  yield* write(to, layOut(page, Math.min(columns, WIDEST), true));
  yield* close(to);
  yield* waitpid(pager);
}

const phrase = (page: Page): string => `${`${page.name} (${page.section})`.padEnd(20)} - ${page.about}\n`;

function* apropos(t: Tool, words: readonly string[]): Sim<number | void> {
  if (words.length === 0) {
    yield* write(2, `${t.name} what?\n`);
    return 1;
  }
  yield* listed(t, words, (page, word) => `${page.name} ${page.about}`.toLowerCase().includes(word.toLowerCase()));
}

function* whatis(t: Tool, words: readonly string[]): Sim<number | void> {
  if (words.length === 0) {
    yield* write(2, `${t.name} what?\n`);
    return 1;
  }
  yield* listed(t, words, (page, word) => page.name === word);
}

function* listed(t: Tool, words: readonly string[], fits: (page: Page, word: string) => boolean): Sim<void> {
  for (const word of words) {
    const found = PAGES.filter((page) => fits(page, word));
    for (const page of found) yield* t.print(phrase(page));
    if (found.length > 0) continue;
    yield* t.out.flush();
    yield* write(2, `${word}: nothing appropriate.\n`);
    t.status = NO_PAGE;
  }
}

export const programs = [tool('man', man), tool('apropos', (t) => apropos(t, t.args)), tool('whatis', (t) => whatis(t, t.args))];
