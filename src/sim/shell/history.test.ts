import { describe, expect, it } from 'vitest';
import { expandHistory, History } from './history.ts';

function expand(line: string, entries: readonly string[]): string | null {
  const h = new History();
  for (const e of entries) h.add(e);
  try {
    return expandHistory(line, h)?.text ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('history expansion', () => {
  it.each([
    ['!!', 'echo one two'],
    ['echo !$', 'echo two'],
    ['!1', 'ls docs'],
    ['!-2', 'ls docs'],
    ['!ls', 'ls docs'],
    ['!?doc?', 'ls docs'],
    ['^one^1^', 'echo 1 two'],
    ['x !^ !*', 'x one one two'],
    ['!!:1', 'one'],
    ['!!:s/one/1/', 'echo 1 two'],
    ['!nosuch', '!nosuch: event not found'],
    ["echo '!!'", null],
    ['echo hi!', null],
    ['a != b', null],
    ['echo $!', null],
    ['[ !x ]', '!x: event not found'],
  ])('%s', (line, want) => expect(expand(line, ['ls docs', 'echo one two'])).toBe(want));
});
