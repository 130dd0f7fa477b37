import { expect, it } from 'vitest';
import { pretty } from './pretty.ts';

it('indents JSON, a stream of it value by value, and leaves other text alone', () => {
  expect(pretty('{"Id":"ab","Warnings":[]}')).toBe('{\n  "Id": "ab",\n  "Warnings": []\n}');
  expect(pretty('{"status":"Pulling"}\r\n{"status":"Done"}\r\n')).toBe('{\n  "status": "Pulling"\n}\n{\n  "status": "Done"\n}');
  expect(pretty('OK')).toBe('OK');
  expect(pretty('{"status":"cut\n{"x":')).toBe('{"status":"cut\n{"x":');
});
