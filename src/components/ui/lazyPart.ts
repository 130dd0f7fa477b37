import { type ComponentType, lazy } from 'react';
import { fetchPart } from '../../state/pageParts.ts';

/** React's `lazy` for a page whose network may be gone: the part is waited for, and fetched again. */
// biome-ignore lint/suspicious/noExplicitAny: React's own bound of lazy
export const lazyPart = <C extends ComponentType<any>>(load: () => Promise<{ default: C }>) => lazy(() => fetchPart(load));
