import { ShellError } from './state/errors.ts';

/** The commands typed before, numbered from 1. */
export class History {
  readonly entries: string[] = [];
  /** Number of the first entry that is kept. */
  base = 1;
  max = 500;
  /** How many of the entries came from or went to the file. */
  saved = 0;

  get next(): number {
    return this.base + this.entries.length;
  }

  /** Adds a line as HISTCONTROL says. */
  add(line: string, control = ''): void {
    const rules = control.split(':');
    const ignore = (rule: string): boolean => rules.includes(rule) || rules.includes('ignoreboth');
    if (ignore('ignorespace') && /^[ \t]/.test(line)) return;
    if (ignore('ignoredups') && this.entries[this.entries.length - 1] === line) return;
    if (rules.includes('erasedups')) {
      for (let i = this.entries.length - 1; i >= 0; i--) if (this.entries[i] === line) this.entries.splice(i, 1);
    }
    this.entries.push(line);
    while (this.entries.length > this.max) {
      this.entries.shift();
      this.base++;
      if (this.saved > 0) this.saved--;
    }
  }

  /** `n` as typed: absolute, or from the end when negative. */
  at(n: number): string | undefined {
    return n < 0 ? this.entries[this.entries.length + n] : this.entries[n - this.base];
  }
}

/** Splits a line into words as history designators count them. */
export function historyWords(line: string): string[] {
  return line.match(/(?:\\.|"(?:\\.|[^"])*"|'[^']*'|\$\([^)]*\)|[^\s\\"'|&;<>()])+|[|&;<>()]+/g) ?? [];
}

/**
 * History expansion: `!!`, `!n`, `!-n`, `!str`, `!?str?`, `!#`, word designators, modifiers, and `^a^b^`.
 * Null if there was nothing to expand. Throws with bash's message if an event is missing.
 */
export function expandHistory(line: string, history: History): { readonly text: string; readonly printOnly: boolean } | null {
  let printOnly = false;
  const quick = /^\^([^^]*)\^([^^\n]*)\^?(.*)$/.exec(line);
  if (quick) {
    const last = history.at(-1);
    if (last === undefined || !last.includes(quick[1])) throw new ShellError(`:s${line}: substitution failed`);
    return { text: last.replace(quick[1], () => quick[2]) + quick[3], printOnly };
  }
  let out = '';
  let changed = false;
  let double = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '\\') {
      out += line.slice(i, i + 2);
      i++;
    } else if (c === "'" && !double) {
      const end = line.indexOf("'", i + 1);
      out += line.slice(i, end < 0 ? line.length : end + 1);
      i = end < 0 ? line.length : end;
    } else if (c === '"') {
      double = !double;
      out += c;
    } else if (
      c === '!' &&
      line[i + 1] !== undefined &&
      !/[\s=(]/.test(line[i + 1]) &&
      !(double && line[i + 1] === '"') &&
      !(line[i - 1] === '$' || (line[i - 1] === '{' && line[i - 2] === '$') || line[i - 1] === '[')
    ) {
      const event = expandEvent(line, i, out, history);
      out += event.text;
      i = event.end - 1;
      changed = true;
      printOnly ||= event.printOnly;
    } else out += c;
  }
  return changed ? { text: out, printOnly } : null;
}

function expandEvent(line: string, at: number, before: string, history: History): { text: string; end: number; printOnly: boolean } {
  let i = at + 1;
  let event: string | undefined;
  const rest = line.slice(i);
  const number = /^-?\d+/.exec(rest);
  const missing = (end: number): never => {
    throw new ShellError(`${line.slice(at, end)}: event not found`);
  };
  if (rest[0] === '!') {
    event = history.at(-1);
    i++;
  } else if (rest[0] === '#') {
    event = before;
    i++;
  } else if (number) {
    event = history.at(Number(number[0]));
    i += number[0].length;
  } else if (/^[$^*:]/.test(rest)) event = history.at(-1);
  else if (rest[0] === '?') {
    const match = /^\?([^?\n]*)\??/.exec(rest)!;
    event = [...history.entries].reverse().find((entry) => entry.includes(match[1]));
    i += match[0].length;
  } else {
    const match = /^[^\s:;&|<>()"^$*]+/.exec(rest);
    const prefix = match?.[0] ?? '';
    event = [...history.entries].reverse().find((entry) => entry.startsWith(prefix));
    i += prefix.length;
  }
  if (event === undefined) return missing(i);
  let text = event;
  const designator = /^(?::?([$^*])|:(\d+)(?:-(\d+|\$)?|(\*))?|:(%|-\d+))/.exec(line.slice(i));
  if (designator) {
    text = selectWords(event, designator, line.slice(at, i + designator[0].length));
    i += designator[0].length;
  }
  let printOnly = false;
  for (;;) {
    const modifier = /^:(?:([htrepqx])|(g?)s(.)(.*?)\3(.*?)(?:\3|$)|(&))/.exec(line.slice(i));
    if (!modifier) return { text, end: i, printOnly };
    i += modifier[0].length;
    switch (modifier[1]) {
      case 'h':
        text = text.includes('/') ? text.slice(0, text.lastIndexOf('/')) : text;
        break;
      case 't':
        text = text.slice(text.lastIndexOf('/') + 1);
        break;
      case 'r':
        text = text.replace(/\.[^./]*$/, '');
        break;
      case 'e':
        text = /\.[^./]*$/.exec(text)?.[0] ?? '';
        break;
      case 'p':
        printOnly = true;
        break;
      case 'q':
        text = `'${text.replaceAll("'", "'\\''")}'`;
        break;
      case 'x':
        text = historyWords(text)
          .map((w) => `'${w}'`)
          .join(' ');
        break;
      default:
        if (modifier[4] !== undefined) {
          if (!text.includes(modifier[4])) throw new ShellError(`${modifier[0]}: substitution failed`);
          text = modifier[2] ? text.replaceAll(modifier[4], modifier[5]) : text.replace(modifier[4], () => modifier[5]);
        }
    }
  }
}

function selectWords(event: string, d: RegExpExecArray, shown: string): string {
  const words = historyWords(event);
  const last = words.length - 1;
  if (d[1] === '$') return words[last] ?? '';
  if (d[1] === '*') return words.slice(1).join(' ');
  const from = d[1] === '^' ? 1 : d[2] !== undefined ? Number(d[2]) : 0;
  let to = from;
  if (d[4] === '*') to = last;
  else if (d[3] !== undefined) to = d[3] === '$' ? last : Number(d[3]);
  else if (d[0].endsWith('-')) to = last - 1;
  else if (d[5]?.startsWith('-')) to = Number(d[5].slice(1));
  if (from > last || to > last) throw new ShellError(`${shown.slice(shown.indexOf(':') < 0 ? 0 : shown.indexOf(':'))}: bad word specifier`);
  return words.slice(from, to + 1).join(' ');
}
