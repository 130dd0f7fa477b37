import type { EditedFile, FileRequest } from '../sim/world/index.ts';
import { type OpenFile, useApp } from './app.ts';
import { tab } from './storage.ts';

/** What was typed in the editor and not saved yet. */
export interface Draft {
  readonly text: string;
  /** Time of change of the file that it is a draft of. */
  readonly mtime: number;
}

interface Kept {
  readonly session: string;
  readonly files: readonly OpenFile[];
  readonly active: string | undefined;
  readonly drafts: Readonly<Record<string, Draft>>;
}

const storageKey = 'drydock.editors';
let session = '';
const drafts = new Map<string, Draft>();

const keyOf = (machine: string, { path, uid }: Pick<FileRequest, 'path' | 'uid'>): string => `file:${machine}:${uid}:${path}`;

/** Opens a file in the editor pane, or brings it to the front. */
export function openFile(machine: string, { path, uid, gid, groups }: FileRequest): void {
  const key = keyOf(machine, { path, uid });
  useApp.setState(({ files }) => ({
    files: files.some((file) => file.key === key) ? files : [...files, { key, machine, path, uid, gid, groups }],
    file: key,
    pane: 'diagram',
  }));
  keep();
}

/** Closes a file; its draft goes with it. */
export function closeFile(key: string): void {
  drafts.delete(key);
  useApp.setState(({ files, file }) => {
    const at = files.findIndex((candidate) => candidate.key === key);
    const left = files.filter((candidate) => candidate.key !== key);
    return { files: left, file: file === key ? left[Math.min(at, left.length - 1)]?.key : file };
  });
  keep();
}

/** Brings a file to the front, or the diagram with undefined. */
export function showFile(key: string | undefined): void {
  useApp.setState({ file: key });
  keep();
}

export const draftOf = (key: string): Draft | undefined => drafts.get(key);

/** Remembers what is not saved; undefined: all is. A reload brings it back. */
export function keepDraft(key: string, draft: Draft | undefined): void {
  if (draft) drafts.set(key, draft);
  else drafts.delete(key);
  keep();
}

/** Files and drafts belong to a session: those of this one come back, those of another are not shown. */
export function beginEditors(id: string): void {
  session = id;
  drafts.clear();
  const kept = read();
  const mine = kept?.session === id ? kept : undefined;
  for (const [key, draft] of Object.entries(mine?.drafts ?? {})) drafts.set(key, draft);
  useApp.setState({ files: mine?.files ?? [], file: mine?.active });
}

function read(): Kept | undefined {
  try {
    const kept = JSON.parse(tab.get(storageKey) ?? 'null') as Kept | null;
    return kept && Array.isArray(kept.files) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function keep(): void {
  const { files, file } = useApp.getState();
  const kept: Kept = { session, files, active: file, drafts: Object.fromEntries(drafts) };
  // Without room for it the draft stays in the page.
  tab.set(storageKey, JSON.stringify(kept));
}

/** Why a file could not be read or saved, as the key of a sentence. */
export type FileProblem = NonNullable<EditedFile['error']>;
