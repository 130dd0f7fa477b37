/** make: GNU make 4.3, as far as the makefiles of small projects need it. */
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  chdir,
  close,
  environ,
  getcwd,
  pipe,
  readAll,
  readdir,
  spawn,
  statOrNull,
  unlink,
  waitpid,
  write,
  writeFile,
} from '../kernel/syscalls.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { UsageError } from './lib/failure.ts';
import { fnmatch } from './lib/glob.ts';
import { BUILTIN_VARIABLES, Database } from './lib/make/database.ts';
import { Engine } from './lib/make/engine.ts';
import { findAssignment, MakefileReader } from './lib/make/reader.ts';
import { MakeError, type RecipeLine } from './lib/make/syntax.ts';
import { Variables } from './lib/make/variables.ts';
import { type ParsedOptions, parseArguments } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const VERSION = 'GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n';
const USAGE = `Usage: make [options] [target] ...
Options:
  -B  makes everything            -C DIR  goes to DIR first
  -f FILE  reads FILE             -i  goes on after errors
  -k  makes what can be made      -n  shows what it would do
  -q  asks whether there is work  -s  does not show the recipes
  -t  only touches the files      -j N, -w, -r, -e  are taken
`;
const SPEC = {
  short: 'bmBC:df:hiI:j::kl::no:pqrRsStvwW:eE:',
  long: {
    'always-make': 'B',
    directory: 'C:',
    file: 'f:',
    makefile: 'f:',
    'ignore-errors': 'i',
    'include-dir': 'I:',
    jobs: 'j::',
    'keep-going': 'k',
    'just-print': 'n',
    'dry-run': 'n',
    recon: 'n',
    question: 'q',
    silent: 's',
    quiet: 's',
    touch: 't',
    'print-directory': 'w',
    'no-print-directory': 'nw',
    'no-builtin-rules': 'r',
    'environment-overrides': 'e',
  },
  usage: '',
  about: '',
};
const DEFAULT_FILES = ['GNUmakefile', 'makefile', 'Makefile'];
/** Words that the shell has to carry out itself. */
const SHELL_WORDS = new Set(
  '. : alias bg break case cd command continue do done elif else esac eval exec exit export fg fi for getopts hash if jobs login logout read readonly return set shift test then times trap type ulimit umask unalias unset wait while'.split(
    ' ',
  ),
);

function* make(t: Tool): Sim<number> {
  const env = new Map(yield* environ());
  const level = Number(env.get('MAKELEVEL') ?? 0);
  const name = level > 0 ? `make[${level}]` : 'make';
  let o: ParsedOptions;
  try {
    const inherited = (env.get('MAKEFLAGS') ?? '').split(/\s+/).filter((word) => word !== '');
    const flags = inherited.map((word, i) => (i === 0 && /^[a-zA-Z]+$/.test(word) ? `-${word}` : word));
    o = parseArguments([...flags, ...t.args], SPEC);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* write(2, `${name}: ${error.message}\n${USAGE}`);
    return 2;
  }
  if (o.has('v') || o.has('--version')) {
    yield* t.print(VERSION);
    return 0;
  }
  if (o.has('h') || o.has('--help')) {
    yield* t.print(USAGE);
    return 0;
  }
  return yield* new Make(t, o, name, level, env).run();
}

class Make {
  readonly #t: Tool;
  readonly #o: ParsedOptions;
  readonly #name: string;
  readonly #level: number;
  readonly #env: Map<string, string>;
  readonly #variables: Variables;
  readonly #database: Database;
  readonly #reader: MakefileReader;

  constructor(t: Tool, o: ParsedOptions, name: string, level: number, env: Map<string, string>) {
    this.#t = t;
    this.#o = o;
    this.#name = name;
    this.#level = level;
    this.#env = env;
    this.#variables = new Variables({
      shell: (command) => this.#shell(command),
      wildcard,
      path: absolute,
      evaluate: (text) => this.#reader.text(text, this.#variables.place?.file ?? 'Makefile'),
      print: (text) => t.print(text),
      warn: (text) => this.#complain(text),
    });
    this.#database = new Database(!o.has('r') && !o.has('R'));
    this.#reader = new MakefileReader(this.#variables, this.#database, (text) => this.#complain(text));
  }

  *#complain(text: string): Sim<void> {
    yield* this.#t.out.flush();
    yield* write(2, `${text}\n`);
  }

  *run(): Sim<number> {
    const folders = this.#o.options.filter(([key]) => key === 'C').map(([, value]) => value);
    for (const folder of folders) {
      try {
        yield* chdir(folder);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        yield* this.#complain(`${this.#name}: *** ${folder}: ${error.message}.  Stop.`);
        return 2;
      }
    }
    const telling = (folders.length > 0 || this.#level > 0 || this.#o.has('w')) && !this.#o.has('s') && !this.#o.has('nw');
    const here = yield* getcwd();
    if (telling) yield* this.#t.print(`${this.#name}: Entering directory '${here}'\n`);
    const status = yield* this.#guarded();
    if (telling) yield* this.#t.print(`${this.#name}: Leaving directory '${here}'\n`);
    return status;
  }

  *#guarded(): Sim<number> {
    try {
      return yield* this.#all(yield* getcwd());
    } catch (error) {
      if (!(error instanceof MakeError)) throw error;
      const where = error.place ? `${error.place.file}:${error.place.line}:` : `${this.#name}:`;
      if (error.message !== '') yield* this.#complain(`${where} *** ${error.message}${error.message.startsWith('[') ? '' : '.  Stop.'}`);
      return error.status;
    }
  }

  *#all(here: string): Sim<number> {
    yield* this.#prepare(here);
    const goals = this.#o.operands.filter((word) => !findAssignment(word));
    if (!(yield* this.#readMakefiles(goals))) return 2;
    if (goals.length === 0) {
      const chosen = this.#variables.get('.DEFAULT_GOAL')?.value ?? '';
      goals.push(chosen !== '' ? chosen : this.#database.needGoal());
    }
    const engine = new Engine(this.#database, this.#variables, {
      keepGoing: this.#o.has('k'),
      always: this.#o.has('B'),
      question: this.#o.has('q'),
      touch: this.#o.has('t'),
      recipe: (target, lines) => this.#recipe(target, lines),
      print: function* (this: Make, text: string) {
        if (!this.#o.has('s')) yield* this.#t.print(`${this.#name}: ${text}\n`);
      }.bind(this),
      error: (text) => this.#complain(`${this.#name}: ${text}`),
    });
    let ok = true;
    for (const goal of goals) ok = (yield* engine.goal(goal)) && ok;
    return ok ? (engine.stale ? 1 : 0) : 2;
  }

  *#prepare(here: string): Sim<void> {
    const set = (name: string, value: string, origin: 'default' | 'environment' | 'file', recursive = false) =>
      this.#variables.set(name, { value, recursive, origin });
    for (const [name, value] of Object.entries(BUILTIN_VARIABLES)) set(name, value, 'default', true);
    for (const [name, value] of this.#env) if (name !== 'SHELL' && name !== 'MAKEFLAGS') set(name, value, 'environment', true);
    set('CURDIR', here, 'file');
    set('MAKELEVEL', String(this.#level), 'environment');
    const goals = this.#o.operands.filter((word) => !findAssignment(word));
    set('MAKECMDGOALS', goals.join(' '), 'file');
    const letters = ['B', 'i', 'k', 'n', 's'].filter((key) => this.#o.has(key)).join('');
    const assigned = this.#o.operands.filter((word) => findAssignment(word));
    set(
      'MAKEFLAGS',
      [letters, this.#o.has('nw') ? '--no-print-directory' : '', ...assigned].filter((word) => word !== '').join(' '),
      'file',
    );
    for (const word of assigned) {
      const found = findAssignment(word);
      if (found) yield* this.#variables.assign(found.name, found.operator, found.value, 'command line');
    }
    for (const [key, value] of this.#o.options) if (key === 'E') yield* this.#reader.text(value, '--eval');
  }

  *#readMakefiles(goals: readonly string[]): Sim<boolean> {
    const given = this.#o.options.filter(([key]) => key === 'f').map(([, value]) => value);
    let files: readonly string[] = given;
    if (given.length === 0) {
      files = [];
      for (const file of DEFAULT_FILES) if (files.length === 0 && (yield* statOrNull(file))) files = [file];
      // Without a makefile there are still make's own rules.
      if (files.length === 0 && goals.length === 0) throw new MakeError('No targets specified and no makefile found');
    }
    for (const file of files) {
      try {
        yield* this.#reader.file(file);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        yield* this.#complain(`${this.#name}: ${file}: ${error.message}`);
        throw new MakeError(`No rule to make target '${file}'`);
      }
    }
    this.#variables.place = undefined;
    for (const [i, name] of this.#reader.missingNames.entries()) {
      const { file, line } = this.#reader.missing[i];
      if (this.#database.targets.has(name)) continue;
      yield* this.#complain(`${file}:${line}: ${name}: No such file or directory`);
      throw new MakeError(`No rule to make target '${name}'`);
    }
    return true;
  }

  // ---- recipes ----

  *#recipe(target: string, lines: readonly RecipeLine[]): Sim<boolean> {
    if (this.#o.has('t')) {
      yield* this.#t.print(`touch ${target}\n`);
      if (!this.#o.has('n') && !this.#database.isPhony(target)) yield* writeFile(target, '');
      return true;
    }
    const silent = this.#database.targets.get('.SILENT');
    const quiet =
      this.#o.has('s') || (silent !== undefined && (silent.prerequisites.length === 0 || silent.prerequisites.includes(target)));
    const ignore = this.#o.has('i') || (this.#database.targets.get('.IGNORE')?.prerequisites.includes(target) ?? false);
    for (const line of lines) {
      this.#variables.place = { file: line.file, line: line.line };
      const recursive = /\$[({]MAKE[)}]/.test(line.text);
      for (const command of commandsIn(yield* this.#variables.expand(line.text))) {
        const [, marks, text] = /^([\s@+-]*)([\s\S]*)$/.exec(command) ?? ['', '', ''];
        if (text.trim() === '') continue;
        const dry = this.#o.has('n') && !marks.includes('+') && !recursive;
        if (this.#o.has('n') || (!marks.includes('@') && !quiet)) yield* this.#t.print(`${text}\n`);
        if (dry) continue;
        const failure = yield* this.#execute(text);
        if (failure === undefined) continue;
        const where = `[${line.file}:${line.line}: ${target}] ${failure}`;
        if (marks.includes('-') || ignore) {
          yield* this.#complain(`${this.#name}: ${where} (ignored)`);
          continue;
        }
        if (this.#database.targets.has('.DELETE_ON_ERROR') && (yield* statOrNull(target))) yield* unlink(target);
        if (!this.#o.has('k')) throw new MakeError(where);
        yield* this.#complain(`${this.#name}: *** ${where}`);
        return false;
      }
    }
    return true;
  }

  /** Undefined: it went well. Otherwise 'Error 1', or the signal that ended it. */
  *#execute(command: string): Sim<string | undefined> {
    yield* this.#t.out.flush();
    const simple = simpleWord(command);
    const env = yield* this.#environment();
    if (simple !== undefined && !(yield* found(simple, env.get('PATH') ?? ''))) {
      yield* this.#complain(`${this.#name}: ${simple}: No such file or directory`);
      return 'Error 127';
    }
    const shell = (yield* this.#variables.value('SHELL')) || '/bin/sh';
    const pid = yield* spawn({ path: shell, argv: [shell, '-c', command], env });
    const status = (yield* waitpid(pid))?.status ?? { kind: 'exited' as const, code: 0 };
    if (status.kind === 'exited') return status.code === 0 ? undefined : `Error ${status.code}`;
    if (status.kind !== 'signaled') return undefined;
    return (
      { SIGTERM: 'Terminated', SIGINT: 'Interrupt', SIGKILL: 'Killed', SIGSEGV: 'Segmentation fault' }[status.signal as string] ??
      status.signal
    );
  }

  *#environment(): Sim<Map<string, string>> {
    const env = new Map(this.#env);
    for (const [name, variable] of this.#variables.entries()) {
      const wanted =
        this.#variables.exported.has(name) ||
        (this.#variables.exportAll && variable.origin !== 'default' && /^\w+$/.test(name)) ||
        variable.origin === 'command line' ||
        (this.#env.has(name) && variable.origin !== 'default');
      if (wanted && !this.#variables.unexported.has(name)) env.set(name, yield* this.#variables.value(name));
    }
    env.set('MAKELEVEL', String(this.#level + 1));
    env.set('MAKEFLAGS', this.#variables.get('MAKEFLAGS')?.value ?? '');
    return env;
  }

  *#shell(command: string): Sim<string> {
    yield* this.#t.out.flush();
    const [from, to] = yield* pipe({ cloexec: true });
    const fds = new Map([
      [0, 0],
      [1, to],
      [2, 2],
    ]);
    const pid = yield* spawn({ path: '/bin/sh', argv: ['/bin/sh', '-c', command], fds });
    yield* close(to);
    const text = decodeUtf8(yield* readAll(from));
    yield* close(from);
    const status = (yield* waitpid(pid))?.status ?? { kind: 'exited' as const, code: 0 };
    this.#variables.set('.SHELLSTATUS', { value: status.kind === 'exited' ? String(status.code) : '1', recursive: false, origin: 'file' });
    return text.replace(/\n+$/, '').replaceAll('\n', ' ');
  }
}

/** A recipe line as single commands: a variable may hold several lines. */
const commandsIn = (text: string): readonly string[] => text.split(/(?<!\\)\n/);

/** The program that a command without anything for the shell runs. */
function simpleWord(command: string): string | undefined {
  if (/[#;"*?[\]&|<>(){}$`^~!'\\\n=]/.test(command)) return undefined;
  const [first] = command.trim().split(/\s+/);
  return SHELL_WORDS.has(first) ? undefined : first;
}

function* found(program: string, path: string): Sim<boolean> {
  if (program.includes('/')) return (yield* statOrNull(program)) !== null;
  for (const folder of path.split(':')) if (yield* statOrNull(`${folder}/${program}`)) return true;
  return false;
}

function* wildcard(pattern: string): Sim<readonly string[]> {
  if (!/[*?[]/.test(pattern)) return (yield* statOrNull(pattern)) ? [pattern] : [];
  let places = [pattern.startsWith('/') ? '/' : ''];
  for (const part of pattern.split('/').filter((word) => word !== '')) {
    const next: string[] = [];
    for (const place of places) {
      if (!/[*?[]/.test(part)) {
        if (yield* statOrNull(place + part)) next.push(`${place}${part}/`);
        continue;
      }
      if (!(yield* statOrNull(place || '.'))) continue;
      for (const { name } of yield* readdir(place || '.'))
        if ((part.startsWith('.') || !name.startsWith('.')) && fnmatch(part, name)) next.push(`${place}${name}/`);
    }
    places = next;
  }
  return places.map((place) => place.slice(0, -1)).sort();
}

function* absolute(name: string, real: boolean): Sim<string | undefined> {
  if (real && !(yield* statOrNull(name))) return undefined;
  const parts: string[] = [];
  for (const part of (name.startsWith('/') ? name : `${yield* getcwd()}/${name}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const program = tool('make', make, { failStatus: 2, shortName: true });
