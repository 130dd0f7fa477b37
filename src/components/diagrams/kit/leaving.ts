const leaveMs = 240;

/** Those that went, each for 240 ms of its own: what happens meanwhile neither cuts that short nor makes it longer. */
export class Leaving<T extends { readonly id: string }> {
  readonly #gone = new Map<string, T>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #changed: (gone: readonly T[]) => void;

  constructor(changed: (gone: readonly T[]) => void) {
    this.#changed = changed;
  }

  update(before: readonly T[], after: readonly T[]): void {
    const ids = new Set(after.map((item) => item.id));
    const lost = before.filter((item) => !ids.has(item.id));
    for (const item of lost) {
      clearTimeout(this.#timers.get(item.id));
      this.#gone.set(item.id, item);
      this.#timers.set(
        item.id,
        setTimeout(() => {
          this.#gone.delete(item.id);
          this.#timers.delete(item.id);
          this.#tell();
        }, leaveMs),
      );
    }
    if (lost.length > 0) this.#tell();
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #tell(): void {
    this.#changed([...this.#gone.values()]);
  }
}
