import type { Sim } from '../../kernel/sim.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { Done } from './failure.ts';
import { LineReader } from './input.ts';
import type { Matcher } from './matcher.ts';
import type { Tool } from './tool.ts';

export interface GrepColours {
  readonly match: string;
  readonly file: string;
  readonly number: string;
  readonly separator: string;
}

export interface GrepOutput {
  readonly invert: boolean;
  readonly count: boolean;
  readonly list: 'with' | 'without' | undefined;
  readonly quiet: boolean;
  readonly only: boolean;
  readonly names: boolean;
  readonly numbers: boolean;
  readonly offsets: boolean;
  readonly max: number;
  readonly before: number;
  readonly after: number;
  /** Context was asked for, be it none: groups are set apart. */
  readonly context: boolean;
  /** Between groups of context; undefined for none. */
  readonly separator: string | undefined;
  readonly end: string;
  readonly nameEnd: string | undefined;
  readonly initialTab: boolean;
  readonly text: boolean;
  readonly skipBinary: boolean;
  readonly colours: GrepColours | undefined;
  /** Whether a group was printed already, over all files. */
  readonly state: { printed: boolean };
}

/** A NUL, or a byte that is not valid UTF-8. */
const STRAY = /\0|(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** Searches one open file and prints what the plan asks for. True when a line was chosen. */
export function* grepFile(t: Tool, fd: number, name: string, matcher: Matcher, plan: GrepOutput): Sim<boolean> {
  const reader = new LineReader(fd, plan.end);
  const c = plan.colours;
  const paint = (code: string, text: string): string => (c === undefined ? text : `\x1b[${code}m\x1b[K${text}\x1b[m\x1b[K`);
  const printsLines = !plan.count && plan.list === undefined && !plan.quiet;
  const prefix = (number: number, offset: number, mark: string): string => {
    const separator = c === undefined ? mark : paint(c.separator, mark);
    let out = '';
    if (plan.names) out += (c === undefined ? name : paint(c.file, name)) + (plan.nameEnd ?? separator);
    if (plan.numbers)
      out +=
        (plan.initialTab ? String(number).padStart(4) : c === undefined ? String(number) : paint(c.number, String(number))) + separator;
    if (plan.offsets) out += (c === undefined ? String(offset) : paint(c.number, String(offset))) + separator;
    return plan.initialTab && out !== '' ? `${out}\t` : out;
  };
  const highlighted = (line: string): string => {
    if (c === undefined) return line;
    let out = '';
    let at = 0;
    for (let m = matcher.find(line, 0); m !== null; m = matcher.find(line, m.end > m.start ? m.end : m.end + 1)) {
      if (m.end === m.start) continue;
      out += line.slice(at, m.start) + paint(c.match, line.slice(m.start, m.end));
      at = m.end;
    }
    return out + line.slice(at);
  };
  let chosen = 0;
  let number = 0;
  let offset = 0;
  let lastPrinted = 0;
  let pendingAfter = 0;
  let binary = false;
  const before: { line: string; number: number; offset: number }[] = [];
  const context = plan.context;
  function* separate(from: number): Sim<void> {
    if (!context || plan.separator === undefined) return;
    if (plan.state.printed && (lastPrinted === 0 || from > lastPrinted + 1))
      yield* t.print(`${paint(c?.separator ?? '', plan.separator)}\n`);
  }
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    number++;
    const here = offset;
    if (plan.offsets) offset += encodeUtf8(line).length + 1;
    if (!binary && !plan.text && plan.end === '\n' && STRAY.test(line)) {
      binary = true;
      if (plan.skipBinary) return false;
    }
    const hit = matcher.test(line) !== plan.invert;
    if (!hit || chosen >= plan.max) {
      if (pendingAfter > 0 && printsLines && !binary) {
        yield* t.print(prefix(number, here, '-') + (plan.invert ? highlighted(line) : line) + plan.end);
        lastPrinted = number;
        pendingAfter--;
      } else if (plan.before > 0) {
        before.push({ line, number, offset: here });
        if (before.length > plan.before) before.shift();
      }
      if (chosen >= plan.max && pendingAfter === 0) break;
      continue;
    }
    chosen++;
    if (plan.quiet) throw new Done(0);
    if (plan.list !== undefined) break;
    if (plan.count) {
      if (chosen >= plan.max) break;
      continue;
    }
    if (binary) {
      yield* t.warn(`${name}: binary file matches`);
      return true;
    }
    yield* separate(before[0]?.number ?? number);
    for (const b of before.splice(0))
      if (!plan.only) yield* t.print(prefix(b.number, b.offset, '-') + (plan.invert ? highlighted(b.line) : b.line) + plan.end);
    plan.state.printed = true;
    lastPrinted = number;
    pendingAfter = plan.after;
    if (plan.only) {
      if (plan.invert) continue;
      for (let m = matcher.find(line, 0); m !== null; m = matcher.find(line, m.end > m.start ? m.end : m.end + 1)) {
        if (m.end === m.start) continue;
        const text = line.slice(m.start, m.end);
        yield* t.print(
          prefix(number, here + (plan.offsets ? encodeUtf8(line.slice(0, m.start)).length : 0), ':') +
            (c === undefined ? text : paint(c.match, text)) +
            plan.end,
        );
      }
    } else yield* t.print(prefix(number, here, ':') + (plan.invert ? line : highlighted(line)) + plan.end);
    if (chosen >= plan.max && plan.after === 0) break;
  }
  if (plan.list !== undefined) {
    const wanted = plan.list === 'with' ? chosen > 0 : chosen === 0;
    if (wanted) yield* t.print((c === undefined ? name : paint(c.file, name)) + (plan.nameEnd ?? '\n'));
    // Since 3.5 the status tells of a chosen line again, also with -L; BusyBox tells of a listed file.
    return t.busybox ? wanted : chosen > 0;
  }
  if (plan.count) {
    const head = plan.names
      ? (c === undefined ? name : paint(c.file, name)) + (plan.nameEnd ?? (c === undefined ? ':' : paint(c.separator, ':')))
      : '';
    yield* t.print(`${head}${chosen}\n`);
  }
  return chosen > 0;
}
