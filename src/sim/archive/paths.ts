/** Paths as Go's filepath package handles them, and the meaning that a trailing '/' or '/.' has for copies. */

/** filepath.Clean */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!rooted) out.push('..');
  }
  return `${rooted ? '/' : ''}${out.join('/')}` || '.';
}

/** filepath.Join */
export function joinPath(...parts: readonly string[]): string {
  const given = parts.filter((part) => part !== '');
  return given.length === 0 ? '' : cleanPath(given.join('/'));
}

/** filepath.Base */
export function baseName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** filepath.Dir */
export function dirName(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

/** filepath.Abs */
export function absolutePath(path: string, cwd: string): string {
  return path.startsWith('/') ? cleanPath(path) : joinPath(cwd, path);
}

export function hasTrailingSlash(path: string): boolean {
  return path.endsWith('/');
}

/** The last segment is '.'. */
export function namesCurrentDir(path: string): boolean {
  return baseName(path) === '.';
}

/** The path is written as that of a directory. */
export function assertsDirectory(path: string): boolean {
  return hasTrailingSlash(path) || namesCurrentDir(path);
}

/** Gives a cleaned path the '/' or '/.' back that the original ended with. */
export function preserveTrailing(cleaned: string, original: string): string {
  let out = cleaned;
  if (!namesCurrentDir(out) && namesCurrentDir(original)) out += hasTrailingSlash(out) ? '.' : '/.';
  if (!hasTrailingSlash(out) && hasTrailingSlash(original)) out += '/';
  return out;
}

/** Directory and last name; the last name of 'a/.' is '.'. */
export function splitPath(path: string): readonly [directory: string, base: string] {
  const cleaned = cleanPath(path) + (namesCurrentDir(path) ? '/.' : '');
  const slash = cleaned.lastIndexOf('/');
  return [cleanPath(cleaned.slice(0, slash + 1)), baseName(cleaned)];
}
