import type { Sim } from '../../kernel/sim.ts';
import { S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { accountNames, actionWords, pathNames, specWords } from '../builtins/complete.ts';
import {
  COMPLETE_DIRECTORIES,
  COMPLETE_ERROR,
  COMPLETE_NO_FILES,
  COMPLETE_NO_SPACE,
  COMPLETION_SOURCES,
  describedCandidates,
  parseCandidates,
} from '../completion.ts';
import { singleQuote } from '../expand/quote.ts';
import { tildePrefix } from '../expand/tilde.ts';
import type { Shell } from '../state/shell.ts';
import { type CompletionPlace, completionPlace } from './words.ts';

export interface Candidates {
  readonly place: CompletionPlace;
  /** Whole words to put in place, unquoted. */
  readonly list: readonly string[];
  /** As they are shown in a list. */
  readonly shown: readonly string[];
  /** Put after a single candidate. */
  readonly suffix: string;
  readonly files: boolean;
}

/** Runs a command and gives its output; the interpreter's command substitution. */
export type Capture = (sh: Shell, text: string) => Sim<string>;

const DIRECTORY_COMMANDS = new Set(['cd', 'pushd', 'rmdir']);

/** All candidates for the word left of the cursor. Lists are made for a terminal of so many columns. */
export function* candidates(sh: Shell, line: string, capture: Capture, columns: number): Sim<Candidates> {
  const place = completionPlace(line);
  const { word } = place;
  const variable = /^(.*\$\{?)(\w*)$/s.exec(word);
  if (variable && place.quote !== "'") {
    const names = (yield* actionWords(sh, 'variable', variable[2])).map((n) => `${variable[1]}${n}${variable[1].endsWith('{') ? '}' : ''}`);
    return { place, list: names, shown: names, suffix: ' ', files: false };
  }
  if (/^~[^/]*$/.test(word)) {
    const names = (yield* accountNames('/etc/passwd'))
      .filter((n) => n.startsWith(word.slice(1)))
      .sort()
      .map((n) => `~${n}`);
    return { place, list: names, shown: names, suffix: '/', files: false };
  }
  if (place.redirect) return yield* files(sh, place, false);
  if (place.before.length === 0) return yield* commands(sh, place);
  return yield* args(sh, place, capture, columns);
}

function* commands(sh: Shell, place: CompletionPlace): Sim<Candidates> {
  if (place.word.includes('/')) return yield* files(sh, place, false);
  const list = yield* actionWords(sh, 'command', place.word);
  return { place, list, shown: list, suffix: ' ', files: false };
}

function* args(sh: Shell, place: CompletionPlace, capture: Capture, columns: number): Sim<Candidates> {
  const command = place.before[0].replace(/^.*\//, '');
  const spec = sh.completions.get(command);
  if (spec) {
    const list = spec.functionName ? yield* functionWords(sh, spec.functionName, place) : yield* specWords(sh, spec, place.word);
    if (list.length > 0) return { place, list, shown: list, suffix: spec.options.includes('nospace') ? '' : ' ', files: false };
  }
  const source = COMPLETION_SOURCES.find((s) => s.command === command);
  if (source) {
    const words = [...source.words, ...place.before.slice(1), place.word];
    const status = sh.status;
    const output = yield* capture(sh, `${words.map((w) => singleQuote(w)).join(' ')} 2>/dev/null`);
    sh.status = status;
    const answer = parseCandidates(output);
    // Of --flag=value only the value is completed.
    const head = /^--[^=]*=/.exec(place.word)?.[0] ?? '';
    const found = answer.candidates.filter((c) => (head + c.text).startsWith(place.word)).sort((a, b) => (a.text < b.text ? -1 : 1));
    if ((answer.flags & COMPLETE_ERROR) === 0 && (found.length > 0 || (answer.flags & COMPLETE_NO_FILES) !== 0)) {
      const list = found.map((c) => head + c.text);
      return {
        place,
        list,
        shown: describedCandidates(found, columns),
        suffix: (answer.flags & COMPLETE_NO_SPACE) !== 0 ? '' : ' ',
        files: false,
      };
    }
    if ((answer.flags & COMPLETE_DIRECTORIES) !== 0) return yield* files(sh, place, true);
  }
  return yield* files(sh, place, DIRECTORY_COMMANDS.has(command));
}

function* functionWords(sh: Shell, name: string, place: CompletionPlace): Sim<string[]> {
  const words = [...place.before, place.word];
  sh.vars.setArray(
    'COMP_WORDS',
    words.map((value) => ({ value })),
    false,
  );
  sh.vars.set('COMP_CWORD', String(words.length - 1));
  sh.vars.set('COMP_LINE', words.join(' '));
  sh.vars.set('COMP_POINT', String(words.join(' ').length));
  sh.vars.setArray('COMPREPLY', [], false);
  const status = sh.status;
  yield* sh.interpreter.runWords(sh, [name, words[0], place.word, words[words.length - 2] ?? '']);
  sh.status = status;
  return sh.vars.values('COMPREPLY');
}

function* files(sh: Shell, place: CompletionPlace, directories: boolean): Sim<Candidates> {
  const cut = /^-/.test(place.word) ? place.word.search(/=/) + 1 : place.word.search(/[=:](?=[^=:]*$)/) + 1;
  const head = cut > 0 ? place.word.slice(0, cut) : '';
  const word = place.word.slice(head.length);
  const tilde = /^~[^/]*/.exec(word)?.[0];
  const home = tilde !== undefined ? tildePrefix(sh, tilde.slice(1)) : undefined;
  const real = home !== undefined ? home + word.slice(tilde!.length) : word;
  const list: string[] = [];
  const shown: string[] = [];
  for (const path of yield* pathNames(real, directories)) {
    const st = yield* statOrNull(path);
    const mark = st && (st.mode & S_IFMT) === S_IFDIR ? '/' : '';
    const text = home !== undefined ? tilde! + path.slice(home.length) : path;
    list.push(head + text + mark);
    shown.push(path.slice(path.lastIndexOf('/') + 1) + mark);
  }
  return { place, list, shown, suffix: ' ', files: true };
}
