import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { dup, getpgid, getWindowSize, setCloexec, setpgid, statOrNull, tcgetpgrp, tcsetpgrp } from '../kernel/syscalls.ts';
import { loadHistory, saveHistory } from './builtins/history.ts';
import { notify } from './builtins/jobs.ts';
import type { Engine } from './exec/engine.ts';
import { complain } from './exec/message.ts';
import { runText } from './exec/reader.ts';
import { readLine } from './exec/readLine.ts';
import { setInteractiveSignals } from './exec/signals.ts';
import type { Invocation } from './exec/startup.ts';
import { INVISIBLE_END, INVISIBLE_START } from './expand/prompt.ts';
import { expandHistory, History } from './history.ts';
import { candidates } from './lineEditor/complete.ts';
import { canEdit, LineEditor } from './lineEditor/editor.ts';
import { ExitSignal, Interrupted, ShellError } from './state/errors.ts';
import type { Shell } from './state/shell.ts';
import { isComplete } from './syntax/complete.ts';
import { lookalikeHint } from './typography.ts';

const EOF_MAX = 10;
/** Where shells put it: `ls -l /proc/$$/fd` shows bash's at 255. */
const BASH_TERMINAL = 255;
const OTHERS_TERMINAL = 10;

/** A shell at a terminal: reads its files, then prompts until `exit` or end of file. */
export function* interact(sh: Shell, engine: Engine, how: Invocation): Sim<number> {
  sh.interactive = true;
  sh.options.shopt.set('expand_aliases', true);
  yield* takeTerminal(sh);
  yield* setInteractiveSignals(sh);
  if (!sh.vars.raw('PS1'))
    sh.vars.define('PS1', { value: sh.isBash ? '\\s-\\v\\$ ' : sh.dialect === 'ash' ? '\\w \\$ ' : sh.uid === 0 ? '# ' : '$ ' });
  if (!sh.vars.raw('PS2')) sh.vars.define('PS2', { value: '> ' });
  if (sh.isBash) {
    sh.options.change('histexpand', true);
    sh.options.change('history', true);
    sh.options.change('emacs', true);
    yield* startHistory(sh);
    yield* windowVariables(sh);
  }
  yield* startupFiles(sh, how);
  if (sh.dialect === 'ash') sh.history = new History();
  const history = sh.history ?? new History();
  const max = sh.vars.get('HISTSIZE');
  if (max !== undefined && /^-?\d+$/.test(max)) history.max = Number(max) < 0 ? Number.POSITIVE_INFINITY : Number(max);
  try {
    return yield* loop(sh, engine, history);
  } finally {
    if (sh.history && sh.isBash) yield* saveHistory(sh, sh.history);
    yield* hangUp(sh);
  }
}

function* takeTerminal(sh: Shell): Sim<void> {
  try {
    if ((yield* getpgid()) !== sh.pid) yield* setpgid(0, sh.pid);
    if ((yield* tcgetpgrp(0)) !== sh.pid) yield* tcsetpgrp(0, sh.pid);
    sh.terminalFd = yield* ownTerminal(sh);
    sh.options.change('monitor', true);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    if (sh.isBash) {
      yield* complain(`bash: cannot set terminal process group (${sh.pid}): ${error.message}\nbash: no job control in this shell\n`);
    } else yield* complain(`${sh.argv0}: ${sh.dialect === 'dash' ? '0: ' : ''}can't access tty; job control turned off\n`);
  }
}

/** The shell's own way to the terminal: standard input may be another file while it waits for `cat < FILE` and takes the terminal back. */
function* ownTerminal(sh: Shell): Sim<number> {
  const copy = yield* dup(0, sh.isBash ? BASH_TERMINAL : OTHERS_TERMINAL);
  yield* setCloexec(copy, true);
  return copy;
}

function* startHistory(sh: Shell): Sim<void> {
  sh.history = new History();
  if (!sh.vars.raw('HISTFILE')) sh.vars.define('HISTFILE', { value: `${sh.vars.get('HOME') ?? ''}/.bash_history` });
  if (!sh.vars.raw('HISTSIZE')) sh.vars.define('HISTSIZE', { value: '500' });
  if (!sh.vars.raw('HISTFILESIZE')) sh.vars.define('HISTFILESIZE', { value: sh.vars.get('HISTSIZE') });
  yield* loadHistory(sh.history, sh.vars.get('HISTFILE')!);
}

function* windowVariables(sh: Shell): Sim<void> {
  try {
    const size = yield* getWindowSize(0);
    sh.vars.set('COLUMNS', String(size.columns));
    sh.vars.set('LINES', String(size.rows));
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function* startupFiles(sh: Shell, how: Invocation): Sim<void> {
  const home = sh.vars.get('HOME') ?? '';
  const files: string[] = [];
  if (how.login && !how.noProfile) {
    files.push('/etc/profile');
    const own = sh.isBash ? [`${home}/.bash_profile`, `${home}/.bash_login`, `${home}/.profile`] : [`${home}/.profile`];
    for (const path of own) {
      if (!(yield* statOrNull(path))) continue;
      files.push(path);
      break;
    }
  } else if (!how.login && !how.noRc && sh.isBash)
    files.push(...(how.rcFile !== undefined ? [how.rcFile] : ['/etc/bash.bashrc', `${home}/.bashrc`]));
  else if (!sh.isBash && sh.vars.get('ENV')) files.push(yield* sh.interpreter.expandWord(sh, sh.vars.get('ENV')!));
  for (const path of files) {
    if (!(yield* statOrNull(path))) continue;
    yield* guarded(sh, () => sh.interpreter.source(sh, path, undefined));
  }
  sh.status = 0;
}

/** Runs something whose errors must not end the shell. */
function* guarded(sh: Shell, body: () => Sim<number>): Sim<void> {
  try {
    yield* body();
  } catch (error) {
    if (error instanceof ExitSignal) throw error;
    if (error instanceof ShellError) {
      yield* complain(`${sh.prefix}${error.message}\n`);
      sh.status = error.status;
    } else if (error instanceof Interrupted) sh.status = 130;
    else throw error;
  }
}

function* loop(sh: Shell, engine: Engine, history: History): Sim<number> {
  const killRing: string[] = [];
  let ends = 0;
  for (;;) {
    let text: string | null;
    try {
      yield* notify(sh);
      yield* promptCommand(sh);
      text = yield* readCommand(sh, engine, history, killRing);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      sh.status = 130;
      sh.loopDepth = 0;
      continue;
    }
    if (text === null) {
      if (sh.options.has('ignoreeof') && ++ends < EOF_MAX) {
        yield* complain(sh.loginShell ? 'Use "logout" to leave the shell.\n' : 'Use "exit" to leave the shell.\n');
        continue;
      }
      if (sh.jobs.list.some((j) => sh.jobs.state(j) === 'stopped') && !sh.jobsWarned) {
        sh.jobsWarned = true;
        yield* complain(sh.isBash ? `${sh.loginShell ? 'logout' : 'exit'}\nThere are stopped jobs.\n` : 'You have stopped jobs.\n');
        continue;
      }
      if (sh.isBash) yield* complain(sh.loginShell ? 'logout\n' : 'exit\n');
      else if (sh.dialect === 'dash') yield* complain('\n');
      return sh.status;
    }
    ends = 0;
    const warned = sh.jobsWarned;
    if (text.trim() === '') continue;
    const command = text;
    yield* guarded(sh, () => runText(engine, sh, command, {}));
    if (warned) sh.jobsWarned = false;
    const hint = sh.status !== 0 ? lookalikeHint(command) : undefined;
    if (hint) yield* complain(hint);
    yield* guarded(sh, () => pendingTraps(sh, engine));
  }
}

function* promptCommand(sh: Shell): Sim<void> {
  if (!sh.isBash) return;
  for (const text of sh.vars.values('PROMPT_COMMAND')) {
    if (text === '') continue;
    const { status, pipeStatus } = sh;
    yield* guarded(sh, () => sh.interpreter.evalText(sh, text, { name: 'PROMPT_COMMAND', kind: 'prompt' }));
    sh.status = status;
    sh.pipeStatus = pipeStatus;
  }
}

function* pendingTraps(sh: Shell, engine: Engine): Sim<number> {
  yield* engine.pending(sh);
  return sh.status;
}

/** Reads lines until they make complete commands, and puts them into history as one entry. */
function* readCommand(sh: Shell, engine: Engine, history: History, killRing: string[]): Sim<string | null> {
  let text = '';
  let entry = '';
  for (;;) {
    const first = text === '';
    const prompt = yield* engine.prompt(sh, sh.vars.get(first ? 'PS1' : 'PS2') ?? '');
    const editing = yield* canEdit(0);
    const editor = new LineEditor({
      fd: 0,
      history,
      killRing,
      bracketedPaste: sh.isBash,
      complete: (line, columns) => candidates(sh, line, (s, t) => engine.capture(s, t), columns),
      interrupted: () => guarded(sh, () => pendingTraps(sh, engine)),
    });
    let line: string | null;
    sh.atPrompt = true;
    try {
      line = yield* editing ? editor.readLine(prompt) : unedited(sh, prompt);
    } finally {
      sh.atPrompt = false;
    }
    if (line === null) {
      if (first) return null;
      const pending = text;
      remember(sh, history, entry);
      return pending;
    }
    if (sh.options.has('histexpand')) {
      try {
        const expanded = expandHistory(line, history);
        if (expanded) {
          yield* complain(`${expanded.text}\n`);
          line = expanded.text;
          if (expanded.printOnly) {
            history.add(line, sh.vars.get('HISTCONTROL'));
            return '';
          }
        }
      } catch (error) {
        if (!(error instanceof ShellError)) throw error;
        yield* complain(`${sh.prefix}${error.message}\n`);
        return '';
      }
    }
    entry = first ? line : joinEntry(entry, text, line);
    text += `${line}\n`;
    if (isComplete(text, sh.dialect, sh.aliases)) {
      remember(sh, history, entry);
      return text;
    }
  }
}

/** The next line where no terminal is (`bash -i < FILE`): the prompt goes to standard error, and bash's readline shows what it takes. */
function* unedited(sh: Shell, prompt: string): Sim<string | null> {
  yield* complain(prompt.replaceAll(INVISIBLE_START, '').replaceAll(INVISIBLE_END, ''));
  const line = yield* readLine();
  if (line === null) return null;
  if (sh.isBash) yield* complain(line.endsWith('\n') ? line : `${line}\n`);
  return line.replace(/\n$/, '');
}

function remember(sh: Shell, history: History, entry: string): void {
  if (entry.trim() === '') return;
  if (sh.vars.get('HISTIGNORE')?.split(':').includes(entry)) return;
  history.add(entry, sh.vars.get('HISTCONTROL'));
}

/** cmdhist: the lines of a command become one, with semicolons where they are needed. */
function joinEntry(entry: string, before: string, line: string): string {
  if (/\\\n$/.test(before)) return entry.slice(0, -1) + line;
  if (insideQuote(before) || /<<-?\s*\S+/.test(before)) return `${entry}\n${line}`;
  if (/(^|[\s;&|(])(then|do|else|elif|in|if|while|until|\{|\()\s*$|[;&|]\s*$|\)\s*$/.test(entry) || entry.trim() === '')
    return `${entry.trimEnd()} ${line.trimStart()}`.replace(/\s+$/, '');
  return `${entry.trimEnd()}; ${line.trimStart()}`;
}

function insideQuote(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote === "'") {
      if (c === "'") quote = '';
    } else if (c === '\\') i++;
    else if (quote === '"') {
      if (c === '"') quote = '';
    } else if (c === '"' || c === "'") quote = c;
  }
  return quote !== '';
}

/** A login shell that ends takes its stopped jobs along. */
function* hangUp(sh: Shell): Sim<void> {
  for (const job of sh.jobs.list) {
    if (job.noHangup || (sh.jobs.state(job) !== 'stopped' && !sh.hangup)) continue;
    yield* sh.interpreter.runWords(sh, ['kill', '-HUP', `%${job.id}`], { functions: false });
  }
}
