import { expect, it } from 'vitest';
import { finishedLine } from './transcript.ts';

const rows = [
  { isWrapped: false, translateToString: () => 'student@node1:~$ docker run -d -p 8080:80 --na' },
  { isWrapped: true, translateToString: () => 'me web nginx' },
  { isWrapped: false, translateToString: () => '' },
];

it('joins a line that wrapped, and leaves an empty one out', () => {
  expect(finishedLine(1, (y) => rows[y])).toBe('student@node1:~$ docker run -d -p 8080:80 --name web nginx');
  expect(finishedLine(2, (y) => rows[y])).toBeUndefined();
});
