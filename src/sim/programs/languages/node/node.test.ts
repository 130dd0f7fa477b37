import { expect, it } from 'vitest';
import { testMachine } from '../../../kernel/testing.ts';
import { program } from './index.ts';

/** Runs a program with node; `files` stand in /home/student. */
async function node(source: string, files: Record<string, string> = {}) {
  const machine = testMachine({
    programs: [program],
    files: Object.fromEntries(Object.entries({ 'app.js': source, ...files }).map(([name, text]) => [`/home/student/${name}`, text])),
  });
  return await machine.runLazy(['node', 'app.js']);
}

it('says hello', async () => {
  expect(await node(`console.log('hello', 1, {a: [1, 2]})`)).toEqual({ stdout: 'hello 1 { a: [ 1, 2 ] }\n', stderr: '', exit: 0 });
});
