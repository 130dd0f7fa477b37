/** The one file that imports the simulator: makes a world (or brings one back), steps it, and hands snapshots to the page. */
import { type EditedFile, type FileRequest, type InputLog, type PreviewRequest, parseInputLog, World } from '../sim/world/index.ts';
import { type TerminalTab, useApp } from './app.ts';
import { browserHost, Driver, type DriverStatus } from './driver.ts';
import { beginEditors, openFile } from './editors.ts';
import { Refetch } from './refetch.ts';
import { GivenUp, openTerminals, restore } from './restore.ts';
import { newSessionId, takeSession } from './session/claim.ts';
import type { LogStore } from './session/logStore.ts';
import { logStore, type OpenSession, openLog } from './session/open.ts';
import { addTab, keepTab, keptTab, tabName } from './tabs.ts';
import { turn } from './turn.ts';

/** What a terminal of the page gives: a place for output, and its size. */
export interface TerminalSink {
  write(data: Uint8Array): void;
  size(): { rows: number; columns: number };
}

const previousKey = 'drydock.previous';
/** A session that could not be read: it is kept, in case a later version can. */
const unreadKey = 'drydock.unread';
const flushMs = 1000;
const machine = 'node1';

let world: World;
let driver: Driver;
/** Tries again to fetch parts of the page that the machine waits for. */
const refetch = new Refetch(browserHost);
/** The session that is being brought back, until it stands or is given up for a fresh machine. */
let restoring: { givenUp: boolean } | undefined;
let log: LogStore | undefined;
let flushTimer: ReturnType<typeof setTimeout> | undefined;
const sinks = new Map<number, TerminalSink>();
/** Output that came before its terminal was on the page. */
const backlog = new Map<number, Uint8Array[]>();
let ready!: () => void;
let whenReady = new Promise<void>((resolve) => {
  ready = resolve;
});

function fail(error: unknown): void {
  console.error(error);
  useApp.setState({ status: 'failed', error: reasonOf(error) });
}

const reasonOf = (error: unknown): string | undefined =>
  error instanceof Error ? error.message : error === undefined ? undefined : String(error);

/** Snapshots reach the page after the paint that follows them: a picture never holds up the terminal. */
function publish(of: World): () => void {
  let scheduled = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    scheduled = false;
    if (of === world) useApp.setState({ view: of.view });
  };
  return () => {
    if (scheduled) return;
    scheduled = true;
    browserHost.frame(() => channel.port2.postMessage(0));
  };
}

/** Copies what the world has logged since the last time into the store. */
function keep(): void {
  if (!log) return;
  try {
    log.append(world.log.entries.slice(log.length));
  } catch {
    useApp.setState({ kept: false });
    log = undefined;
    return;
  }
  if (flushTimer !== undefined) return;
  flushTimer = setTimeout(() => {
    flushTimer = undefined;
    void flush();
  }, flushMs);
}

async function flush(): Promise<void> {
  try {
    await log?.flush();
  } catch {
    useApp.setState({ kept: false });
  }
}

function listen(terminal: number): void {
  const of = world;
  of.onEditorRequest(terminal, (request) => of === world && openFile(machine, request));
  of.onOutput(terminal, (data) => {
    if (of !== world) return;
    const sink = sinks.get(terminal);
    if (sink) sink.write(data);
    else if (!backlog.get(terminal)?.push(data)) backlog.set(terminal, [data]);
  });
}

async function openWorld(session: Pick<OpenSession, 'log' | 'saved'>): Promise<void> {
  log = session.log;
  useApp.setState({ kept: log !== undefined, unreadable: undefined, fault: undefined, missing: undefined });
  sinks.clear();
  backlog.clear();
  if (!(await broughtBack(session))) {
    await turn();
    world = World.create({ seed: Math.floor(Math.random() * 2 ** 31) });
    log?.begin(world.log.header);
    useApp.setState((state) => ({ tabs: [addTab([], machine)], activeTab: 1, epoch: state.epoch, view: world.view }));
  }
  world.onCrash = (error) => useApp.setState({ fault: error instanceof Error ? error.message.split('\n')[0] : String(error) });
  beginEditors(log?.id ?? '');
  world.subscribe(publish(world));
  const told = (status: DriverStatus, reason?: unknown) => {
    if (status === 'failed') fail(reason);
    else useApp.setState({ status, missing: reasonOf(reason) });
  };
  driver = new Driver(world, browserHost, told, refetch);
  useApp.setState({ status: 'running', view: world.view });
  await turn();
  ready();
  driver.poke();
}

/**
 * Whether the saved session stands again. One that this version cannot read is said to be so and stays where it is saved; a fresh
 * one begins beside it.
 */
async function broughtBack({ saved }: Pick<OpenSession, 'saved'>): Promise<boolean> {
  if (!saved || saved.entries.length === 0) return false;
  try {
    await replay(parseInputLog(saved));
    return true;
  } catch (error) {
    if (error instanceof GivenUp) throw error;
    restoring = undefined;
    const unread = log?.id;
    const id = newSessionId();
    await takeSession(id, !useApp.getState().ownTab);
    ({ log } = await openLog(id, true));
    if (unread !== undefined) localStorage.setItem(unreadKey, unread);
    useApp.setState({ unreadable: error instanceof Error ? error.message : String(error) });
    return false;
  }
}

/** Brings a world back by feeding it its log, a slice at a time; its terminals appear as they were opened. */
async function replay(saved: InputLog): Promise<void> {
  const mine = { givenUp: false };
  restoring = mine;
  useApp.setState({ status: 'replaying', restored: 0 });
  world = World.begin(saved.header);
  const heard = {
    givenUp: () => mine.givenUp,
    progress: (restored: number) => useApp.setState({ restored }),
    missing: (reason: unknown) => mine.givenUp || useApp.setState({ missing: reasonOf(reason) }),
  };
  await restore(world, saved, heard, browserHost, refetch);
  restoring = undefined;
  const tabs: TerminalTab[] = [];
  for (const terminal of openTerminals(saved)) {
    listen(terminal.id);
    tabs.push({ key: tabs.length + 1, machine: terminal.machine, terminal: terminal.id, name: tabName(terminal.machine, tabs) });
  }
  const active = tabs[keptTab()] ?? tabs[0];
  useApp.setState({ tabs: tabs.length > 0 ? tabs : [addTab([], machine)], activeTab: active?.key ?? 1, view: world.view });
}

/** Starts the engine: once per page. */
export async function start(opening: Promise<OpenSession>): Promise<void> {
  try {
    const session = await opening;
    useApp.setState({ ownTab: session.ownTab, previousSession: localStorage.getItem(previousKey) ?? undefined });
    addEventListener('pagehide', () => void flush());
    keepTab();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void flush();
      else driver?.poke();
    });
    await openWorld(session);
  } catch (error) {
    if (!(error instanceof GivenUp)) fail(error);
  }
}

/** Joins a tab of the page to its terminal in the world, and opens that if need be. True when it was there: a session brought back. */
export async function attach(key: number, sink: TerminalSink): Promise<boolean> {
  await whenReady;
  const tab = useApp.getState().tabs.find((candidate) => candidate.key === key);
  if (!tab) return false;
  const id = tab.terminal;
  if (id === undefined) {
    driver.feed(() => {
      const opened = world.openTerminal(tab.machine, sink.size());
      sinks.set(opened, sink);
      listen(opened);
      keep();
      useApp.setState((state) => ({ tabs: state.tabs.map((other) => (other.key === key ? { ...other, terminal: opened } : other)) }));
    });
    return false;
  }
  sinks.set(id, sink);
  for (const data of backlog.get(id) ?? []) sink.write(data);
  backlog.delete(id);
  const { rows, columns } = sink.size();
  resize(key, rows, columns);
  return true;
}

function terminalOf(key: number): number | undefined {
  return useApp.getState().tabs.find((tab) => tab.key === key)?.terminal;
}

export function input(key: number, data: string): void {
  const id = terminalOf(key);
  if (id === undefined || data === '') return;
  driver.feed(() => {
    world.input(id, data);
    keep();
  });
}

export function resize(key: number, rows: number, columns: number): void {
  const id = terminalOf(key);
  if (id === undefined) return;
  driver.feed(() => {
    world.resize(id, rows, columns);
    keep();
  });
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
    driver.feed(() => {
      world.closeTerminal(id);
      keep();
    });
    sinks.delete(id);
  }
  useApp.setState((state) => {
    const tabs = state.tabs.filter((tab) => tab.key !== key);
    return { tabs, activeTab: state.activeTab === key ? (tabs.at(-1)?.key ?? 1) : state.activeTab };
  });
}

/** The first terminal shows its prompt. */
export const booted = (): void => driver.booted();
export const virtualNow = (): number | undefined => driver?.target();
export const pause = (): void => driver.pause();
export const resume = (): void => driver.resume();
/** Somebody does not want to wait for the next try to fetch a part of the page. */
export const retry = (): void => refetch.hurry();

async function switchTo(id: string, previous: string | undefined): Promise<void> {
  if (restoring) restoring.givenUp = true;
  restoring = undefined;
  driver?.stop();
  await flush();
  whenReady = new Promise((resolve) => {
    ready = resolve;
  });
  if (previous === undefined) localStorage.removeItem(previousKey);
  else localStorage.setItem(previousKey, previous);
  await takeSession(id, !useApp.getState().ownTab);
  useApp.setState((state) => ({
    epoch: state.epoch + 1,
    status: 'starting',
    error: undefined,
    view: undefined,
    tabs: [],
    side: { kind: 'messages' },
    previousSession: previous,
  }));
  try {
    await openWorld(await openLog(id, false));
  } catch (error) {
    if (!(error instanceof GivenUp)) fail(error);
  }
}

/** A fresh machine. The session before is put aside, so that `undoReset` can bring it back. */
export async function reset(): Promise<void> {
  const aside = localStorage.getItem(previousKey);
  if (aside !== null)
    void logStore(aside)
      .remove()
      .catch(() => {});
  await switchTo(newSessionId(), log?.id);
}

export async function undoReset(): Promise<void> {
  const { previousSession } = useApp.getState();
  if (previousSession === undefined) return;
  const dropped = log;
  await switchTo(previousSession, undefined);
  void dropped?.remove().catch(() => {});
}

export interface SimResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** Reads a file of a machine for the editor, or saves it (with a text). */
export function editFile(on: string, file: FileRequest): Promise<EditedFile> {
  return new Promise((resolve) => {
    driver.feed(() => {
      world.editFile(on, file, resolve);
      keep();
    });
  });
}

/**
 * One HTTP request made on a machine of the simulated network. Rejects with the network's reason when nothing answers. When `signal`
 * tells that nobody waits for it any more, the process on the machine is ended.
 */
export function request(on: string, what: PreviewRequest, signal?: AbortSignal): Promise<SimResponse> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    driver.feed(() => {
      const of = world;
      const id = of.httpRequest(on, what);
      signal?.addEventListener('abort', () => {
        reject(signal.reason);
        if (of !== world) return;
        driver.feed(() => of.cancelRequest(id));
        keep();
      });
      world.onHttpResponse(id, (response) => ('error' in response ? reject(new Error(response.error)) : resolve(response)));
      keep();
    });
  });
}
