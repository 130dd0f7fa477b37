/** Patterns: / and ? and n look for them, & shows only lines that have them. */
import type { Sim } from '../../kernel/sim.ts';
import { compileRegex, type Regex, RegexError } from '../../lib/regex/regex.ts';
import { ask } from './ask.ts';
import { plain, type View } from './view.ts';

/** Asks for a pattern and goes to the next line that has it. */
export function* search(view: View, kind: '/' | '?'): Sim<void> {
  const text = yield* ask(view, kind);
  if (text === null) return;
  view.direction = kind === '/' ? 1 : -1;
  view.invert = text.startsWith('!');
  const pattern = view.invert ? text.slice(1) : text;
  if (pattern !== '') {
    const compiled = compile(view, pattern);
    if (!compiled) return;
    view.pattern = compiled;
    view.options.highlight = true;
  }
  yield* find(view, view.direction, 1);
}

/** Goes to the `count`th line from here that has the last pattern. */
export function* find(view: View, direction: 1 | -1, count: number): Sim<void> {
  const pattern = view.pattern;
  if (!pattern) {
    view.message = 'No previous regular expression';
    return;
  }
  let left = count;
  // A search from the first screen also finds what is in it, from its second line on.
  for (let at = view.top + direction; at >= 0; at += direction) {
    yield* view.source.need(at + 1, view.keysFd);
    const visible = view.visible();
    if (at >= visible.length) break;
    if (pattern.test(plain(view.source.lines[visible[at]])) === view.invert) continue;
    if (--left > 0) continue;
    view.remember();
    view.top = at;
    return;
  }
  view.message = 'Pattern not found';
}

/** Asks for the & pattern. */
export function* filterLines(view: View): Sim<void> {
  const text = yield* ask(view, '&/');
  if (text === null) return;
  yield* view.source.need(Number.POSITIVE_INFINITY, view.keysFd);
  view.filter = text === '' ? undefined : compile(view, text);
  view.top = 0;
}

function compile(view: View, pattern: string): Regex | undefined {
  const small = view.options.ignoreCase === 'small' && pattern === pattern.toLowerCase();
  try {
    return compileRegex(pattern, 'extended', { ignoreCase: view.options.ignoreCase === 'always' || small, quiet: true });
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    view.message = 'Invalid pattern';
    return undefined;
  }
}
