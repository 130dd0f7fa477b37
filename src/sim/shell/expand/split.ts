/**
 * Splits a line for `read` into at most `count` pieces; the last takes the rest. `marked` tells which characters were
 * escaped with a backslash and so do not separate.
 */
export function splitForRead(text: string, marked: readonly boolean[], ifs: string, count: number): string[] {
  const isSpace = (i: number): boolean => !marked[i] && ' \t\n'.includes(text[i]) && ifs.includes(text[i]);
  const isOther = (i: number): boolean => !marked[i] && !' \t\n'.includes(text[i]) && ifs.includes(text[i]);
  const out: string[] = [];
  let i = 0;
  while (i < text.length && isSpace(i)) i++;
  while (i < text.length) {
    if (out.length === count - 1) {
      let end = text.length;
      while (end > i && isSpace(end - 1)) end--;
      let rest = text.slice(i, end);
      // A single delimiter after the last field is not part of it.
      let k = i;
      while (k < end && !isOther(k) && !isSpace(k)) k++;
      let after = k;
      while (after < end && isSpace(after)) after++;
      if (after < end && isOther(after)) {
        after++;
        while (after < end && isSpace(after)) after++;
        if (after >= end) rest = text.slice(i, k);
      }
      out.push(rest);
      return out;
    }
    const start = i;
    while (i < text.length && !isSpace(i) && !isOther(i)) i++;
    out.push(text.slice(start, i));
    while (i < text.length && isSpace(i)) i++;
    if (i < text.length && isOther(i)) {
      i++;
      while (i < text.length && isSpace(i)) i++;
    }
  }
  return out;
}
