import type { ArithmeticFor, Case, CompoundList, For, If, Select, While } from 'unbash';
import { pause, type Sim } from '../../kernel/sim.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { matchPattern } from '../expand/pattern.ts';
import { BreakSignal, ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import type { Executor } from './executor.ts';
import { report } from './message.ts';
import { selectMenu } from './select.ts';

/** How many rounds of a loop run before other threads get their turn. */
const ROUNDS_PER_PAUSE = 64;

function* condition(engine: Executor, sh: Shell, list: CompoundList): Sim<boolean> {
  sh.noErrexit++;
  try {
    return (yield* engine.list(sh, list)) === 0;
  } finally {
    sh.noErrexit--;
  }
}

/** `if`: the first branch whose condition ends with 0. */
export function* runIf(engine: Executor, sh: Shell, node: If): Sim<number> {
  if (yield* condition(engine, sh, node.clause)) return yield* engine.list(sh, node.then);
  for (const branch of node.elif) if (yield* condition(engine, sh, branch.clause)) return yield* engine.list(sh, branch.then);
  return node.else ? yield* engine.list(sh, node.else) : (sh.status = 0);
}

/** One round of a loop: false if `break` ended it. */
function* round(engine: Executor, sh: Shell, body: CompoundList): Sim<boolean> {
  if (++sh.rounds % ROUNDS_PER_PAUSE === 0) yield* pause();
  sh.loopDepth++;
  try {
    yield* engine.list(sh, body);
    return true;
  } catch (error) {
    if (!(error instanceof BreakSignal)) throw error;
    sh.status = 0;
    if (error.levels > 1 && sh.loopDepth > 1) {
      error.levels--;
      throw error;
    }
    return error.kind === 'continue';
  } finally {
    sh.loopDepth--;
  }
}

/** `while` and `until`. The condition counts as inside the loop: `break` works there. */
export function* runWhile(engine: Executor, sh: Shell, node: While): Sim<number> {
  let status = 0;
  for (;;) {
    sh.loopDepth++;
    let holds: boolean;
    try {
      holds = yield* condition(engine, sh, node.clause);
    } catch (error) {
      if (!(error instanceof BreakSignal) || error.kind === 'continue') throw error;
      break;
    } finally {
      sh.loopDepth--;
    }
    if (holds === (node.kind === 'until')) break;
    const more = yield* round(engine, sh, node.body);
    status = sh.status;
    if (!more) break;
  }
  return (sh.status = status);
}

function* loopItems(engine: Executor, sh: Shell, words: For['wordlist']): Sim<readonly string[]> {
  return words === undefined
    ? [...sh.positional]
    : yield* engine.expander.words(
        sh,
        words.map((w) => w.text),
      );
}

/** `for name in words`; without words, over the positional parameters. */
export function* runFor(engine: Executor, sh: Shell, node: For): Sim<number> {
  const name = node.name.text;
  sh.position = node.pos;
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    yield* report(sh, `\`${name}': not a valid identifier`);
    return (sh.status = 1);
  }
  const items = yield* loopItems(engine, sh, node.wordlist);
  let status = 0;
  for (const item of items) {
    sh.position = node.pos;
    if (sh.isBash && sh.options.has('xtrace'))
      yield* engine.trace(sh, `for ${name}${node.wordlist ? ` in ${node.wordlist.map((w) => w.text).join(' ')}` : ' in "$@"'}`);
    sh.note(node);
    yield* engine.debug(sh);
    const v = sh.vars.raw(name);
    if (v?.readonly && sh.isBash) {
      yield* report(sh, sh.vars.readonlyError(name).message);
      return (sh.status = 1);
    }
    if (v?.nameref) v.value = item;
    else sh.vars.set(name, item);
    const more = yield* round(engine, sh, node.body);
    status = sh.status;
    if (!more) break;
  }
  return (sh.status = status);
}

/** `for ((start; condition; step))`; an expression that is missing counts as 1. */
export function* runArithmeticFor(engine: Executor, sh: Shell, node: ArithmeticFor): Sim<number> {
  const header = sh.source!.text.slice(node.pos, node.body.pos);
  const open = header.indexOf('((') + 2;
  const parts = splitHeader(header.slice(open, header.lastIndexOf('))')));
  const evaluate = function* (text: string): Sim<bigint> {
    sh.position = node.pos;
    const expression = yield* engine.expander.arithmeticText(sh, text.trimStart() || '1');
    if (sh.options.has('xtrace')) yield* engine.trace(sh, `(( ${expression} ))`);
    sh.note(node, `((${expression}))`);
    yield* engine.debug(sh);
    return evaluateArithmetic(expression, engine.expander.scope(sh), '((: ');
  };
  let status = 0;
  try {
    yield* evaluate(parts[0]);
    while ((yield* evaluate(parts[1] ?? '')) !== 0n) {
      const more = yield* round(engine, sh, node.body);
      status = sh.status;
      if (!more) break;
      yield* evaluate(parts[2] ?? '');
    }
  } catch (error) {
    if (!(error instanceof ShellError) || error.fatal) throw error;
    yield* report(sh, error.message);
    status = 1;
  }
  return (sh.status = status);
}

/** `case`: `;;` ends, `;&` falls through, `;;&` goes on matching. */
export function* runCase(engine: Executor, sh: Shell, node: Case): Sim<number> {
  sh.position = node.pos;
  if (sh.isBash && sh.options.has('xtrace')) yield* engine.trace(sh, `case ${node.word.text} in`);
  sh.note(node);
  yield* engine.debug(sh);
  const word = yield* engine.expander.string(sh, node.word.text);
  const options = engine.expander.patternOptions(sh);
  let through = false;
  let status = 0;
  for (const item of node.items) {
    let matches = through;
    for (let i = 0; !matches && i < item.pattern.length; i++)
      matches = matchPattern(yield* engine.expander.pattern(sh, item.pattern[i].text), word, options);
    if (!matches) continue;
    status = yield* engine.list(sh, item.body);
    if (item.terminator === ';&') through = true;
    else if (item.terminator === ';;&') through = false;
    else break;
  }
  return (sh.status = status);
}

/** `select`: a menu until `break` or the end of input. */
export function* runSelect(engine: Executor, sh: Shell, node: Select): Sim<number> {
  sh.position = node.pos;
  if (sh.options.has('xtrace'))
    yield* engine.trace(sh, `select ${node.name.text} in ${node.wordlist ? node.wordlist.map((w) => w.text).join(' ') : '"$@"'}`);
  sh.note(node);
  yield* engine.debug(sh);
  const items = yield* loopItems(engine, sh, node.wordlist);
  if (items.length === 0) return (sh.status = 0);
  let status = 0;
  let show = true;
  for (;;) {
    const choice: string | null = yield* selectMenu(sh, items, show, engine.expander);
    if (choice === null) return (sh.status = 1);
    show = choice === '';
    if (show) continue;
    sh.vars.set('REPLY', choice);
    if (sh.vars.raw(node.name.text)?.readonly) {
      yield* report(sh, sh.vars.readonlyError(node.name.text).message);
      return (sh.status = 1);
    }
    sh.vars.set(node.name.text, /^\s*\d+\s*$/.test(choice) ? (items[Number(choice) - 1] ?? '') : '');
    const more = yield* round(engine, sh, node.body);
    status = sh.status;
    if (!more) return (sh.status = status);
    show = sh.vars.get('REPLY') === '';
  }
}

/** The three expressions of `for ((a; b; c))`. */
function splitHeader(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ';' && depth === 0) {
      out.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...out, text.slice(from)];
}
