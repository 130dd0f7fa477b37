import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readFile, S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { ExitSignal, ReturnSignal, ShellError } from '../state/errors.ts';
import type { Interpreter, Shell, TextKind } from '../state/shell.ts';
import { syntaxOf } from '../syntax/complete.ts';
import { SyntaxProblem } from '../syntax/problem.ts';
import { Recognizer } from '../syntax/recognizer.ts';
import { Source } from '../syntax/source.ts';
import { complain } from './message.ts';
import { lastCommands } from './tail.ts';

export interface TextOptions {
  /** What goes between the file and `line N` in syntax errors: `eval: `, `-c: `. */
  readonly label?: string;
  readonly file?: string;
  readonly firstLine?: number;
  /** Do not execute (`-n`). */
  readonly echo?: boolean;
  /** The text is the argument of `-c`: nothing is read after it. */
  readonly isLast?: boolean;
}

const parsed = new Map<string, Source>();

/** Parsed commands are kept: eval and loops of `source` see the same text again. */
function sourceFor(text: string, line: number, file: string | undefined): Source {
  const key = `${line}\0${file ?? ''}\0${text}`;
  let source = parsed.get(key);
  if (!source) {
    if (parsed.size > 2000) parsed.clear();
    source = new Source(text, line, file);
    parsed.set(key, source);
  }
  return source;
}

/** Executes text command by command, so that what stands before a syntax error is executed and aliases take effect. */
export function* runText(interpreter: Interpreter, sh: Shell, text: string, options: TextOptions): Sim<number> {
  const recognizer = new Recognizer(text, syntaxOf(sh.dialect));
  let at = 0;
  let line = options.firstLine ?? 1;
  let ran = false;
  for (;;) {
    recognizer.aliases = sh.aliases.size > 0 && (sh.options.on('expand_aliases') || !sh.isBash) ? sh.aliases : undefined;
    let found: { start: number; end: number } | null;
    const before = at;
    try {
      found = recognizer.commandEnd(at);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      yield* syntaxError(sh, recognizer.text, before, line, error, options);
      const inEval = options.label === 'eval: ' || (options.label === undefined && options.file === undefined);
      sh.status = error.status ?? (inEval || !sh.isBash ? 2 : sh.status);
      return sh.status;
    }
    if (!found) return ran ? sh.status : (sh.status = options.label === 'eval: ' || ran ? 0 : 0);
    line += count(recognizer.text, at, found.start);
    const command = recognizer.text.slice(found.start, found.end);
    at = found.end;
    for (const doc of recognizer.cutHereDocs.splice(0))
      yield* warnHereDoc(sh, recognizer.text, doc.pos, doc.delimiter, before, line, options);
    if (options.echo ?? sh.options.has('verbose'))
      yield* complain(command.endsWith('\n') || at < recognizer.text.length ? command : `${command}\n`);
    ran = true;
    if (!sh.options.has('noexec')) {
      const source = sourceFor(command, line, options.file);
      if (options.isLast && endsText(sh, command, recognizer.text.slice(at))) sh.lastCommands = lastCommands(source.script, sh.dialect);
      try {
        yield* interpreter.runScript(sh, source.script, source);
      } catch (error) {
        if (!(error instanceof ShellError)) throw error;
        const here = sh.source;
        sh.source = source;
        yield* complain(`${error.prefix ?? sh.prefix}${error.message}\n`);
        sh.source = here;
        sh.status = error.fatal && error.status === 1 && sh.commandString && sh.subshell === 0 && sh.isBash ? 127 : error.status;
        if (error.fatal && !sh.interactive) throw new ExitSignal(sh.status);
        sh.pipeStatus = [sh.status];
        // The rest of the line is given up, in a subshell all of it.
        if (sh.subshell > 0) throw new ExitSignal(sh.status);
      }
    }
    line += count(recognizer.text, found.start, found.end);
  }
}

/** ash looks no further than a line's end for more; bash has read on over it. */
function endsText(sh: Shell, command: string, rest: string): boolean {
  return sh.isBash ? rest.trim() === '' : rest === '' && !command.endsWith('\n');
}

function count(text: string, from: number, to: number): number {
  let n = 0;
  for (let i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) n++;
  return n;
}

function place(sh: Shell, line: number, options: TextOptions): string {
  if (sh.dialect === 'dash') return `${sh.argv0}: ${line}: `;
  if (sh.dialect === 'ash') {
    const file = options.file === undefined || options.file === sh.argv0 ? '' : `${options.file}: `;
    return `${sh.argv0}: ${file}${file !== '' || sh.scriptFile ? `line ${line}: ` : ''}`;
  }
  if (sh.interactive && !options.file && options.label === undefined) return `${sh.displayName}: `;
  return `${options.file ?? sh.displayName}: ${options.label ?? ''}line ${line}: `;
}

function* warnHereDoc(
  sh: Shell,
  text: string,
  pos: number,
  delimiter: string,
  from: number,
  line: number,
  options: TextOptions,
): Sim<void> {
  if (!sh.isBash) return;
  const start = line + count(text, from, pos);
  const end = line + count(text, from, text.length) + (text.endsWith('\n') ? -1 : 0);
  yield* complain(
    `${place(sh, Math.max(start, end), { ...options, label: undefined })}warning: here-document at line ${start} delimited by end-of-file (wanted \`${delimiter}')\n`,
  );
}

function* syntaxError(sh: Shell, text: string, from: number, line: number, error: SyntaxProblem, options: TextOptions): Sim<void> {
  const problem = error.problem;
  const lineOf = (pos: number): number => line + count(text, from, pos);
  const lastLine = line + count(text, from, text.length) + (text.endsWith('\n') || text === '' ? 0 : 1);
  if (!sh.isBash) return yield* dashError(sh, text, problem, lineOf, lastLine, options);
  if (problem.kind === 'unclosed') {
    const at = place(sh, problem.pos === undefined ? lastLine : lineOf(problem.pos), options);
    yield* complain(`${at}unexpected EOF while looking for${problem.matching === false ? '' : ' matching'} \`${problem.wanted}'\n`);
    return;
  }
  if (problem.kind === 'eof') {
    yield* complain(`${place(sh, lastLine, options)}${problem.text ?? 'syntax error: unexpected end of file'}\n`);
    return;
  }
  const at = place(sh, lineOf(problem.pos), options);
  const lineStart = text.lastIndexOf('\n', problem.pos - 1) + 1;
  const lineEnd = text.indexOf('\n', problem.pos);
  const shown = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  const echo = sh.interactive && !options.file ? '' : `${at}\`${shown}'\n`;
  if (problem.kind === 'token') yield* complain(`${at}syntax error near unexpected token \`${problem.token}'\n${echo}`);
  else if (problem.text.startsWith('syntax error: arithmetic'))
    yield* complain(`${at}${problem.text}\n${at}syntax error: \`${problem.near}'\n`);
  else if (problem.text !== '') yield* complain(`${at}${problem.text}\n`);
}

function* dashError(
  sh: Shell,
  text: string,
  problem: SyntaxProblem['problem'],
  lineOf: (pos: number) => number,
  lastLine: number,
  options: TextOptions,
): Sim<void> {
  const ash = sh.dialect === 'ash';
  const last = lastLine - (text.endsWith('\n') || text === '' ? 0 : 1);
  const say = (line: number, what: string): Sim<void> =>
    complain(`${place(sh, line, options)}${ash ? 'syntax error: ' : 'Syntax error: '}${what}\n`);
  if (problem.kind === 'unclosed') {
    // What a quote encloses ends with it, whatever else is open in there.
    const inQuotes = (text.slice(0, problem.pos).match(/(?<!\\)"/g) ?? []).length % 2 === 1;
    const quoted = problem.wanted === '"' || problem.wanted === "'" || (problem.wanted === '}' && inQuotes);
    if (quoted) yield* say(last, ash ? 'unterminated quoted string' : 'Unterminated quoted string');
    else if (problem.wanted === '`') yield* say(last, ash ? 'EOF in backquote substitution' : 'EOF in backquote substitution');
    else if (problem.wanted === '}') yield* say(last, ash ? "missing '}'" : "Missing '}'");
    else yield* say(last, ash ? 'unexpected end of file (expecting ")")' : 'end of file unexpected (expecting ")")');
  } else if (problem.kind === 'eof') {
    const expecting = problem.expecting ? ` (expecting "${problem.expecting}")` : '';
    yield* say(last, ash ? `unexpected end of file${expecting}` : `end of file unexpected${expecting}`);
  } else if (problem.kind === 'token') {
    const expecting = problem.expecting ? ` (expecting "${problem.expecting}")` : '';
    const token =
      problem.token === 'newline'
        ? 'newline'
        : /^[<>]/.test(problem.token)
          ? 'redirection'
          : /^[\w-]/.test(problem.token) && !/^(fi|done|do|then|else|elif|esac)$/.test(problem.token)
            ? 'word'
            : `"${problem.token}"`;
    yield* say(lineOf(problem.pos), ash ? `unexpected ${token}${expecting}` : `${token} unexpected${expecting}`);
  } else {
    const what = problem.text.replace(/^Syntax error: /, '');
    yield* say(lineOf(problem.pos), ash ? what[0].toLowerCase() + what.slice(1) : what);
  }
}

/** Reading text takes as much of the stack as so many commands inside each other. */
const READER_NESTING = 2;

/** `eval`, traps and PROMPT_COMMAND. */
export function* evalText(
  interpreter: Interpreter,
  sh: Shell,
  text: string,
  options: { readonly name: string; readonly kind: TextKind },
): Sim<number> {
  const before = { source: sh.source, position: sh.position };
  const line = sh.line;
  sh.traceLevel++;
  sh.nesting += READER_NESTING;
  try {
    return yield* runText(interpreter, sh, text, {
      label: `${options.name}: `,
      firstLine: options.name === 'environment' ? 0 : options.kind === 'eval' ? line : 1,
      file: sh.source?.file,
    });
  } finally {
    sh.nesting -= READER_NESTING;
    sh.traceLevel--;
    sh.source = before.source;
    sh.position = before.position;
  }
}

/** `.` and `source`, and the files that a shell reads when it starts. */
export function* sourceFile(interpreter: Interpreter, sh: Shell, path: string, args: readonly string[] | undefined): Sim<number> {
  let text: string;
  try {
    const st = yield* statOrNull(path);
    if (st && (st.mode & S_IFMT) === S_IFDIR) throw new ShellError(`${path}: is a directory`);
    text = decodeUtf8(yield* readFile(path));
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw new ShellError(`${path}: ${error.message}`);
  }
  const before = { positional: sh.positional, source: sh.source, position: sh.position, loopDepth: sh.loopDepth };
  sh.frames.push({ kind: 'source', name: path, file: path, line: sh.line });
  if (args !== undefined) sh.positional = [...args];
  const set = sh.positional;
  sh.nesting += READER_NESTING;
  sh.traceLevel++;
  sh.status = 0;
  try {
    yield* runText(interpreter, sh, text, { file: path });
    return sh.status;
  } catch (error) {
    if (!(error instanceof ReturnSignal)) throw error;
    return (sh.status = error.status);
  } finally {
    sh.nesting -= READER_NESTING;
    sh.traceLevel--;
    sh.frames.pop();
    if (args !== undefined && sh.positional === set) sh.positional = before.positional;
    else if (args !== undefined) sh.positional = before.positional;
    sh.source = before.source;
    sh.position = before.position;
    sh.loopDepth = before.loopDepth;
  }
}
