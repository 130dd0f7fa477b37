/** The terminal itself: clear, reset, tput, stty. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getWindowSize, isatty, setWindowSize, type Termios, tcgetattr, tcsetattr } from '../kernel/syscalls.ts';
import { COOKED, RAW } from '../kernel/tty/termios.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { type Tool, tool } from './lib/tool.ts';

export function* clear(t: Tool): Sim<void> {
  yield* t.print('\x1b[H\x1b[2J\x1b[3J');
}

export function* reset(t: Tool): Sim<void> {
  if (yield* isatty(1)) yield* tcsetattr(1, COOKED);
  yield* t.print('\x1bc\x1b[H\x1b[2J');
}

const CAPABILITIES: Readonly<Record<string, string>> = {
  clear: '\x1b[H\x1b[2J',
  bold: '\x1b[1m',
  dim: '\x1b[2m',
  smul: '\x1b[4m',
  rmul: '\x1b[24m',
  rev: '\x1b[7m',
  sgr0: '\x1b(B\x1b[m',
  civis: '\x1b[?25l',
  cnorm: '\x1b[?12l\x1b[?25h',
  smcup: '\x1b[?1049h',
  rmcup: '\x1b[?1049l',
  el: '\x1b[K',
  ed: '\x1b[J',
  home: '\x1b[H',
  bel: '\x07',
};

export function* tput(t: Tool): Sim<number> {
  const [name, ...args] = t.args;
  if (name === undefined) throw new UsageError('missing operand');
  const size = (yield* isatty(1)) || (yield* isatty(2)) ? yield* getWindowSize((yield* isatty(1)) ? 1 : 2) : { rows: 24, columns: 80 };
  if (name === 'cols') yield* t.print(`${size.columns}\n`);
  else if (name === 'lines') yield* t.print(`${size.rows}\n`);
  else if (name === 'colors') yield* t.print('256\n');
  else if (name === 'setaf' || name === 'setab') yield* t.print(`\x1b[${(name === 'setaf' ? 30 : 40) + (Number(args[0]) % 8)}m`);
  else if (name === 'cup') yield* t.print(`\x1b[${Number(args[0]) + 1};${Number(args[1]) + 1}H`);
  else if (Object.hasOwn(CAPABILITIES, name)) yield* t.print(CAPABILITIES[name]);
  else throw new Fatal(`unknown terminfo capability '${name}'`, 4);
  return 0;
}

const FLAGS: readonly (keyof Termios)[] = [
  'isig',
  'icanon',
  'iexten',
  'echo',
  'echoe',
  'icrnl',
  'inlcr',
  'igncr',
  'ixon',
  'opost',
  'onlcr',
  'echoctl',
];

export function* stty(t: Tool): Sim<void> {
  if (!(yield* isatty(0))) throw new Fatal(`'standard input': Inappropriate ioctl for device`);
  const words = [...t.args];
  const settings = yield* tcgetattr(0);
  if (words.length === 0 || words[0] === '-a' || words[0] === '--all') {
    const { rows, columns } = yield* getWindowSize(0);
    const all = words.length > 0;
    const shown = FLAGS.filter((flag) => all || settings[flag] !== COOKED[flag]).map((flag) => `${settings[flag] ? '' : '-'}${flag}`);
    const head = all
      ? `speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;\nintr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>; eol2 = <undef>; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z;\nrprnt = ^R; werase = ^W; lnext = ^V; discard = ^O; min = 1; time = 0;`
      : 'speed 38400 baud; line = 0;';
    return yield* t.print(`${[head, shown.join(' ')].filter((line) => line !== '').join('\n')}\n`);
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const on = !word.startsWith('-');
    const name = word.replace(/^-/, '');
    if (name === 'size') {
      const { rows, columns } = yield* getWindowSize(0);
      yield* t.print(`${rows} ${columns}\n`);
    } else if (name === 'sane' || (name === 'raw' && !on)) yield* tcsetattr(0, COOKED);
    else if (name === 'raw') yield* tcsetattr(0, { ...RAW, echo: settings.echo });
    else if (name === 'cbreak') yield* tcsetattr(0, { icanon: !on });
    else if ((name === 'rows' || name === 'cols' || name === 'columns') && /^\d+$/.test(words[0] ?? '')) {
      const size = yield* getWindowSize(0);
      const value = Number(words.shift());
      yield* setWindowSize(0, name === 'rows' ? { ...size, rows: value } : { ...size, columns: value });
    } else if ((FLAGS as readonly string[]).includes(name)) yield* tcsetattr(0, { [name]: on });
    else throw new UsageError(`invalid argument '${word}'`);
  }
}

export const programs: readonly Program[] = [tool('clear', clear), tool('reset', reset), tool('tput', tput), tool('stty', stty)];
