const ASCII = 128;
/** Answers for other characters that a set keeps. */
const KEPT_MAX = 4096;

/** Which characters one place of a pattern matches; the host says it once per character, and the answer is kept. */
export class CharSet {
  readonly #re: RegExp;
  readonly #ascii = new Uint8Array(ASCII);
  readonly #others = new Map<number, boolean>();
  /** The only character, if it is no more than one. */
  readonly only: number | undefined;
  /** Whether characters beyond ASCII may be in it. */
  readonly wide: boolean;

  /** `source` is one atom or bracket expression in JavaScript's syntax. */
  constructor(source: string, flags: string) {
    this.#re = new RegExp(`^${source}$`, flags);
    let count = 0;
    let last: number | undefined;
    for (let code = 0; code < ASCII; code++) {
      if (!this.#re.test(String.fromCharCode(code))) continue;
      this.#ascii[code] = 1;
      count++;
      last = code;
    }
    const other = source.codePointAt(0)!;
    const plain = !flags.includes('i') && source.length === (other > 0xffff ? 2 : 1);
    if (plain && other >= ASCII) {
      this.only = other;
      this.wide = true;
    } else {
      this.wide = !NARROW.test(source) || (flags.includes('i') && flags.includes('u') && /[ks\w-]/i.test(source));
      this.only = count === 1 && !this.wide ? last : undefined;
    }
  }

  has(code: number): boolean {
    if (code < ASCII) return this.#ascii[code] === 1;
    if (this.only !== undefined) return code === this.only;
    let yes = this.#others.get(code);
    if (yes === undefined) {
      yes = this.#re.test(String.fromCodePoint(code));
      if (this.#others.size >= KEPT_MAX) this.#others.clear();
      this.#others.set(code, yes);
    }
    return yes;
  }

  /** True only if surely no character is in both. */
  disjoint(other: CharSet): boolean {
    if (this.wide && other.wide) {
      if (this.only !== undefined) return !other.has(this.only);
      if (other.only !== undefined) return !this.has(other.only);
      return false;
    }
    for (let code = 0; code < ASCII; code++) if (this.#ascii[code] === 1 && other.#ascii[code] === 1) return false;
    return true;
  }
}

/** Sources of which one can see that they hold ASCII alone: not the dot, which is any character. */
const NARROW =
  /^(?:[\x00-\x2d\x2f-\x7f]|\\(?:[\^$\\.*+?()[\]{}|/tnrvfdw-]|x[0-7][0-9a-fA-F])|\[(?!\^)(?:[^\\\]\x80-\uffff]|\\(?:[\^$\\.*+?()[\]{}|/tnrvfdw-]|x[0-7][0-9a-fA-F]))*\])$/;

const kept = new Map<string, CharSet>();

/** The set for a source, shared by all patterns that use it. */
export function charSet(source: string, flags: string): CharSet {
  const key = `${flags}/${source}`;
  let set = kept.get(key);
  if (set === undefined) {
    set = new CharSet(source, flags);
    if (kept.size >= 1000) kept.clear();
    kept.set(key, set);
  }
  return set;
}
