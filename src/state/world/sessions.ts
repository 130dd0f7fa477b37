/**
 * Which session runs: the one that was saved, a fresh one, an earlier one in its place. A session that is left is kept (its log and its
 * card are there already), so a change loses nothing; see docs/decisions/0011.
 */
import { type Input, type InputLog, parseInputLog, World } from '../../sim/world/index.ts';
import { type TerminalTab, useApp } from '../app.ts';
import { browserHost } from '../driver.ts';
import { beginEditors } from '../editors.ts';
import { refetch } from '../pageParts.ts';
import { GivenUp, openTerminals, restore } from '../restore.ts';
import { cardOf, cards, isCardKey, tally, untouched, writeCard } from '../session/cards.ts';
import { newSession, remember } from '../session/claim.ts';
import { heldSessions, hold } from '../session/locks.ts';
import { type OpenSession, openLog } from '../session/open.ts';
import { tidySessions } from '../session/tidy.ts';
import { beginSide } from '../side.ts';
import { storageLasts } from '../storage.ts';
import { addTab, keepTab, keptTab, tabName } from '../tabs.ts';
import { turn } from '../turn.ts';
import { begin, end, fail, Running, running } from './running.ts';
import { Screens } from './screens.ts';

const machine = 'node1';

/** The session that this tab holds: it runs, or is being brought back. */
let open: OpenSession | undefined;
/** A change of sessions is on its way: another one waits for nobody. */
let changing = false;

/** Starts the engine: once per page. */
export async function start(opening: Promise<OpenSession>): Promise<void> {
  try {
    const session = await opening;
    addEventListener('pagehide', () => void running()?.recorder?.flush());
    addEventListener('storage', (event) => isCardKey(event.key) && void listEarlier());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void running()?.recorder?.flush();
      else running()?.driver.poke();
    });
    keepTab();
    const opened = openWorld(session);
    // Not between a key and its echo: the list of earlier sessions can wait.
    void opened
      .then(tidySessions)
      .catch(() => {})
      .then(listEarlier);
    await opened;
  } catch (error) {
    if (!(error instanceof GivenUp)) fail(error);
  }
}

async function openWorld(session: OpenSession): Promise<void> {
  open = session;
  useApp.setState({
    ownTab: session.ownTab,
    kept: session.log !== undefined && storageLasts,
    unreadable: undefined,
    fault: undefined,
    missing: undefined,
  });
  let ready = await broughtBack(session);
  if (!ready) {
    await turn();
    const world = World.create({ seed: Math.floor(Math.random() * 2 ** 31) });
    open.log?.begin(world.log.header);
    ready = new Running(world, open.log, new Screens(world));
    useApp.setState({ tabs: [addTab([], machine)], activeTab: 1 });
  }
  const { id } = open;
  beginEditors(id);
  beginSide(id);
  useApp.setState({ status: 'running', view: ready.world.view });
  await turn();
  if (open.id === id) begin(ready);
}

/**
 * The saved session, standing again; undefined when there is none. One that this version cannot read is said to be so and is kept with that
 * mark; a fresh one begins beside it.
 */
async function broughtBack({ id, log, saved, broken, release }: OpenSession): Promise<Running | undefined> {
  if (broken === undefined && (!saved || saved.entries.length === 0)) return undefined;
  try {
    if (broken !== undefined) throw new Error(broken);
    return await replay(parseInputLog(saved), log);
  } catch (error) {
    if (error instanceof GivenUp) throw error;
    const reason = reasonOf(error);
    markUnreadable(id, reason);
    const fresh = await newSession();
    await release();
    open = { ...fresh, ...(await openLog(fresh.id, true)) };
    useApp.setState({ unreadable: reason, ownTab: fresh.ownTab, notice: { kind: 'unreadable', reason } });
    return undefined;
  }
}

/** Brings a world back by feeding it its log, a slice at a time; its terminals appear as they were opened. */
async function replay(saved: InputLog, log: OpenSession['log']): Promise<Running> {
  const mine = open;
  useApp.setState({ status: 'replaying', restored: 0 });
  const world = World.begin(saved.header);
  const heard = {
    givenUp: () => open !== mine,
    progress: (restored: number) => useApp.setState({ restored }),
    missing: (reason: unknown) => open !== mine || useApp.setState({ missing: reason === undefined ? undefined : reasonOf(reason) }),
  };
  await restore(world, saved, heard, browserHost, refetch);
  const screens = new Screens(world);
  const tabs: TerminalTab[] = [];
  for (const terminal of openTerminals(saved)) {
    screens.listen(terminal.id, terminal.machine);
    tabs.push({ key: tabs.length + 1, machine: terminal.machine, terminal: terminal.id, name: tabName(terminal.machine, tabs) });
  }
  const active = tabs[keptTab()] ?? tabs[0];
  useApp.setState({ tabs: tabs.length > 0 ? tabs : [addTab([], machine)], activeTab: active?.key ?? 1 });
  return new Running(world, log, screens);
}

/** A fresh machine. The session before is kept. */
export const reset = (): Promise<void> => change(async () => ({ ...(await newSession()), log: undefined, saved: undefined }), 'fresh');

/** An earlier session in place of this one, which is kept. Says why when that cannot be. */
export const bringBack = (id: string): Promise<void> =>
  change(async () => {
    const release = await holdSoon(id);
    if (!release) {
      useApp.setState({ notice: { kind: 'held' } });
      return undefined;
    }
    const log = await openLog(id, false);
    try {
      if (log.broken !== undefined) throw new Error(log.broken);
      parseInputLog(log.saved);
    } catch (error) {
      await release();
      if (log.log) markUnreadable(id, reasonOf(error));
      useApp.setState({ notice: { kind: 'unreadable', reason: reasonOf(error) } });
      return undefined;
    }
    return { id, release, fresh: false, ...log, ownTab: false };
  }, 'back');

/** Another tab that puts the sessions in order has each of them for a moment. */
async function holdSoon(id: string): ReturnType<typeof hold> {
  for (let tries = 1; ; tries++) {
    const release = await hold(id);
    if (release || tries === 4) return release;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Leaves this session for the one that `take` has taken; stays when it could take none. */
async function change(take: () => Promise<OpenSession | undefined>, kind: 'fresh' | 'back'): Promise<void> {
  if (changing) return;
  changing = true;
  try {
    const taken = await take();
    if (!taken) return;
    const left = open;
    open = taken;
    const previous = await leave(left);
    const ownTab = taken.fresh ? taken.ownTab : await remember(taken.id);
    const session = taken.fresh ? { ...taken, ...(await openLog(taken.id, true)) } : { ...taken, ownTab };
    useApp.setState((state) => ({
      epoch: state.epoch + 1,
      status: 'starting',
      error: undefined,
      view: undefined,
      tabs: [],
      side: { kind: 'messages' },
      notice: { kind, previous: previous ?? previousOf(state.notice, taken.id) },
    }));
    changing = false;
    await openWorld(session);
  } catch (error) {
    if (!(error instanceof GivenUp)) fail(error);
  } finally {
    changing = false;
    void tidySessions()
      .catch(() => {})
      .then(listEarlier);
  }
}

/** The way back that was offered stays open when the session that is left was nothing. */
function previousOf(notice: ReturnType<typeof useApp.getState>['notice'], taken: string): string | undefined {
  return notice && 'previous' in notice && notice.previous !== taken ? notice.previous : undefined;
}

/** Stops the session and lets other tabs have it. Its id, when it is kept: when somebody has done something in it. */
async function leave(session: OpenSession | undefined): Promise<string | undefined> {
  const ended = end();
  ended?.screens.close();
  const recorder = ended?.recorder;
  await recorder?.leave();
  await session?.release();
  // One that was still on its way back is kept as it was saved.
  const touched = recorder?.touched ?? tally(untouched, (session?.saved?.entries ?? []) as readonly Input[]).touched;
  return touched ? session?.id : undefined;
}

function markUnreadable(id: string, reason: string): void {
  writeCard({ ...(cardOf(id) ?? { id, at: Date.now(), lines: 0 }), unreadable: reason });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Tells the page which sessions it can bring back, the newest first. */
export async function listEarlier(): Promise<void> {
  const held = await heldSessions();
  const others = cards().filter(({ id }) => id !== open?.id);
  useApp.setState({ earlier: others.map((card) => ({ ...card, heldElsewhere: held.has(card.id) })) });
}
