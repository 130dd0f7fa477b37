import { expect, it } from 'vitest';
import { testMachine } from '../../kernel/testing.ts';
import { createShellPrograms } from '../../shell/index.ts';
import { allPrograms, programFiles } from '../index.ts';
import { PAGES } from './index.ts';
import { layOut } from './layout.ts';
import { readPages } from './page.ts';

const bash = (command: string) => testMachine({ programs: [...allPrograms(), ...createShellPrograms()] }).run(['bash', '-c', command]);

it('reads a page', () => {
  expect(readPages('\n# cut(1) parts of lines  see also: awk, sed\n> cut OPTION\nTakes parts.\n-d CHAR | between | fields\n')).toEqual([
    {
      name: 'cut',
      section: 1,
      about: 'parts of lines',
      synopsis: 'cut OPTION',
      description: 'Takes parts.',
      options: [['-d CHAR', 'between | fields']],
      seeAlso: ['awk', 'sed'],
    },
  ]);
});

it('lays a page out within the width', () => {
  for (const page of PAGES) {
    const lines = layOut(page, 80, false).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.filter((line) => /^[A-Z]/.test(line) && !line.includes('('))).toEqual(expect.arrayContaining(['NAME', 'SYNOPSIS']));
  }
});

it('has a page for what exists only, once', () => {
  const known = new Set([...Object.values(programFiles()).flat(), 'docker', 'history', 'export', 'bash', 'sh']);
  expect(PAGES.filter((page) => !known.has(page.name)).map((page) => page.name)).toEqual([]);
  expect(new Set(PAGES.map((page) => page.name)).size).toBe(PAGES.length);
  expect(PAGES.flatMap((page) => page.seeAlso).filter((name) => !known.has(name))).toEqual([]);
});

it('prints a page as text where there is no terminal', () => {
  const { stdout, exit } = bash('man -k permissions; man ls | head -4');
  expect(exit).toBe(0);
  expect(stdout).toContain('chmod (1)            - change permissions\n');
  expect(stdout).toContain(`LS(1)${' '.repeat(28)}User Commands${' '.repeat(29)}LS(1)\n\nNAME\n       ls - list what is in a directory\n`);
});

it('says what is missing', () => {
  expect(bash('man nosuch')).toMatchObject({ stderr: 'No manual entry for nosuch\n', exit: 16 });
  expect(bash('man 8 ls')).toMatchObject({ stderr: 'No manual entry for ls in section 8\n', exit: 16 });
  expect(bash('man')).toMatchObject({ stderr: "What manual page do you want?\nFor example, try 'man man'.\n", exit: 1 });
  expect(bash('whatis nosuch')).toMatchObject({ stderr: 'nosuch: nothing appropriate.\n', exit: 16 });
});

it('shows a page in the pager where there is one', () => {
  const machine = testMachine({ programs: [...allPrograms(), ...createShellPrograms()] });
  const { stdout } = machine.run(['man', 'ls'], { tty: true, stdin: 'q' });
  expect(stdout).toContain('list what is in a directory');
});
