import { ERRNO, type ErrnoCode } from './errnoTable.ts';
import { currentLibc, strerror } from './libc.ts';

export { ERRNO, type ErrnoCode } from './errnoTable.ts';

/** A failed system call. `message` is the strerror text of the C library that the calling program is linked with; `path` is the path that the call was given, where there is one. */
export class Errno extends Error {
  readonly code: ErrnoCode;
  readonly path: string | undefined;

  constructor(code: ErrnoCode, path?: string) {
    super(strerror(code, currentLibc()));
    this.name = 'Errno';
    this.code = code;
    this.path = path;
  }

  get number(): number {
    return ERRNO[this.code][0];
  }
}

/** True if `error` is an {@link Errno}, and one of `codes` if any are given. */
export function isErrno(error: unknown, ...codes: ErrnoCode[]): error is Errno {
  return error instanceof Errno && (codes.length === 0 || codes.includes(error.code));
}

/** Go's spelling of the same texts (lower case first letter), which Docker's messages use. */
export function goErrorText(code: ErrnoCode): string {
  const text = ERRNO[code][1];
  return code === 'EIO' ? 'input/output error' : text[0].toLowerCase() + text.slice(1);
}
