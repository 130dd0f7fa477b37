import type { SimTime } from './clock.ts';

export interface Timer {
  readonly due: SimTime;
  readonly sequence: number;
  readonly action: () => void;
  /** Set it to call the timer off. */
  cancelled: boolean;
}

/** A binary heap of timers, ordered by due time and then by the order in which they were added. */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #sequence = 0;
  /** Due time of the first entry (perhaps a cancelled one), or infinity: a cheap check for the scheduler's inner loop. */
  due: SimTime = Number.POSITIVE_INFINITY;

  add(due: SimTime, action: () => void): Timer {
    const timer: Timer = { due, sequence: this.#sequence++, action, cancelled: false };
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(timer, heap[up])) break;
      heap[at] = heap[up];
      at = up;
    }
    heap[at] = timer;
    this.due = heap[0].due;
    return timer;
  }

  nextDue(): SimTime | undefined {
    while (this.#heap.length > 0 && this.#heap[0].cancelled) this.#shift();
    return this.#heap[0]?.due;
  }

  /** Takes the next timer that is due at `now` out of the queue. */
  take(now: SimTime): Timer | undefined {
    while (this.due <= now) {
      const timer = this.#shift();
      if (!timer.cancelled) return timer;
    }
    return undefined;
  }

  #shift(): Timer {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop() as Timer;
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= heap.length) break;
        if (down + 1 < heap.length && before(heap[down + 1], heap[down])) down++;
        if (!before(heap[down], last)) break;
        heap[at] = heap[down];
        at = down;
      }
      heap[at] = last;
    }
    this.due = heap.length > 0 ? heap[0].due : Number.POSITIVE_INFINITY;
    return first;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.sequence < b.sequence);
}
