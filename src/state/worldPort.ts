import type { WorldView } from '../sim/world/view.ts';

/** What the page needs of a world. The simulator's World fits; tests give a small one of their own. */
export interface WorldPort {
  readonly view: WorldView;
  subscribe(listener: () => void): () => void;
  openTerminal(machine: string, size: { rows: number; columns: number }): number;
  input(terminal: number, data: string): void;
  resize(terminal: number, rows: number, columns: number): void;
  closeTerminal(terminal: number): void;
  onOutput(terminal: number, listener: (data: Uint8Array) => void): () => void;
  advance(to: number, budgetMs: number, wallNow: () => number): 'idle' | 'busy' | Promise<void>;
  readonly now: number;
  nextDue(): number | undefined;
}
