import type { Terminal } from '@xterm/xterm';

const linesMax = 400;

/**
 * The terminal as a DOM log for screen readers: each finished line, command or output, becomes one entry. A full-screen
 * program (the alternate buffer) redraws at will and is left out.
 */
export class Transcript {
  readonly #log: HTMLElement;
  readonly #subscription: { dispose(): void };
  #pending: string[] = [];
  #frame = 0;

  constructor(log: HTMLElement, term: Terminal) {
    this.#log = log;
    this.#subscription = term.onLineFeed(() => {
      const buffer = term.buffer.active;
      if (buffer.type === 'alternate') return;
      const line = finishedLine(buffer.baseY + buffer.cursorY - 1, (y) => buffer.getLine(y));
      if (line !== undefined) this.#add(line);
    });
  }

  #add(line: string): void {
    this.#pending.push(line);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const lines = this.#pending.splice(0).slice(-linesMax);
      const part = document.createDocumentFragment();
      for (const text of lines) {
        const entry = document.createElement('div');
        entry.textContent = text;
        part.append(entry);
      }
      this.#log.append(part);
      while (this.#log.childElementCount > linesMax) this.#log.firstElementChild?.remove();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#subscription.dispose();
  }
}

interface Line {
  readonly isWrapped: boolean;
  translateToString(trimRight: boolean): string;
}

/** The logical line that ends in row `y`, joined over its wrapped rows; undefined when it is empty. */
export function finishedLine(y: number, lineAt: (y: number) => Line | undefined): string | undefined {
  let start = y;
  while (lineAt(start)?.isWrapped) start--;
  let text = '';
  for (let row = start; row <= y; row++) text += lineAt(row)?.translateToString(row === y) ?? '';
  return text === '' ? undefined : text;
}
