/** Ids of two runs: each of one run stands for the same one of the other, from the first step of a scenario to the last. */
export class Pairing {
  #there = new Map<string, string>();
  #back = new Map<string, string>();

  /** Takes the ids of a step over, unless they contradict those before. */
  fits(recorded: readonly string[], ours: readonly string[]): boolean {
    if (recorded.length !== ours.length) return false;
    const there = new Map(this.#there);
    const back = new Map(this.#back);
    for (const [i, id] of recorded.entries()) {
      if ((there.get(id) ?? ours[i]) !== ours[i] || (back.get(ours[i]) ?? id) !== id) return false;
      there.set(id, ours[i]);
      back.set(ours[i], id);
    }
    this.#there = there;
    this.#back = back;
    return true;
  }
}
