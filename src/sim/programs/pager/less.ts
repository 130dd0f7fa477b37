/** less on a terminal: its keys. */
import type { Sim } from '../../kernel/sim.ts';
import { makeRaw, poll, sigaction, tcsetattr, write } from '../../kernel/syscalls.ts';
import type { Tool } from '../lib/tool.ts';
import { ask, askLetter } from './ask.ts';
import { showHelp } from './help.ts';
import { atEnd, backward, forward, goTo } from './movement.ts';
import { type PagerOptions, setOption } from './options.ts';
import { paint, where } from './painting.ts';
import { filterLines, find, search } from './search.ts';
import { type LineSource, openSource } from './source.ts';
import { View } from './view.ts';

/** How often F looks for more, microseconds. */
const FOLLOW_EVERY = 500_000;

/** Runs the pager; gives the exit status. `keysFd` is where keys come from. */
export function* runLess(t: Tool, options: PagerOptions, files: readonly string[], first: LineSource, keysFd: number): Sim<number> {
  const view = new View(options, files, first, keysFd);
  yield* view.screen.measure();
  if (options.quitIfOneScreen) {
    const { rows } = view.screen.size;
    yield* view.source.need(rows);
    let used = 0;
    for (const line of view.source.lines.slice(0, rows)) used += view.rowsOf(line).length;
    if (view.source.ended && used < rows) {
      yield* t.print(view.source.lines.map((line) => `${view.rowsOf(line).join('\n')}\n`).join(''));
      return 0;
    }
  }
  const before = yield* makeRaw(keysFd);
  try {
    yield* sigaction('SIGWINCH', () => resized(view));
    if (options.stay) yield* write(1, '\n'.repeat(view.screen.size.rows - 1));
    else yield* view.screen.open();
    return yield* loop(view);
  } finally {
    if (options.stay) yield* write(1, `\x1b[${view.screen.size.rows};1H\x1b[K`);
    else yield* view.screen.close();
    yield* tcsetattr(keysFd, before);
  }
}

function* resized(view: View): Sim<void> {
  if (yield* view.screen.measure()) yield* paint(view);
}

function* loop(view: View): Sim<number> {
  let number = '';
  for (;;) {
    if (view.queue.length === 0) yield* paint(view, number === '' ? undefined : `:${number}`);
    const key = yield* view.key();
    if (key === null) return 0;
    if (/^\d$/.test(key)) {
      number += key;
      continue;
    }
    const count = number === '' ? undefined : Number(number);
    number = '';
    view.message = '';
    view.fresh = false;
    if (yield* press(view, key, count)) return 0;
    if (view.options.quitAtEnd > 0 && (yield* atEnd(view)) && ++view.endsSeen >= view.options.quitAtEnd) return 0;
  }
}

/** True when it shall end. */
function* press(view: View, key: string, count: number | undefined): Sim<boolean> {
  const window = view.page;
  switch (key) {
    case 'q':
    case 'Q':
      return true;
    case 'Z':
      return (yield* view.key()) === 'Z';
    case 'j':
    case 'e':
    case 'Enter':
    case 'Down':
    case 'Ctrl-N':
    case 'Ctrl-E':
    case 'Ctrl-J':
      yield* forward(view, count ?? 1);
      break;
    case 'k':
    case 'y':
    case 'Up':
    case 'Ctrl-P':
    case 'Ctrl-Y':
    case 'Ctrl-K':
      backward(view, count ?? 1);
      break;
    case ' ':
    case 'f':
    case 'z':
    case 'PageDown':
    case 'Ctrl-F':
    case 'Ctrl-V':
      yield* forward(view, count ?? window);
      break;
    case 'b':
    case 'w':
    case 'PageUp':
    case 'Ctrl-B':
    case 'Alt-v':
      backward(view, count ?? window);
      break;
    case 'd':
    case 'Ctrl-D':
      yield* forward(view, count ?? window >> 1);
      break;
    case 'u':
    case 'Ctrl-U':
      backward(view, count ?? window >> 1);
      break;
    case 'Right':
    case 'Alt-)':
      view.shift += count ?? view.screen.size.columns >> 1;
      break;
    case 'Left':
    case 'Alt-(':
      view.shift = Math.max(0, view.shift - (count ?? view.screen.size.columns >> 1));
      break;
    case 'g':
    case '<':
    case 'Home':
    case 'Alt-<':
      yield* goTo(view, (count ?? 1) - 1);
      break;
    case 'G':
    case '>':
    case 'End':
    case 'Alt->':
      if (count !== undefined) yield* goTo(view, count - 1);
      else {
        yield* view.source.need(Number.POSITIVE_INFINITY, view.keysFd);
        view.remember();
        view.top = view.endTop();
      }
      break;
    case 'p':
    case '%':
      yield* view.source.need(Number.POSITIVE_INFINITY, view.keysFd);
      yield* goTo(view, Math.floor((view.visible().length * Math.min(100, count ?? 0)) / 100));
      break;
    case 'F':
      yield* follow(view);
      break;
    case '/':
    case '?':
      yield* search(view, key);
      break;
    case 'n':
      yield* find(view, view.direction, count ?? 1);
      break;
    case 'N':
      yield* find(view, view.direction === 1 ? -1 : 1, count ?? 1);
      break;
    case '&':
      yield* filterLines(view);
      break;
    case 'Alt-u':
      view.options.highlight = !view.options.highlight;
      break;
    case 'm': {
      const name = yield* askLetter(view, 'set mark: ');
      if (name !== undefined) view.marks.set(name, view.top);
      break;
    }
    case "'": {
      const name = yield* askLetter(view, 'goto mark: ');
      const at = name === "'" ? view.last : name === '^' ? 0 : name === '$' ? view.endTop() : view.marks.get(name ?? '');
      if (at === undefined) view.message = 'Mark not set';
      else {
        view.remember();
        view.top = at;
      }
      break;
    }
    case '=':
    case 'Ctrl-G':
      view.message = yield* where(view);
      break;
    case 'r':
    case 'R':
    case 'Ctrl-L':
    case 'Ctrl-R':
      view.screen.invalidate();
      break;
    case 'h':
    case 'H':
      yield* showHelp(view);
      break;
    case '-':
      yield* toggle(view);
      break;
    case ':':
      return yield* colon(view);
    case 'V':
      view.message = 'less 590, the part of it that Drydock has';
      break;
    default:
      yield* write(1, '\x07');
  }
  return false;
}

/** Waits for more until a key is pressed. */
function* follow(view: View): Sim<void> {
  yield* view.source.need(Number.POSITIVE_INFINITY, view.keysFd);
  for (;;) {
    view.top = view.endTop();
    yield* paint(view, 'Waiting for data... (interrupt to abort)');
    const ready = yield* poll([{ fd: view.keysFd, read: true }], FOLLOW_EVERY);
    if (ready.length > 0) {
      yield* view.keys.next();
      return;
    }
    yield* view.source.more();
  }
}

/** `-`: changes an option. */
function* toggle(view: View): Sim<void> {
  const letter = yield* askLetter(view, '-');
  if (letter === undefined) return;
  const o = view.options;
  if (letter === 'N') {
    o.numbers = !o.numbers;
    view.message = o.numbers ? 'Constantly display line numbers' : "Don't use line numbers";
  } else if (letter === 'S') {
    o.chop = !o.chop;
    view.message = o.chop ? 'Chop long lines' : 'Fold long lines';
  } else if (letter === 'R') {
    o.colours = !o.colours;
    view.message = o.colours ? 'Display ANSI sequences directly, other control chars as ^X' : 'Display control characters as ^X';
  } else if (!setOption(o, letter)) view.message = `There is no -${letter} option`;
}

/** `:`: another file, or the end. True when it shall end. */
function* colon(view: View): Sim<boolean> {
  const letter = yield* askLetter(view, ' :');
  if (letter === 'q' || letter === 'Q') return true;
  if (letter === 'n' || letter === 'p') {
    const next = view.index + (letter === 'n' ? 1 : -1);
    if (next < 0 || next >= view.files.length) view.message = letter === 'n' ? 'No next file' : 'No previous file';
    else yield* openFile(view, view.files[next], next);
  } else if (letter === 'f') view.message = yield* where(view);
  else if (letter === 'e') {
    const path = yield* ask(view, 'Examine: ');
    if (path) yield* openFile(view, path, view.index);
  } else yield* write(1, '\x07');
  return false;
}

function* openFile(view: View, path: string, index: number): Sim<void> {
  const opened = yield* openSource(path);
  if (typeof opened === 'string') {
    view.message = opened;
    return;
  }
  view.source = opened;
  view.index = index;
  view.top = 0;
  view.fresh = true;
  view.marks.clear();
}
