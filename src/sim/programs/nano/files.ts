/** Files read and written. */
import type { Sim } from '../../kernel/sim.ts';
import { TextBuffer } from '../editor/buffer.ts';
import { loadFile, saveFile } from '../editor/file.ts';
import { ask, askYesNo } from './ask.ts';
import type { Session } from './session.ts';

/** Reads the file that nano was called with. */
export function* openFile(nano: Session): Sim<void> {
  if (nano.path === '') return;
  const loaded = yield* loadFile(nano.path);
  if (loaded.kind === 'text') {
    nano.buffer = new TextBuffer(loaded.text);
    const lines = nano.buffer.empty ? 0 : nano.buffer.lines.length;
    nano.status = `Read ${lines} line${lines === 1 ? '' : 's'}`;
  } else if (loaded.kind === 'new') {
    nano.status = 'New File';
  } else {
    nano.status = loaded.kind === 'directory' ? `"${nano.path}" is a directory` : `Error reading ${nano.path}: ${loaded.message}`;
    nano.path = '';
  }
}

/** Asks for a name and writes the file there; false if that did not happen. */
export function* writeOut(nano: Session): Sim<boolean> {
  const path = yield* ask(nano, 'File Name to Write: ', nano.path);
  return path !== null && (yield* save(nano, path));
}

/** Writes the file; false if that did not happen. */
export function* save(nano: Session, path: string): Sim<boolean> {
  if (path === '') return yield* writeOut(nano);
  const result = yield* saveFile(path, nano.buffer.toText());
  if ('error' in result) {
    nano.status = `Error writing ${path}: ${result.error}`;
    return false;
  }
  nano.path = path;
  nano.buffer.markSaved();
  const lines = nano.buffer.empty ? 0 : nano.buffer.lines.length;
  nano.status = `Wrote ${lines} line${lines === 1 ? '' : 's'}`;
  return true;
}

/** Before leaving: offers to write what has changed. True if nano may end. */
export function* mayLeave(nano: Session): Sim<boolean> {
  if (!nano.buffer.modified) return true;
  const answer = yield* askYesNo(nano, 'Save modified buffer? ');
  if (answer === 'no') return true;
  if (answer === null) {
    nano.status = 'Cancelled';
    return false;
  }
  return yield* writeOut(nano);
}

/** Asks for a file and puts it in at the cursor. */
export function* insertFile(nano: Session): Sim<void> {
  const path = yield* ask(nano, 'File to insert [from ./]: ');
  if (!path) return;
  const loaded = yield* loadFile(path);
  if (loaded.kind === 'text') {
    nano.buffer.checkpoint();
    nano.buffer.insert(loaded.text);
    const lines = loaded.text.split('\n').length - (loaded.text.endsWith('\n') ? 1 : 0);
    nano.status = `Read ${lines} line${lines === 1 ? '' : 's'}`;
  } else {
    nano.status =
      loaded.kind === 'new' ? `File "${path}" not found` : loaded.kind === 'directory' ? `"${path}" is a directory` : loaded.message;
  }
}
