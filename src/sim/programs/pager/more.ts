import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { fstat, isatty, makeRaw, open, S_IFDIR, S_IFMT, tcsetattr, write } from '../../kernel/syscalls.ts';
import { KeyReader } from '../editor/keys.ts';
import { Screen } from '../editor/screen.ts';
import { copyAll } from '../lib/input.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';
import { layOut } from './layout.ts';
import { LineSource } from './source.ts';

const SPEC = {
  short: 'deflcpsun:V',
  long: { silent: 'd', logical: 'f', 'no-pause': 'l', 'print-over': 'c', 'clean-print': 'p', squeeze: 's', plain: 'u', lines: 'n:' },
  usage: '[options] <file>...',
  about: 'Shows files a screen at a time.',
  version: 'util-linux 2.38.1)',
};

/** more(1): forward only, and on the same screen. Without a terminal it is cat. */
export function* more(t: Tool): Sim<number> {
  const o = yield* parseOptions(
    t,
    SPEC,
    t.args.filter((arg) => !/^[-+]\d+$/.test(arg)),
  );
  const terminal = yield* isatty(1);
  if (o.operands.length === 0 && (yield* isatty(0))) {
    yield* write(2, t.busybox ? 'more: terminal required\n' : `${t.name}: bad usage\nTry 'more --help' for more information.\n`);
    return 1;
  }
  const files = o.operands.length === 0 ? ['-'] : o.operands;
  for (const file of files) {
    let fd = 0;
    try {
      if (file !== '-') {
        fd = yield* open(file, 'r');
        if (((yield* fstat(fd)).mode & S_IFMT) === S_IFDIR) {
          yield* write(terminal ? 1 : 2, `\n*** ${file}: directory ***\n\n`);
          continue;
        }
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* write(2, t.busybox ? `more: can't open '${file}': ${error.message}\n` : `more: cannot open ${file}: ${error.message}\n`);
      if (t.busybox) t.status = 1;
      continue;
    }
    if (files.length > 1 || (!terminal && file !== '-' && !t.busybox)) yield* write(1, `::::::::::::::\n${file}\n::::::::::::::\n`);
    if (!terminal) yield* copyAll(fd, (data) => write(1, data));
    else if (yield* page(t, new LineSource(file, fd), fd)) return 0;
  }
  return t.status;
}

/** True when the reader wants no more. */
function* page(t: Tool, source: LineSource, fd: number): Sim<boolean> {
  const screen = new Screen(1);
  yield* screen.measure();
  const { rows, columns } = screen.size;
  const size = source.name === '-' ? 0 : (yield* fstat(fd)).size;
  const keysFd = (yield* isatty(0)) ? 0 : yield* open('/dev/tty', 'r');
  const keys = new KeyReader(keysFd);
  let at = 0;
  let shown = 0;
  let left = rows - 1;
  for (;;) {
    yield* source.need(at + 1);
    const line = source.lines[at];
    if (line === undefined) return false;
    for (const row of layOut(line, { columns, chop: false, shift: 0, colours: true })) {
      yield* write(1, `${row}\n`);
      left--;
    }
    shown += line.length + 1;
    at++;
    if (left > 0) continue;
    yield* source.need(at + 1);
    if (source.lines[at] === undefined) return false;
    const percent = size > 0 ? Math.floor((100 * shown) / size) : 0;
    const label = t.busybox ? `--More-- ${size > 0 ? `(${percent}% of ${size} bytes)` : ''}` : `--More--${size > 0 ? `(${percent}%)` : ''}`;
    yield* write(1, `\x1b[7m${label}\x1b[27m`);
    const before = yield* makeRaw(keysFd);
    const key = (yield* keys.next())?.name;
    yield* tcsetattr(keysFd, before);
    yield* write(1, '\r\x1b[K');
    if (key === undefined || key === 'q' || key === 'Q' || key === 'Ctrl-C') return true;
    left = key === 'Enter' || key === 'j' || key === 'Down' ? 1 : key === 'd' || key === 'Ctrl-D' ? 11 : rows - 1;
  }
}
