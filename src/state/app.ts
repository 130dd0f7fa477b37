import { create } from 'zustand';
import type { WorldView } from '../sim/world/view.ts';

export type {
  ApiMessage,
  ContainerView,
  ImageView,
  MachineView,
  NetworkView,
  RegistryView,
  TransferView,
  VolumeView,
  WorldView,
} from '../sim/world/view.ts';

export type Status = 'starting' | 'replaying' | 'running' | 'loading' | 'paused' | 'failed';

export interface TerminalTab {
  /** The page's own number of the tab, 1 for the first. */
  readonly key: number;
  readonly machine: string;
  /** The world's number, once it is open there. */
  readonly terminal: number | undefined;
  readonly name: string;
}

/** A file of a machine that is open in the editor, and as whom. */
export interface OpenFile {
  readonly key: string;
  readonly machine: string;
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

export type SessionNotice =
  /** Another session runs now; `previous` is the one that was left, if there was something in it. */
  | { readonly kind: 'fresh' | 'back'; readonly previous: string | undefined }
  /** Another tab holds the session that was asked for. */
  | { readonly kind: 'held' }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface EarlierSession {
  readonly id: string;
  /** When it was used last, in milliseconds since 1970. */
  readonly at: number;
  /** How often Enter was pressed in its terminals. */
  readonly lines: number;
  readonly holds?: { readonly containers: number; readonly images: number };
  /** Why this version could not bring it back when it was tried. */
  readonly unreadable?: string;
  readonly heldElsewhere: boolean;
}

/** What the side of the diagram shows. */
export type Side =
  | { readonly kind: 'messages' }
  | { readonly kind: 'message'; readonly id: number }
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'preview'; readonly url: string };

export interface AppState {
  /** The newest snapshot that has been handed to the page; undefined until the world stands. */
  readonly view: WorldView | undefined;
  readonly status: Status;
  readonly error: string | undefined;
  /** How much of the saved session is back, from 0 to 1, while the status is 'replaying'. */
  readonly restored: number;
  /** Grows with every fresh world, so that terminals and drawings of the old one go. */
  readonly epoch: number;
  readonly tabs: readonly TerminalTab[];
  readonly activeTab: number;
  readonly machine: string;
  readonly ownTab: boolean;
  /** False where the browser keeps nothing for the page. */
  readonly kept: boolean;
  /** Why the saved session could not be brought back. */
  readonly unreadable: string | undefined;
  /** What broke inside the simulator last, in a line. */
  readonly fault: string | undefined;
  /** Why a part of the page could not be fetched that the machine waits for. */
  readonly missing: string | undefined;
  /** Why a part of the page itself is still to come, after a first try; undefined when none is waited for. */
  readonly missingPart: string | undefined;
  /** True once the terminal has its prompt: what can wait begins now. */
  readonly settled: boolean;
  /** What the last change of sessions leaves to be said. */
  readonly notice: SessionNotice | undefined;
  /** Sessions that can be brought back, the newest first. */
  readonly earlier: readonly EarlierSession[];
  readonly side: Side;
  /** A preview over the whole pane of the drawing. */
  readonly sideLarge: boolean;
  readonly diagram: string;
  /** Files that are open in the editor, and the one in front of the diagram. */
  readonly files: readonly OpenFile[];
  readonly file: string | undefined;
  readonly asTable: boolean;
  /** The pane that a phone shows. */
  readonly pane: 'terminal' | 'diagram';
  readonly sheetOpen: boolean;
  readonly timelineOpen: boolean;
}

export const useApp = create<AppState>(() => ({
  view: undefined,
  status: 'starting',
  error: undefined,
  restored: 0,
  epoch: 0,
  tabs: [{ key: 1, machine: 'node1', terminal: undefined, name: 'node1' }],
  activeTab: 1,
  machine: 'node1',
  ownTab: false,
  kept: true,
  unreadable: undefined,
  fault: undefined,
  missing: undefined,
  missingPart: undefined,
  settled: false,
  notice: undefined,
  earlier: [],
  side: { kind: 'messages' },
  sideLarge: false,
  diagram: 'architecture',
  files: [],
  file: undefined,
  asTable: false,
  pane: 'terminal',
  sheetOpen: false,
  timelineOpen: false,
}));

/** Reads a part of the newest snapshot; renders again when that part is another one. */
export function useView<T>(select: (view: WorldView | undefined) => T): T {
  return useApp((state) => select(state.view));
}

/** A shell reads a command line in the terminal that is in front: what is typed there is a command. */
export function atPrompt({ tabs, activeTab, view }: AppState): boolean {
  const terminal = tabs.find(({ key }) => key === activeTab)?.terminal;
  return terminal !== undefined && view?.terminals[terminal]?.atPrompt === true;
}

export const show = (side: Side): void => useApp.setState({ side, sideLarge: false });
