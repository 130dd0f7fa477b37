import type { Diagram } from './kit/types.ts';

/** Every folder beside this file is a diagram (but `kit`): there is no list to extend. */
const found = import.meta.glob<{ diagram: Diagram }>('./*/index.ts', { eager: true });

export const diagrams: readonly Diagram[] = Object.values(found)
  .map((module) => module.diagram)
  .sort((a, b) => a.order - b.order);
