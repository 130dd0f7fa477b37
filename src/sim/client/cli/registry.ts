/** All commands: one file per verb under commands/<noun>/. */
import type { Command } from './command.ts';

const modules = import.meta.glob<{ readonly command?: Command; readonly commands?: readonly Command[] }>(
  ['../commands/*/*.ts', '!../commands/**/*.test.ts'],
  { eager: true },
);

const byPath = new Map<string, Command>(
  Object.values(modules)
    .flatMap((m) => [...(m.command ? [m.command] : []), ...(m.commands ?? [])])
    .map((c) => [c.path, c]),
);

export function findCommand(path: string): Command | undefined {
  return byPath.get(path);
}
