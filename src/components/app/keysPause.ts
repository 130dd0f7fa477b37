/** Somebody who types on and on gets the rest of the page all the same, after this (ms). */
const atMostMs = 3000;

/** Resolves when no key has been pressed for `ms` milliseconds: work that can wait is not put between two keys of somebody who types. */
export function keysPause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const until = performance.now() + atMostMs;
    const done = () => {
      removeEventListener('keydown', again, true);
      resolve();
    };
    let timer = setTimeout(done, ms);
    const again = () => {
      if (performance.now() > until) return;
      clearTimeout(timer);
      timer = setTimeout(done, ms);
    };
    addEventListener('keydown', again, true);
  });
}
