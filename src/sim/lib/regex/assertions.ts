/** Whether assertion number `kind` of {@link ASSERTIONS} holds between two characters of a text. */
export function holds(kind: number, text: string, at: number): boolean {
  switch (kind) {
    case 0:
      return at === 0;
    case 1:
      return at === text.length;
    case 2:
      return at === 0 || isLineEnd(text.charCodeAt(at - 1));
    case 3:
      return at === text.length || isLineEnd(text.charCodeAt(at));
    case 6:
      return at === text.length || (at === text.length - 1 && text[at] === '\n');
    default: {
      const border = isWord(text, at - 1) !== isWord(text, at);
      return border === (kind === 4);
    }
  }
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

function isWord(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || c === 95 || (c >= 97 && c <= 122);
}

/** The character after a position: a code point if `unicode`, else a code unit; -1 at the end. */
export function charAfter(text: string, at: number, unicode: boolean): number {
  if (at >= text.length) return -1;
  return unicode ? text.codePointAt(at)! : text.charCodeAt(at);
}

/** The character before a position; -1 at the beginning. */
export function charBefore(text: string, at: number, unicode: boolean): number {
  if (at <= 0) return -1;
  const low = text.charCodeAt(at - 1);
  if (!unicode || low < 0xdc00 || low > 0xdfff || at < 2) return low;
  const high = text.charCodeAt(at - 2);
  return high >= 0xd800 && high <= 0xdbff ? text.codePointAt(at - 2)! : low;
}

/** How many code units a character takes. */
export function widthOf(code: number): number {
  return code > 0xffff ? 2 : 1;
}
