import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { isatty, write } from '../../kernel/syscalls.ts';
import { Fatal } from './failure.ts';

const BUFFER_LIMIT = 16_384;

/** Standard output as stdio has it: line buffered on a terminal, fully buffered elsewhere. */
export class Output {
  readonly #fd: number;
  #pending = '';
  #lineBuffered: boolean | undefined;

  constructor(fd = 1) {
    this.#fd = fd;
  }

  *write(text: string): Sim<void> {
    this.#pending += text;
    if (this.#lineBuffered === undefined) this.#lineBuffered = yield* isatty(this.#fd);
    if (this.#pending.length >= BUFFER_LIMIT || (this.#lineBuffered && text.includes('\n'))) yield* this.flush();
  }

  *bytes(data: Uint8Array): Sim<void> {
    yield* this.flush();
    if (data.length > 0) yield* this.#send(data);
  }

  *flush(): Sim<void> {
    if (this.#pending === '') return;
    const text = this.#pending;
    this.#pending = '';
    yield* this.#send(text);
  }

  *#send(data: string | Uint8Array): Sim<void> {
    try {
      yield* write(this.#fd, data);
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`write error: ${error.message}`);
      throw error;
    }
  }
}
