/** Tabs of the page and terminals of the world: opened, joined, typed into, closed. */
import { useApp } from '../app.ts';
import { addTab } from '../tabs.ts';
import { running, whenRunning } from './running.ts';
import type { TerminalSink } from './screens.ts';

function terminalOf(key: number): number | undefined {
  return useApp.getState().tabs.find((tab) => tab.key === key)?.terminal;
}

/** Joins a tab of the page to its terminal in the world, and opens that if need be. True when it was there: a session brought back. */
export async function attach(key: number, sink: TerminalSink): Promise<boolean> {
  const session = await whenRunning();
  const tab = useApp.getState().tabs.find((candidate) => candidate.key === key);
  if (!tab) return false;
  const { screens } = session;
  if (tab.terminal === undefined) {
    session.feed((world) => {
      const opened = world.openTerminal(tab.machine, sink.size());
      screens.join(opened, sink);
      screens.listen(opened, tab.machine);
      useApp.setState((state) => ({ tabs: state.tabs.map((other) => (other.key === key ? { ...other, terminal: opened } : other)) }));
    });
    return false;
  }
  screens.join(tab.terminal, sink);
  const { rows, columns } = sink.size();
  resize(key, rows, columns);
  return true;
}

export function input(key: number, data: string): void {
  const id = terminalOf(key);
  if (id === undefined || data === '') return;
  running()?.feed((world) => world.input(id, data));
}

export function resize(key: number, rows: number, columns: number): void {
  const id = terminalOf(key);
  if (id !== undefined) running()?.feed((world) => world.resize(id, rows, columns));
}

export function openTab(): void {
  useApp.setState((state) => {
    const tab = addTab(state.tabs, state.machine);
    return { tabs: [...state.tabs, tab], activeTab: tab.key };
  });
}

export function closeTab(key: number): void {
  const id = terminalOf(key);
  if (id !== undefined) {
    running()?.feed((world) => world.closeTerminal(id));
    running()?.screens.leave(id);
  }
  useApp.setState((state) => {
    const tabs = state.tabs.filter((tab) => tab.key !== key);
    return { tabs, activeTab: state.activeTab === key ? (tabs.at(-1)?.key ?? 1) : state.activeTab };
  });
}
