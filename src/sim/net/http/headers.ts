/**
 * HTTP header fields. Names are compared without regard to case (RFC 9110, 5.1); order and spelling are kept, because
 * `curl -v` shows them as they went over the wire.
 */
export class Headers {
  #fields: [name: string, value: string][] = [];

  constructor(init?: Iterable<readonly [string, string]> | Readonly<Record<string, string>>) {
    if (!init) return;
    const pairs = Symbol.iterator in init ? (init as Iterable<readonly [string, string]>) : Object.entries(init as Record<string, string>);
    for (const [name, value] of pairs) this.append(name, value);
  }

  /** All values of the field joined with ', ', as RFC 9110, 5.3 allows; undefined if it is not there. */
  get(name: string): string | undefined {
    const values = this.getAll(name);
    return values.length === 0 ? undefined : values.join(', ');
  }

  getAll(name: string): string[] {
    const lower = name.toLowerCase();
    return this.#fields.filter((field) => field[0].toLowerCase() === lower).map((field) => field[1]);
  }

  /** Replaces in place, so that a changed field keeps its position; a new one goes last. */
  set(name: string, value: string): void {
    const lower = name.toLowerCase();
    const at = this.#fields.findIndex((field) => field[0].toLowerCase() === lower);
    if (at < 0) {
      this.#fields.push([name, value]);
      return;
    }
    this.#fields[at] = [name, value];
    this.#fields = this.#fields.filter((field, i) => i <= at || field[0].toLowerCase() !== lower);
  }

  append(name: string, value: string): void {
    this.#fields.push([name, value]);
  }

  has(name: string): boolean {
    const lower = name.toLowerCase();
    return this.#fields.some((field) => field[0].toLowerCase() === lower);
  }

  delete(name: string): void {
    const lower = name.toLowerCase();
    this.#fields = this.#fields.filter((field) => field[0].toLowerCase() !== lower);
  }

  entries(): readonly (readonly [string, string])[] {
    return this.#fields;
  }

  [Symbol.iterator](): Iterator<readonly [string, string]> {
    return this.#fields[Symbol.iterator]();
  }

  /** Whether a comma-separated field holds this token: `hasToken('Connection', 'upgrade')`. */
  hasToken(name: string, token: string): boolean {
    const wanted = token.toLowerCase();
    return (this.get(name) ?? '').split(',').some((part) => part.trim().toLowerCase() === wanted);
  }

  clone(): Headers {
    return new Headers(this.#fields);
  }

  /** The lines as they go over the wire, each with CRLF. */
  toWire(): string {
    return this.#fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }
}
