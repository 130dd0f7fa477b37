import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { appendFile, readText, writeFile } from '../../kernel/syscalls.ts';
import { builtinError, complain, invalidOption, output } from '../exec/message.ts';
import type { History } from '../history.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

const USAGE = '[-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]';

/** Reads the history file; a missing one is empty. */
export function* loadHistory(history: History, path: string): Sim<void> {
  try {
    for (const line of (yield* readText(path)).split('\n')) if (line !== '' && !/^#\d+$/.test(line)) history.add(line);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
  history.saved = history.entries.length;
}

/** Writes it when the shell ends, at most HISTFILESIZE lines. */
export function* saveHistory(sh: Shell, history: History): Sim<void> {
  const path = sh.vars.get('HISTFILE');
  if (!path) return;
  try {
    const fresh = history.entries.slice(history.saved);
    let lines = fresh;
    if (!sh.options.on('histappend')) {
      let old: string[] = [];
      try {
        old = (yield* readText(path)).split('\n').filter((l) => l !== '');
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
      }
      lines = [...old, ...fresh];
      const size = Number(sh.vars.get('HISTFILESIZE') ?? sh.vars.get('HISTSIZE') ?? 500);
      if (size >= 0) lines = lines.slice(-size || lines.length);
      yield* writeFile(path, lines.map((l) => `${l}\n`).join(''), 0o600);
    } else yield* appendFile(path, lines.map((l) => `${l}\n`).join(''));
    history.saved = history.entries.length;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function* history(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const h = sh.history;
  const o = /^-\d+$/.test(args[0] ?? '')
    ? { flags: new Map<string, string>(), rest: args, bad: undefined }
    : parseOptions(args, 'cd:anrwps');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, USAGE);
  if (!h) return 0;
  if (sh.dialect === 'ash') {
    // The command itself is in it already, as the last one.
    yield* output(sh, name, h.entries.map((line, i) => `${String(i).padStart(4)} ${line}\n`).join(''));
    return 0;
  }
  if (o.flags.has('c')) {
    h.entries.length = 0;
    h.base = 1;
    h.saved = 0;
    return 0;
  }
  const offset = o.flags.get('d');
  if (offset !== undefined) {
    const n = Number(offset);
    const at = n < 0 ? h.entries.length + n : n - h.base;
    if (!Number.isInteger(n) || h.entries[at] === undefined) {
      yield* builtinError(sh, name, `${offset}: history position out of range`);
      return 1;
    }
    h.entries.splice(at, 1);
    return 0;
  }
  const file = o.rest[0] ?? sh.vars.get('HISTFILE') ?? '';
  if (o.flags.has('w')) {
    yield* writeFile(file, h.entries.map((l) => `${l}\n`).join(''), 0o600);
    return 0;
  }
  if (o.flags.has('a')) {
    yield* appendFile(
      file,
      h.entries
        .slice(h.saved)
        .map((l) => `${l}\n`)
        .join(''),
    );
    h.saved = h.entries.length;
    return 0;
  }
  if (o.flags.has('r') || o.flags.has('n')) {
    yield* loadHistory(h, file);
    return 0;
  }
  if (o.flags.has('s')) {
    h.entries.pop();
    h.add(o.rest.join(' '));
    return 0;
  }
  if (o.flags.has('p')) {
    yield* output(sh, name, o.rest.map((l) => `${l}\n`).join(''));
    return 0;
  }
  if (o.rest[0] !== undefined && !/^-?\d+$/.test(o.rest[0])) {
    yield* builtinError(sh, name, `${o.rest[0]}: numeric argument required`);
    return 1;
  }
  const count = o.rest[0] === undefined ? h.entries.length : Math.min(h.entries.length, Math.abs(Number(o.rest[0])));
  const from = h.entries.length - count;
  yield* output(
    sh,
    name,
    h.entries
      .slice(from)
      .map((l, i) => `${String(h.base + from + i).padStart(5)}  ${l}\n`)
      .join(''),
  );
  return 0;
}

function* fc(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const h = sh.history;
  const o = /^-\d+$/.test(args[0] ?? '') ? { flags: new Map<string, string>(), rest: args, bad: undefined } : parseOptions(args, 'e:lnrs');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]');
  if (!h) {
    if (!o.flags.has('l')) yield* builtinError(sh, name, 'no command found');
    return o.flags.has('l') ? 0 : 1;
  }
  const list = h.entries.slice(0, -1);
  const find = (spec: string): number => {
    if (/^-?\d+$/.test(spec)) {
      const n = Number(spec);
      return n <= 0 ? list.length + n : n - h.base;
    }
    for (let i = list.length - 1; i >= 0; i--) if (list[i].startsWith(spec)) return i;
    return -1;
  };
  if (o.flags.has('s')) {
    const swap = o.rest[0]?.includes('=') ? o.rest[0] : undefined;
    const spec = swap ? o.rest[1] : o.rest[0];
    const at = spec === undefined ? list.length - 1 : find(spec);
    let text = list[at];
    if (text === undefined) {
      yield* builtinError(sh, name, 'no command found');
      return 1;
    }
    if (swap) text = text.replaceAll(swap.slice(0, swap.indexOf('=')), swap.slice(swap.indexOf('=') + 1));
    yield* complain(`${text}\n`);
    h.entries[h.entries.length - 1] = text;
    return yield* sh.interpreter.evalText(sh, text, { name, kind: 'eval' });
  }
  if (!o.flags.has('l')) {
    const editor = o.flags.get('e') ?? sh.vars.get('FCEDIT') ?? sh.vars.get('EDITOR') ?? 'vi';
    const text = list[o.rest[0] === undefined ? list.length - 1 : find(o.rest[0])];
    if (text === undefined) {
      yield* builtinError(sh, name, 'history specification out of range');
      return 1;
    }
    const path = `/tmp/bash-fc.${sh.ownPid}`;
    yield* writeFile(path, `${text}\n`, 0o600);
    const status = yield* sh.interpreter.evalText(sh, `${editor} ${path}`, { name, kind: 'eval' });
    return status !== 0 ? status : yield* sh.interpreter.source(sh, path, undefined);
  }
  let from = o.rest[0] === undefined ? Math.max(0, list.length - 16) : find(o.rest[0]);
  let to = o.rest[1] === undefined ? list.length - 1 : find(o.rest[1]);
  if (from < 0 || (list[from] === undefined && list.length > 0)) {
    yield* builtinError(sh, name, 'history specification out of range');
    return 1;
  }
  const reverse = o.flags.has('r') !== from > to;
  if (from > to) [from, to] = [to, from];
  const lines = list.slice(from, to + 1).map((l, i) => `${o.flags.has('n') ? '' : h.base + from + i}\t ${l}\n`);
  yield* output(sh, name, (reverse ? lines.reverse() : lines).join(''));
  return 0;
}

export const builtins: readonly Builtin[] = [
  {
    name: 'history',
    bashOnly: true,
    inAsh: true,
    usage: USAGE,
    summary: 'Show or change the list of commands typed before.',
    run: history,
  },
  {
    name: 'fc',
    bashOnly: true,
    usage: '[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]',
    summary: 'List, edit and run commands typed before.',
    run: fc,
  },
];
