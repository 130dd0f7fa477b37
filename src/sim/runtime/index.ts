/** What others use of the runtime. */

export { createContainerd } from './engine.ts';
export type { OnWritten } from './snapshots.ts';
