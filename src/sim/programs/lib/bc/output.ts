import type { Sim } from '../../../kernel/sim.ts';
import type { Output } from '../output.ts';

/** Standard output with lines of at most `width` characters: a longer number goes on after a backslash. 0: as long as it is. */
export class FoldedOutput {
  readonly #out: Output;
  readonly #width: number;
  #column = 0;

  constructor(out: Output, width: number) {
    this.#out = out;
    this.#width = width;
  }

  *write(text: string): Sim<void> {
    let folded = '';
    for (const c of text) {
      if (c === '\n') this.#column = 0;
      else if (++this.#column === this.#width - 1 && this.#width > 0) {
        folded += '\\\n';
        this.#column = 1;
      }
      folded += c;
    }
    yield* this.#out.write(folded);
  }

  flush(): Sim<void> {
    return this.#out.flush();
  }
}
