import type { World } from '../../sim/world/index.ts';
import { openFile } from '../editors.ts';

/** What a terminal of the page gives: a place for output, and its size. */
export interface TerminalSink {
  write(data: Uint8Array): void;
  size(): { rows: number; columns: number };
}

/** Where the output of a world's terminals goes: to the page's, or to a backlog until one is joined. */
export class Screens {
  readonly #world: World;
  readonly #sinks = new Map<number, TerminalSink>();
  readonly #backlog = new Map<number, Uint8Array[]>();
  #closed = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes the output of a terminal from now on, and its wishes to edit a file. */
  listen(terminal: number, machine: string): void {
    this.#world.onEditorRequest(terminal, (request) => !this.#closed && openFile(machine, request));
    this.#world.onOutput(terminal, (data) => {
      if (this.#closed) return;
      const sink = this.#sinks.get(terminal);
      if (sink) sink.write(data);
      else if (!this.#backlog.get(terminal)?.push(data)) this.#backlog.set(terminal, [data]);
    });
  }

  join(terminal: number, sink: TerminalSink): void {
    this.#sinks.set(terminal, sink);
    for (const data of this.#backlog.get(terminal) ?? []) sink.write(data);
    this.#backlog.delete(terminal);
  }

  leave(terminal: number): void {
    this.#sinks.delete(terminal);
  }

  /** The page shows another world. */
  close(): void {
    this.#closed = true;
    this.#sinks.clear();
    this.#backlog.clear();
  }
}
