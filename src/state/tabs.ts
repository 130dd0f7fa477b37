import { type TerminalTab, useApp } from './app.ts';
import { tab } from './storage.ts';

const activeKey = 'drydock.activeTab';

/** The name of a machine's nth terminal: node1, node1 (2), ... */
export function tabName(machine: string, tabs: readonly TerminalTab[]): string {
  const names = new Set(tabs.map((tab) => tab.name));
  if (!names.has(machine)) return machine;
  for (let n = 2; ; n++) if (!names.has(`${machine} (${n})`)) return `${machine} (${n})`;
}

export function addTab(tabs: readonly TerminalTab[], machine: string, terminal?: number): TerminalTab {
  return { key: Math.max(0, ...tabs.map((tab) => tab.key)) + 1, machine, terminal, name: tabName(machine, tabs) };
}

/** Remembers, for a reload of this tab of the browser, which terminal is in front: its place among the open ones. */
export function keepTab(): void {
  let kept: string | undefined;
  useApp.subscribe(({ activeTab, tabs, status }) => {
    if (status === 'replaying' || status === 'starting') return;
    const at = String(tabs.findIndex(({ key }) => key === activeTab));
    if (at === kept) return;
    kept = at;
    tab.set(activeKey, at);
  });
}

export const keptTab = (): number => Number(tab.get(activeKey) ?? 0);
