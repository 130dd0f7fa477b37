import type { TerminalTab } from './app.ts';

/** The name of a machine's nth terminal: node1, node1 (2), ... */
export function tabName(machine: string, tabs: readonly TerminalTab[]): string {
  const names = new Set(tabs.map((tab) => tab.name));
  if (!names.has(machine)) return machine;
  for (let n = 2; ; n++) if (!names.has(`${machine} (${n})`)) return `${machine} (${n})`;
}

export function addTab(tabs: readonly TerminalTab[], machine: string, terminal?: number): TerminalTab {
  return { key: Math.max(0, ...tabs.map((tab) => tab.key)) + 1, machine, terminal, name: tabName(machine, tabs) };
}
