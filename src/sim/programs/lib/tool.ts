import { isErrno } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { RegexError, RegexLimitError } from '../../lib/regex/regex.ts';
import type { BusyboxBuild } from './busyboxBuild.ts';
import { busyboxComplaint, busyboxRefusal } from './busyboxComplaint.ts';
import { Done, Fatal, UsageError } from './failure.ts';
import { MEMORY_EXHAUSTED } from './memory.ts';
import { Output } from './output.ts';
import { fileName } from './quote.ts';

/** Whose words a tool speaks: GNU's, or those of a build of BusyBox. */
export type Flavour = 'gnu' | BusyboxBuild;

/** One run of a tool: its arguments, its standard output, its exit status so far. */
export class Tool {
  /** As messages show it: argv[0] for coreutils, the applet's name for BusyBox. */
  readonly name: string;
  readonly args: readonly string[];
  readonly flavour: Flavour;
  readonly out = new Output(1);
  /** What a plain failure exits with. */
  failStatus = 1;
  /** What a wrong command line exits with. */
  usageStatus = 1;
  status = 0;
  /** BusyBox's version says `can't open 'path'`. */
  saysOpen = false;

  constructor(name: string, args: readonly string[], flavour: Flavour) {
    this.name = name;
    this.args = args;
    this.flavour = flavour;
  }

  get busybox(): boolean {
    return this.flavour !== 'gnu';
  }

  print(text: string): Sim<void> {
    return this.out.write(text);
  }

  /** `name: message` on standard error after what was printed so far, as error(3) does. The exit status becomes a failure. */
  *error(message: string, status = this.failStatus): Sim<void> {
    this.status = Math.max(this.status, status);
    yield* this.warn(message);
  }

  *warn(message: string): Sim<void> {
    yield* this.out.flush();
    yield* write(2, `${this.name}: ${message}\n`);
  }

  /** Like {@link error} with `path: reason` for a failed system call; some applets say what they could not do. */
  *fileError(path: string, error: unknown, busyboxVerb = 'open'): Sim<void> {
    if (!isErrno(error)) throw error;
    if (this.saysOpen && error.code !== 'EISDIR') yield* this.error(`can't ${busyboxVerb} '${path}': ${error.message}`);
    else yield* this.error(`${this.busybox ? path : fileName(path)}: ${error.message}`);
  }
}

export type ToolMain = (t: Tool) => Sim<number | undefined | void>;

export interface ToolOptions {
  readonly usageStatus?: number;
  readonly failStatus?: number;
  /** What BusyBox's own version exits with when it fails; default 1 for a wrong command line and {@link failStatus} else. */
  readonly busyboxStatus?: number;
  /** BusyBox's version says `can't open 'path'` where most only name the file. */
  readonly saysOpen?: boolean;
  /** Messages begin with the last part of argv[0] (grep, find, procps) instead of all of it. */
  readonly shortName?: boolean;
  /** Between the message and the hint at --help. */
  readonly memory?: number;
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Runs a tool's body with everything around it: failures to messages, the last flush, the exit status. */
export function* runTool(main: ToolMain, argv: readonly string[], flavour: Flavour, options: ToolOptions = {}): Sim<number> {
  const t = new Tool(options.shortName || flavour !== 'gnu' ? basename(argv[0]) : argv[0], argv.slice(1), flavour);
  t.failStatus = options.failStatus ?? 1;
  t.usageStatus = flavour === 'gnu' ? (options.usageStatus ?? t.failStatus) : (options.busyboxStatus ?? 1);
  t.saysOpen = flavour !== 'gnu' && options.saysOpen === true;
  if (flavour !== 'gnu') t.failStatus = options.busyboxStatus ?? t.failStatus;
  try {
    const status = yield* main(t);
    yield* t.out.flush();
    return typeof status === 'number' ? status : t.status;
  } catch (error) {
    return yield* report(t, error);
  }
}

function* report(t: Tool, error: unknown): Sim<number> {
  if (error instanceof Done) {
    yield* t.out.flush();
    return error.status;
  }
  if (error instanceof UsageError) {
    yield* t.out.flush();
    if (t.flavour !== 'gnu') {
      yield* write(2, busyboxRefusal(t.name, error.message, t.flavour));
      return t.usageStatus;
    }
    const message = error.message === '' ? '' : `${t.name}: ${error.message}\n`;
    yield* write(2, `${message}Try '${t.name} --help' for more information.\n`);
    return t.usageStatus;
  }
  if (error instanceof Fatal) {
    if (error.message.startsWith('write error')) yield* write(2, `${t.name}: ${error.message}\n`);
    else yield* t.warn(t.flavour === 'gnu' ? error.message : busyboxComplaint(error.message, t.flavour).message);
    return error.status ?? t.failStatus;
  }
  if (error instanceof RegexLimitError || error instanceof RegexError) {
    yield* t.warn(error.message);
    return t.failStatus;
  }
  if (isErrno(error) && error.code === 'ENOMEM') {
    yield* t.warn(MEMORY_EXHAUSTED);
    return t.failStatus;
  }
  if (isErrno(error)) {
    yield* t.warn(error.path === undefined ? error.message : `${fileName(error.path)}: ${error.message}`);
    return t.failStatus;
  }
  throw error;
}

/** An applet as BusyBox runs it. */
export type Applet = (argv: readonly string[], build: BusyboxBuild) => Sim<number>;

/** A program that BusyBox has as an applet, in its own words. */
export interface ToolProgram extends Program {
  readonly busybox: Applet;
}

export function isTool(program: Program): program is ToolProgram {
  return 'busybox' in program;
}

/** Makes a program of a tool's body. */
export function tool(name: string, main: ToolMain, options: ToolOptions = {}): ToolProgram {
  return {
    name,
    main: (argv) => runTool(main, argv, 'gnu', options),
    busybox: (argv, build) => runTool(main, argv, build, options),
    memory: options.memory,
  };
}
