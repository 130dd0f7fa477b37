/** fvbommel/sortorder's natural order, which docker's lists use: numbers inside names count as numbers ('v2' before 'v10'). */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = digits(a, i);
    const y = digits(b, j);
    if (x !== '' && y !== '') {
      const p = x.replace(/^0+/, '');
      const q = y.replace(/^0+/, '');
      if (p.length !== q.length) return p.length - q.length;
      if (p !== q) return p < q ? -1 : 1;
      if (x.length !== y.length) return x.length - y.length;
      i += x.length;
      j += y.length;
      continue;
    }
    if (a[i] !== b[j]) return a[i] < b[j] ? -1 : 1;
    i++;
    j++;
  }
  return a.length - i - (b.length - j);
}

function digits(text: string, at: number): string {
  let end = at;
  while (end < text.length && text[end] >= '0' && text[end] <= '9') end++;
  return text.slice(at, end);
}
