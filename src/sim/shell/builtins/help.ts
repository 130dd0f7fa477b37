import type { Sim } from '../../kernel/sim.ts';
import { invalidOption, output, report } from '../exec/message.ts';
import { matchPattern } from '../expand/pattern.ts';
import { bashProduct } from '../state/release.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

/** Reserved words, which `help` explains too. */
const KEYWORDS: readonly (readonly [name: string, usage: string, summary: string])[] = [
  [
    'if',
    'if COMMANDS; then COMMANDS; [ elif COMMANDS; then COMMANDS; ]... [ else COMMANDS; ] fi',
    'Execute commands depending on a status.',
  ],
  ['for', 'for NAME [in WORDS ... ] ; do COMMANDS; done', 'Execute commands for each word.'],
  ['while', 'while COMMANDS; do COMMANDS-2; done', 'Execute commands as long as a test succeeds.'],
  ['until', 'until COMMANDS; do COMMANDS-2; done', 'Execute commands as long as a test fails.'],
  ['case', 'case WORD in [PATTERN [| PATTERN]...) COMMANDS ;;]... esac', 'Execute commands whose pattern matches a word.'],
  ['select', 'select NAME [in WORDS ... ;] do COMMANDS; done', 'Let the user choose from a numbered menu.'],
  ['function', 'function name { COMMANDS ; } or name () { COMMANDS ; }', 'Define a function.'],
  ['time', 'time [-p] pipeline', 'Report how long a pipeline takes.'],
  ['{ ... }', '{ COMMANDS ; }', 'Group commands.'],
  ['[[ ... ]]', '[[ expression ]]', 'Evaluate a conditional expression.'],
  ['(( ... ))', '(( expression ))', 'Evaluate an arithmetic expression.'],
  ['coproc', 'coproc [NAME] command [redirections]', 'Start a command with its input and output on pipes.'],
];

function synopsis(name: string, usage: string): string {
  return usage === '' ? name : `${name} ${usage}`;
}

/** ash names its builtins, whatever was asked for. */
function* ashHelp(sh: Shell, name: string): Sim<number> {
  const names = [...sh.builtins.keys()].filter((n) => sh.builtin(n)).sort();
  let text = '';
  let column = 0;
  for (const n of names) {
    const word = `${column === 0 ? '\t' : ' '}${n}`;
    text += word;
    column += word.length;
    if (column <= 60) continue;
    text += '\n';
    column = 0;
  }
  yield* output(sh, name, `Built-in commands:\n------------------\n${text}\n\n`);
  return 0;
}

function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (sh.dialect === 'ash') return yield* ashHelp(sh, name);
  const o = parseOptions(args, 'dms');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-dms] [pattern ...]');
  const topics = [
    ...[...sh.builtins.values()].map((b) => ({ name: b.name, line: synopsis(b.name, b.usage), summary: b.summary })),
    ...KEYWORDS.map(([n, line, summary]) => ({ name: n, line, summary })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (o.rest.length === 0) {
    const lines = topics.map((t) => ` ${t.line.length > 38 ? `${t.line.slice(0, 37)}>` : t.line}`);
    const half = Math.ceil(lines.length / 2);
    let text = `${bashProduct(sh.release)}\nCommands that the shell itself knows. \`help NAME' tells more of one.\n\n`;
    for (let i = 0; i < half; i++) text += `${lines[i].padEnd(40)}${lines[i + half] ?? ''}`.trimEnd() + '\n';
    yield* output(sh, name, text);
    return 0;
  }
  let found = false;
  for (const topic of topics) {
    if (
      !o.rest.some(
        (p) => topic.name === p || matchPattern(p, topic.name) || (topic.name.startsWith(p) && !topics.some((t) => t.name === p)),
      )
    )
      continue;
    found = true;
    if (o.flags.has('d')) yield* output(sh, name, `${topic.name} - ${topic.summary}\n`);
    else if (o.flags.has('s')) yield* output(sh, name, `${topic.name}: ${topic.line}\n`);
    else yield* output(sh, name, `${topic.name}: ${topic.line}\n    ${topic.summary}\n`);
  }
  if (found) return 0;
  yield* report(
    sh,
    `${name}: no help topics match \`${o.rest[o.rest.length - 1]}'.  Try \`help help' or \`man -k ${o.rest[o.rest.length - 1]}' or \`info ${o.rest[o.rest.length - 1]}'.`,
  );
  return 1;
}

export const builtins: readonly Builtin[] = [
  { name: 'help', bashOnly: true, inAsh: true, usage: '[-dms] [pattern ...]', summary: 'Show what builtins do.', run },
];
