/** What Tab puts into the line. */
import type { EditBuffer } from './buffer.ts';
import type { Candidates } from './complete.ts';
import { commonPrefix, quoteForLine } from './words.ts';

/**
 * Completes the word before the cursor as far as the candidates agree. Tells what is left to do: nothing, ring the bell, or
 * list the candidates (`again`: the key before was Tab as well; `listNow`: they are listed in any case).
 */
export function insertCompletion(b: EditBuffer, found: Candidates, again: boolean, listNow: boolean): 'nothing' | 'bell' | 'list' {
  const { place, list } = found;
  if (list.length === 0) return 'bell';
  const put = (word: string, end: string): void => {
    const open = place.quote !== '' && b.text[place.start] === place.quote ? place.quote : '';
    const text = found.files || place.quote !== '' ? quoteForLine(word, open || place.quote) : word;
    b.replace(place.start, b.point, `${open}${text}${end}`);
  };
  if (list.length === 1) {
    const open = place.quote !== '' && b.text[place.start] === place.quote ? place.quote : '';
    put(list[0], list[0].endsWith('/') ? '' : open + (b.text[b.point] === ' ' && found.suffix === ' ' ? '' : found.suffix));
    return 'nothing';
  }
  const prefix = commonPrefix(list);
  if (!listNow && prefix.length > place.word.length) {
    put(prefix, '');
    return 'bell';
  }
  return listNow || again ? 'list' : 'bell';
}
