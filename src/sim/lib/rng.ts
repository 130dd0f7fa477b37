/** A seeded generator of random numbers (xoshiro128**, Blackman and Vigna): the same seed gives the same draws everywhere. */
export class Rng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  /** How often it was drawn from; replay tests compare it. */
  draws = 0;

  constructor(seed: number) {
    // splitmix32 spreads a small seed over the whole state.
    let x = seed >>> 0;
    const next = () => {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return (z ^ (z >>> 16)) >>> 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() || 1;
  }

  /** 32 random bits as an unsigned number. */
  bits(): number {
    this.draws++;
    const m = Math.imul(this.#b, 5);
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** 0 <= n < bound, every n equally likely. `bound` up to 2^32. */
  below(bound: number): number {
    if (bound <= 1) return 0;
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    for (;;) {
      const n = this.bits();
      if (n < limit) return n % bound;
    }
  }

  bytes(count: number): Uint8Array {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i += 4) {
      const word = this.bits();
      for (let k = 0; k < 4 && i + k < count; k++) out[i + k] = (word >>> (8 * k)) & 0xff;
    }
    return out;
  }

  /** `count` hexadecimal digits. */
  hex(count: number): string {
    let out = '';
    while (out.length < count) out += this.bits().toString(16).padStart(8, '0');
    return out.slice(0, count);
  }

  /** A generator of its own whose draws do not depend on how often this one is used afterwards. */
  fork(): Rng {
    return new Rng(this.bits());
  }
}
