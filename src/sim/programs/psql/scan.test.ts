import { expect, test } from 'vitest';
import { backslashCommand, scan } from './scan.ts';

const brief = (text: string) => {
  const { kind, at, open } = scan(text);
  return [kind, at, open];
};

test('a backslash is a command wherever no quote hides it', () => {
  expect(brief('select 1 \\q')).toEqual(['backslash', 9, '-']);
  expect(brief("select '\\q")).toEqual(['end', 10, "'"]);
  expect(brief('select 1; \\q')).toEqual(['statement', 8, '-']);
  expect(brief(' \\dt')).toEqual(['backslash', 1, '=']);
  expect(scan('select 1 \\; select 2;')).toEqual({ kind: 'statement', at: 20, open: '-', escaped: [9] });
});

test('the prompt tells what is open', () => {
  expect(brief('')).toEqual(['end', 0, '=']);
  expect(brief('-- only a remark\n')[2]).toBe('=');
  expect(brief('select (1;')[2]).toBe('(');
  expect(brief('select $$a;')[2]).toBe('$');
  expect(brief('select $f$a;$$b$f$')[2]).toBe('-');
  expect(brief('select 1 /* why')[2]).toBe('*');
  expect(brief('select "a')[2]).toBe('"');
});

test('a command takes its line up to the next backslash', () => {
  expect(backslashCommand('\\x on \\dt')).toEqual({ name: 'x', argument: 'on', rest: '\\dt' });
  expect(backslashCommand('\\x\\\\ select 1;')).toEqual({ name: 'x', argument: '', rest: ' select 1;' });
  expect(backslashCommand("\\echo 'a\\b'\n")).toEqual({ name: 'echo', argument: "'a\\b'", rest: '\n' });
});
