/** The keys of less. */
import type { Sim } from '../../kernel/sim.ts';
import type { View } from './view.ts';

const HELP = `These are the keys of less.  Press q to return.

  e ^N j Enter Down    forward one line (a number before: that many)
  y ^P k Up            backward one line
  f ^F Space PageDown  forward one window
  b ^B PageUp          backward one window
  d ^D / u ^U          forward / backward half a window
  Right / Left         half a screen to the side
  g < Home / G > End   first / last line (a number before: that line)
  p %                  to that percentage of the file
  F                    forward, and wait for more like tail -f

  /pattern ?pattern    search forward / backward
  n N                  search on / in the other direction
  &pattern             show matching lines only
  ESC-u                marks of the search off and on
  mX 'X                mark a place / go to it

  :n :p :e FILE        next, previous, another file
  = ^G                 where we are
  -S -N -R -i          toggle an option
  q Q ZZ               quit
`;

/** Shows the keys until q. */
export function* showHelp(view: View): Sim<void> {
  const rows = HELP.trimEnd().split('\n');
  const body = Array.from({ length: view.page }, (_, i) => rows[i] ?? '');
  const prompt = 'HELP -- Press q when done';
  yield* view.screen.paint([...body, `\x1b[7m${prompt}`], { row: view.page, column: prompt.length });
  for (let key = yield* view.key(); key !== null && key !== 'q' && key !== 'Q'; key = yield* view.key());
}
