import { expect, test } from 'vitest';
import type { EditorRequest } from '../kernel/tty/pty.ts';
import { fingerprint } from './fingerprint.ts';
import { type EditedFile, type FileRequest, World } from './index.ts';

const SECOND = 1_000_000;

async function typed(...lines: string[]) {
  const world = World.create({ seed: 5 });
  const terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  const asked: EditorRequest[] = [];
  let screen = '';
  world.onOutput(terminal, (data) => {
    screen += new TextDecoder().decode(data);
  });
  world.onEditorRequest(terminal, (request) => asked.push(request));
  const type = async (line: string) => {
    world.input(terminal, `${line}\r`);
    await world.runFast(() => false, world.now + SECOND);
  };
  await world.runFast(() => false, 2 * SECOND);
  for (const line of lines) await type(line);
  const edit = async (file: FileRequest): Promise<EditedFile> => {
    let answer: EditedFile | undefined;
    world.editFile('node1', file, (a) => {
      answer = a;
    });
    await world.runFast(() => answer !== undefined, world.now + SECOND);
    return answer!;
  };
  return { world, asked, edit, type, screen: () => screen };
}

test('edit asks for the file by its full path, as the person who typed it', async () => {
  const { asked } = await typed('mkdir site && cd site', 'edit ../Dockerfile', 'sudo edit /etc/hosts');
  expect(asked.map(({ path, uid }) => ({ path, uid }))).toEqual([
    { path: '/home/student/Dockerfile', uid: 1000 },
    { path: '/etc/hosts', uid: 0 },
  ]);
});

test('edit says what cannot be edited', async () => {
  const { asked, screen } = await typed('edit /etc', 'edit nosuch/file', 'edit');
  expect(asked).toEqual([]);
  expect(screen()).toContain('edit: /etc: Is a directory');
  expect(screen()).toContain('edit: nosuch/file: No such file or directory');
  expect(screen()).toContain('usage: edit FILE...');
});

test('what is saved is in the file, and a later change is not written over', async () => {
  const { asked, edit, type, screen, world } = await typed('edit notes.txt');
  const file = asked[0];
  const fresh = await edit(file);
  expect(fresh).toEqual({ text: '', mtime: 0 });
  const saved = await edit({ ...file, text: 'FROM alpine\n', mtime: fresh.mtime });
  expect(saved.text).toBe('FROM alpine\n');
  await type('cat notes.txt; stat -c %U notes.txt; echo more >> notes.txt');
  expect(screen()).toContain('FROM alpine\r\nstudent');
  expect(await edit({ ...file, text: 'lost?', mtime: saved.mtime })).toMatchObject({ error: 'changed' });
  expect(await edit(file)).toMatchObject({ text: 'FROM alpine\nmore\n' });
  const again = await World.replay(world.log);
  for (const each of [world, again]) await each.runFast(() => false, 20 * SECOND);
  expect(fingerprint(again)).toEqual(fingerprint(world));
});

test('permissions hold', async () => {
  const { asked, edit } = await typed('edit /etc/hosts');
  const { mtime } = await edit(asked[0]);
  expect(await edit({ ...asked[0], text: '', mtime })).toMatchObject({ error: 'failed', reason: 'Permission denied' });
});
