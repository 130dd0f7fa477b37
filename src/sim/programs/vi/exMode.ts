/** Ex commands carried out: `:w`, `:q`, `:s`, `:set` and their like. */
import type { Sim } from '../../kernel/sim.ts';
import { loadFile, saveFile } from '../editor/file.ts';
import { readLine } from './commandLine.ts';
import { type ExCommand, expandReplacement, parseEx, vimPattern } from './exCommand.ts';
import { firstNonBlank } from './motions.ts';
import { operate } from './operators.ts';
import type { Session } from './session.ts';

/** Asks for a command after `:` and carries it out; `range` stands there already. */
export function* askEx(vi: Session, range: string): Sim<void> {
  const text = yield* readLine(vi, ':', range);
  if (text === null) return;
  vi.say(`:${text}`);
  yield* executeEx(vi, parseEx(text, vi.buffer.row, vi.buffer.lines.length - 1));
}

/** Carries out an ex command. */
export function* executeEx(vi: Session, command: ExCommand): Sim<void> {
  const b = vi.buffer;
  switch (command.kind) {
    case 'none':
      return;
    case 'error':
      return vi.say(command.message, true);
    case 'goto':
      return b.moveTo(command.row, firstNonBlank(b.lines[Math.min(command.row, b.lines.length - 1)]));
    case 'quit':
      if (b.modified && !command.force) vi.say('E37: No write since last change (add ! to override)', true);
      else vi.exit = 0;
      return;
    case 'write': {
      const path = command.path ?? vi.path;
      if (path === undefined) return vi.say('E32: No file name', true);
      if (!command.onlyIfModified || b.modified || command.path !== undefined) {
        const result = yield* saveFile(path, b.toText());
        if ('error' in result)
          return vi.say(
            result.error === 'Permission denied'
              ? `"${path}" E212: Can't open file for writing`
              : `"${path}" E212: Can't open file for writing: ${result.error}`,
            true,
          );
        if (command.path === undefined || vi.path === undefined) b.markSaved();
        vi.path ??= path;
        vi.say(`"${path}" ${vi.counts(result.bytes)} written`);
      }
      if (command.quit) vi.exit = 0;
      return;
    }
    case 'edit':
      if (b.modified && !command.force) return vi.say('E37: No write since last change (add ! to override)', true);
      if (command.path === undefined && vi.path === undefined) return vi.say('E32: No file name', true);
      return yield* vi.open(command.path ?? vi.path!);
    case 'read': {
      const loaded = yield* loadFile(command.path);
      if (loaded.kind !== 'text') return vi.say(`E484: Can't open file ${command.path}`, true);
      b.checkpoint();
      b.replaceLines(command.row + 1, command.row + 1, (loaded.text.endsWith('\n') ? loaded.text.slice(0, -1) : loaded.text).split('\n'));
      return b.moveTo(command.row + 1, 0);
    }
    case 'set':
      return set(vi, command.option);
    case 'noHighlight':
      return vi.say('');
    case 'delete':
    case 'yank':
      return yield* operate(
        vi,
        command.kind === 'delete' ? 'd' : 'y',
        { row: command.from, column: 0 },
        { row: command.to, column: 0 },
        true,
        false,
      );
    case 'substitute':
      return substitute(vi, command);
  }
}

function set(vi: Session, option: string): void {
  if (/^(nu|number)$/.test(option)) vi.numbers = true;
  else if (/^no(nu|number)$/.test(option)) vi.numbers = false;
  else if (/^(nu|number)!$/.test(option)) vi.numbers = !vi.numbers;
  else vi.say(`drydock: ":set ${option}" is not simulated`, true);
}

function substitute(vi: Session, command: Extract<ExCommand, { kind: 'substitute' }>): void {
  const b = vi.buffer;
  const pattern = vimPattern(command.pattern, command.ignoreCase ? 'i' : '');
  if (!pattern || !b.lines.slice(command.from, command.to + 1).some((l) => pattern.test(l))) {
    return vi.say(`E486: Pattern not found: ${command.pattern}`, true);
  }
  b.checkpoint();
  let changes = 0;
  let lines = 0;
  let lastRow = command.from;
  const out = b.lines.slice(command.from, command.to + 1).map((text, i) => {
    let hit = false;
    const replaced = pattern.replace(
      text,
      (m) => {
        hit = true;
        changes++;
        return expandReplacement(command.replacement, m.groups as readonly string[]);
      },
      command.global,
    );
    if (hit) {
      lines++;
      lastRow = command.from + i;
    }
    return replaced;
  });
  b.replaceLines(
    command.from,
    command.to + 1,
    out.flatMap((l) => l.split('\n')),
  );
  b.moveTo(lastRow, 0);
  vi.say(changes > 2 ? `${changes} substitutions on ${lines} line${lines === 1 ? '' : 's'}` : '');
}
