/** file 5.44: what it says was taken from the real one. */
import { expect, test } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();

test.each([
  ["printf 'hi\\n'", 'ASCII text', 'text/plain; charset=us-ascii'],
  ["printf 'hi'", 'ASCII text, with no line terminators', 'text/plain; charset=us-ascii'],
  ["printf 'a\\r\\nb\\r\\n'", 'ASCII text, with CRLF line terminators', 'text/plain; charset=us-ascii'],
  ['echo é', 'Unicode text, UTF-8 text', 'text/plain; charset=utf-8'],
  ["printf '#!/bin/sh\\n'", 'POSIX shell script, ASCII text executable', 'text/x-shellscript; charset=us-ascii'],
  ["printf '#!/usr/bin/env python3\\n'", 'Python script, ASCII text executable', 'text/x-script.python; charset=us-ascii'],
  ['echo \'{"a": 1}\'', 'JSON text data', 'application/json; charset=us-ascii'],
  ["echo '<!DOCTYPE html>'", 'HTML document, ASCII text', 'text/html; charset=us-ascii'],
  ["printf 'a,b\\n1,2\\n'", 'CSV text', 'text/csv; charset=us-ascii'],
  ["printf 'all: x\\n\\techo\\n'", 'makefile script, ASCII text', 'text/x-makefile; charset=us-ascii'],
  ['seq 1 100 | gzip -n', 'gzip compressed data, from Unix, original size modulo 2^32 292', 'application/gzip; charset=binary'],
  [
    "printf '\\211PNG\\r\\n\\032\\n\\0\\0\\0\\rIHDR\\0\\0\\0\\001\\0\\0\\0\\002\\010\\006\\0\\0\\0'",
    'PNG image data, 1 x 2, 8-bit/color RGBA, non-interlaced',
    'image/png; charset=binary',
  ],
  ["printf '\\001\\002\\377\\0'", 'data', 'application/octet-stream; charset=binary'],
  ['true', 'empty', 'inode/x-empty; charset=binary'],
])('%s', (command, words, mime) => {
  const { stdout } = new TestSession(programs, {}).step(`${command} > f; file -b f; file -bi f`);
  expect(stdout).toBe(`${words}\n${mime}\n`);
});

test('names stand in a column; folders and links are named for what they are', () => {
  const { stdout } = new TestSession(programs, {}).step('mkdir folder; ln -s folder l; ln -s none b; file folder l b nosuch');
  expect(stdout).toBe(
    "folder: directory\nl:      symbolic link to folder\nb:      broken symbolic link to none\nnosuch: cannot open `nosuch' (No such file or directory)\n",
  );
});
