import { expect, test } from 'vitest';
import { parseRequest } from './headless.ts';

test('a line is a request', () => {
  expect(parseRequest('{"cmd":"docker ps"}')).toEqual({ cmd: 'docker ps' });
  expect(parseRequest('{"files":{"a":"text"},"images":["alpine"],"cwd":"/home/student"}')).toMatchObject({ cwd: '/home/student' });
});

test.each([
  ['docker ps', /^not JSON: /],
  ['null', 'a line holds one JSON object'],
  ['[]', 'a line holds one JSON object'],
  ['{"cmd":5}', '"cmd" is a string'],
  ['{"images":"alpine"}', '"images" is a list'],
  ['{"files":{"a":1}}', '"files" has the text of each file under its path'],
])('%s says what is wrong with it', (line, problem) => {
  expect(parseRequest(line)).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
});
