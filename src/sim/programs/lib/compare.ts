import { encodeUtf8 } from '../../lib/utf8.ts';

/** Order of two strings by their bytes (the C.UTF-8 collation). */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x < 0xd800 && y < 0xd800) return x - y;
    return compareArrays(encodeUtf8(a), encodeUtf8(b));
  }
  return a.length - b.length;
}

function compareArrays(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

function versionOrder(c: string | undefined): number {
  if (c === undefined) return -1;
  if (c === '~') return -2;
  if (c >= '0' && c <= '9') return 0;
  if (/[A-Za-z]/.test(c)) return c.charCodeAt(0);
  return c.charCodeAt(0) + 256;
}

function compareVersionParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a[i])) || (j < b.length && !/\d/.test(b[j]))) {
      const x = i < a.length && !/\d/.test(a[i]) ? versionOrder(a[i]) : i < a.length ? 0 : versionOrder(undefined);
      const y = j < b.length && !/\d/.test(b[j]) ? versionOrder(b[j]) : j < b.length ? 0 : versionOrder(undefined);
      if (x !== y) return x - y;
      i++;
      j++;
    }
    while (a[i] === '0') i++;
    while (b[j] === '0') j++;
    let first = 0;
    while (/\d/.test(a[i] ?? '') && /\d/.test(b[j] ?? '')) {
      if (first === 0) first = a.charCodeAt(i) - b.charCodeAt(j);
      i++;
      j++;
    }
    if (/\d/.test(a[i] ?? '')) return 1;
    if (/\d/.test(b[j] ?? '')) return -1;
    if (first !== 0) return first;
  }
  return 0;
}

/** filevercmp: `ls -v`, `sort -V`. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return -1;
  if (b === '') return 1;
  if (a[0] === '.' && b[0] !== '.') return -1;
  if (b[0] === '.' && a[0] !== '.') return 1;
  const suffix = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/;
  const stemA = a.replace(suffix, '');
  const stemB = b.replace(suffix, '');
  return compareVersionParts(stemA, stemB) || compareVersionParts(a, b);
}
