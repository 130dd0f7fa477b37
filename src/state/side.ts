/** What stands beside the drawing comes back with a reload of this tab: an open preview, at the address where it is now. */
import { type Side, useApp } from './app.ts';
import { tab } from './storage.ts';

interface Kept {
  readonly session: string;
  readonly url: string;
  readonly large: boolean;
}

const storageKey = 'drydock.preview';
let session = '';
let side: Side | undefined;
let large = false;
/** Where the open preview has got to, by links and redirects. */
let address = '';

/** The side pane belongs to a session: that of this one comes back. */
export function beginSide(id: string): void {
  session = id;
  const kept = read();
  const mine = kept?.session === id ? kept : undefined;
  useApp.setState({ side: mine ? { kind: 'preview', url: mine.url } : { kind: 'messages' }, sideLarge: mine?.large ?? false });
}

/** The open preview shows another page now. */
export function previewAt(url: string): void {
  address = url;
  keep();
}

useApp.subscribe((state) => {
  if (session === '' || (state.side === side && state.sideLarge === large)) return;
  if (state.side !== side && state.side.kind === 'preview') address = state.side.url;
  ({ side, sideLarge: large } = state);
  keep();
});

function read(): Kept | undefined {
  try {
    const kept = JSON.parse(tab.get(storageKey) ?? 'null') as Kept | null;
    return kept && typeof kept.url === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

function keep(): void {
  if (side?.kind !== 'preview') return tab.remove(storageKey);
  const kept: Kept = { session, url: address, large };
  tab.set(storageKey, JSON.stringify(kept));
}
