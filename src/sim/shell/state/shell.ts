import type { CommandNode, Function as FunctionNode, Script } from 'unbash';
import type { Sim } from '../../kernel/sim.ts';
import type { SignalName } from '../../kernel/syscalls.ts';
import type { CompletionSpec } from '../completion.ts';
import type { History } from '../history.ts';
import type { Job, JobTable } from '../jobs.ts';
import type { Source } from '../syntax/source.ts';
import { unnamed } from './callStack.ts';
import type { Dialect } from './dialect.ts';
import { Options } from './options.ts';
import { DEFAULT_BASH } from './release.ts';
import { Variables } from './variables.ts';

export interface ShellFunction {
  readonly name: string;
  readonly body: FunctionNode['body'];
  readonly source: Source;
  readonly exported?: boolean;
}

/** One entry of the call stack, for FUNCNAME, BASH_SOURCE, BASH_LINENO and `caller`. */
export interface Frame {
  readonly kind: 'function' | 'source';
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** With `shopt -s extdebug`, for BASH_ARGV. */
  readonly args?: readonly string[];
}

/** A command that is being executed, for `$BASH_COMMAND`. `part`: an expression of `for ((...))`, told on its own. */
export interface RunningCommand {
  readonly source: Source;
  readonly node: CommandNode;
  readonly part?: string;
}

/** An array assignment among the arguments of `declare` and its kin. */
export interface ArrayArgument {
  readonly name: string;
  readonly append: boolean;
  readonly elements: readonly { readonly source: string }[];
}

export interface Builtin {
  readonly name: string;
  /** POSIX special builtin: assignments before it last. */
  readonly special?: boolean;
  /** As `help` and usage errors show it, without the name. */
  readonly usage: string;
  /** One line for `help`, in our words. */
  readonly summary: string;
  /** Takes `name=(...)` among its arguments. */
  readonly declaration?: boolean;
  /** Not in dash and ash. */
  readonly bashOnly?: boolean;
  /** A builtin of bash that ash has too. */
  readonly inAsh?: boolean;
  /** Not in bash. */
  readonly posixOnly?: boolean;
  /** `args` without the name. */
  run(sh: Shell, args: readonly string[], name: string): Sim<number>;
}

/** Where text that the shell reads as commands comes from. */
export type TextKind = 'eval' | 'source' | 'trap' | 'prompt';

/** What builtins need of the interpreter; set once when a shell is made. */
export interface Interpreter {
  /** Reads and executes text, command by command. */
  evalText(sh: Shell, text: string, options: { readonly name: string; readonly kind: TextKind }): Sim<number>;
  runScript(sh: Shell, script: Script, source: Source): Sim<number>;
  /** Runs a simple command given as words, functions looked up unless told otherwise. */
  runWords(
    sh: Shell,
    words: readonly string[],
    options?: {
      readonly functions?: boolean;
      readonly builtins?: boolean;
      readonly defaultPath?: boolean;
      readonly exec?: boolean;
      readonly env?: ReadonlyMap<string, string>;
      readonly argv0?: string;
    },
  ): Sim<number>;
  expandWord(sh: Shell, source: string): Sim<string>;
  arrayElements(sh: Shell, argument: ArrayArgument): Sim<{ key?: string; value: string; append?: boolean }[]>;
  runTrap(sh: Shell, name: string): Sim<void>;
  /** Waits for a job that was made the foreground one. */
  bringForward(sh: Shell, job: Job): Sim<number>;
  prompt(sh: Shell, text: string): Sim<string>;
  /** What an interactive shell does with a signal that has no trap. */
  defaultSignal(sh: Shell, signal: SignalName): Sim<void>;
  /** Reads a whole file of commands and executes it. */
  source(sh: Shell, path: string, args: readonly string[] | undefined): Sim<number>;
}

/** All that a shell process knows. A subshell works on a `fork` of it. */
export class Shell {
  readonly interpreter: Interpreter;
  readonly builtins: ReadonlyMap<string, Builtin>;
  dialect: Dialect = 'bash';
  vars: Variables;
  options: Options;
  functions = new Map<string, ShellFunction>();
  aliases = new Map<string, string>();
  disabledBuiltins = new Set<string>();
  /** Commands found before: path and how often used. */
  hashed = new Map<string, { path: string; hits: number }>();
  /** `trap` actions by name: EXIT, ERR, DEBUG, RETURN, SIGINT... */
  traps = new Map<string, string>();
  /** Traps of the parent, which `trap` still lists in a subshell. */
  pendingSignals: SignalName[] = [];
  /** Traps whose actions run now, outermost first. */
  runningTraps: readonly string[] = [];
  /** What `$BASH_COMMAND` names. */
  command: RunningCommand | undefined;
  /**
   * How deep in eval, source, traps and substitutions: `set -x` repeats PS4's first character. The text that a shell or a
   * substitution was made for is a level too, which it has left when its EXIT trap runs.
   */
  traceLevel = 0;
  /** Set while `wait` or `read` may be left by a trapped signal. */
  interruptible = false;
  /** A line is being read: ^C gives it up, trapped or not. */
  atPrompt = false;
  /** Commands that are being executed inside each other. */
  nesting = 0;
  frames: Frame[] = [];
  positional: string[] = [];
  argv0 = 'bash';
  /** The positional parameters that it was started with. */
  startArguments: readonly string[] = [];
  /** The file that the shell was started for: `bash FILE`. */
  scriptFile: string | undefined;
  /** `bash -c` has this prefix in syntax errors. */
  commandString = false;
  /** Commands after which a `-c` shell has nothing left to do (exec/tail.ts). */
  lastCommands: ReadonlySet<CommandNode> = new Set();
  interactive = false;
  loginShell = false;
  restricted = false;
  status = 0;
  pipeStatus: readonly number[] = [0];
  lastBackground = 0;
  lastArgument = '';
  pid = 0;
  ppid = 0;
  /** `$BASHPID`: the process that runs this copy. */
  ownPid = 0;
  subshell = 0;
  loopDepth = 0;
  /** Rounds of all loops so far: now and then others get their turn. */
  rounds = 0;
  /** > 0 where `set -e` does not act: conditions, `!`, left of && and ||. */
  noErrexit = 0;
  startedAt = 0;
  /** Virtual and wall clock in microseconds, as last asked for. */
  clock = 0;
  wallClock = 0;
  /** Ties the variables to this copy of the shell (arithmetic, RANDOM, LINENO...). */
  bind: (sh: Shell) => void = () => {};
  /** Where execution is, for LINENO and messages. */
  source: Source | undefined;
  position = 0;
  lineOverride: number | undefined;
  directoryStack: string[] = [];
  cwd = '/';
  jobs: JobTable;
  history: History | undefined;
  completions = new Map<string, CompletionSpec>();
  /** Array assignments for the declaration builtin that runs now, by argument index. */
  arrayArguments = new Map<number, ArrayArgument>();
  /** Redirections that `exec` made last. */
  keepRedirections = false;
  randomState = 1;
  /** Messages to be printed before the next command. */
  warnings: string[] = [];
  /** Processes of `<( )` that are still to be collected. */
  substitutions: number[] = [];
  /** File descriptors of process substitutions to close after the command. */
  substitutionFds: number[] = [];
  getoptsPlace = 0;
  getoptsIndex = 1;
  /** Of this bash: '5.2.15'. */
  release = DEFAULT_BASH;
  uid = 0;
  gid = 0;
  /** What /etc/passwd said when the shell began: home directories by user name, and the user's own name if it has one. */
  accounts: { readonly homes: ReadonlyMap<string, string>; readonly user: string | undefined } = { homes: new Map(), user: undefined };
  terminalFd = -1;
  /** Our words after an error at the prompt. */
  hint: string | undefined;
  /** The terminal went away. */
  hangup = false;
  jobsWarned = false;
  lastExpansionStatus: number | undefined;

  constructor(interpreter: Interpreter, builtins: ReadonlyMap<string, Builtin>, jobs: JobTable) {
    this.interpreter = interpreter;
    this.builtins = builtins;
    this.jobs = jobs;
    this.vars = new Variables();
    this.options = new Options();
  }

  /** The state for a subshell. Traps are reset except ignored ones. */
  fork(jobs: JobTable): Shell {
    const copy = Object.assign(Object.create(Shell.prototype) as Shell, this);
    copy.vars = this.vars.fork();
    copy.options = this.options.fork();
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.hashed = new Map(this.hashed);
    copy.disabledBuiltins = new Set(this.disabledBuiltins);
    copy.traps = new Map(
      [...this.traps].filter(
        ([name, action]) =>
          action === '' || (name === 'DEBUG' && this.options.has('functrace')) || (name === 'ERR' && this.options.has('errtrace')),
      ),
    );
    copy.pendingSignals = [];
    copy.frames = [...this.frames];
    copy.positional = [...this.positional];
    copy.directoryStack = [...this.directoryStack];
    copy.arrayArguments = new Map();
    copy.substitutions = [];
    copy.substitutionFds = [];
    copy.jobs = jobs;
    copy.subshell = this.subshell + 1;
    copy.interruptible = false;
    copy.atPrompt = false;
    copy.warnings = [];
    copy.bind(copy);
    return copy;
  }

  /** Notes what is executed now. The commands of a trap are not noted: they ask which command the trap is for. */
  note(node: CommandNode, part?: string): void {
    if (this.runningTraps.length === 0 && this.source) this.command = { source: this.source, node, part };
  }

  get line(): number {
    return this.lineOverride ?? this.source?.lineAt(this.position) ?? 1;
  }

  /** What goes before every message: `bash: ` at a prompt, else with the line. */
  get prefix(): string {
    if (this.dialect === 'dash') return `${this.argv0}: ${this.line}: `;
    const file = this.currentFile;
    if (this.dialect === 'ash') {
      if (file !== this.argv0) return `${this.argv0}: ${file}: line ${this.line}: `;
      return `${this.argv0}: ${this.scriptFile ? `line ${this.line}: ` : ''}`;
    }
    return this.interactive && file === this.argv0
      ? `${this.displayName}: `
      : `${file === this.argv0 ? this.displayName : file}: ${this.line > 0 ? `line ${this.line}: ` : ''}`;
  }

  /** `$0` as messages show it: a login shell's leading dash stays. */
  get displayName(): string {
    const slash = this.argv0.lastIndexOf('/');
    return this.interactive && slash >= 0 ? this.argv0.slice(slash + 1) : this.argv0;
  }

  /** What messages name: where the running function was defined, the sourced file or the shell. */
  get currentFile(): string {
    const top = this.frames[this.frames.length - 1];
    if (top === undefined || (this.interactive && top.kind === 'function')) return this.source?.file ?? this.argv0;
    return top.file || unnamed(this);
  }

  /** The builtin of this name, if the dialect has it and nobody switched it off. */
  builtin(name: string): Builtin | undefined {
    const b = this.builtins.get(name);
    if (!b || this.disabledBuiltins.has(name)) return undefined;
    const has = this.isBash ? !b.posixOnly : !b.bashOnly || (b.inAsh === true && this.dialect === 'ash');
    return has ? b : undefined;
  }

  get isBash(): boolean {
    return this.dialect === 'bash';
  }

  /** Next value of RANDOM, as bash's generator makes it. */
  random(): number {
    const h = Math.floor(this.randomState / 127773);
    const l = this.randomState - 127773 * h;
    const t = 16807 * l - 2836 * h;
    this.randomState = t < 0 ? t + 0x7fffffff : t || 123459876;
    return ((this.randomState >> 16) ^ (this.randomState & 0xffff)) & 0x7fff;
  }
}
