/** What others use of the runtime. */

export type { Containerd, ProcessStreams, RuntimeProcess, Snapshot, Task, TaskOptions, TaskStats } from './containerd.ts';
export { RuntimeError } from './containerd.ts';
export { dockerInit } from './dockerInit.ts';
export type { ContainerdEngine } from './engine.ts';
export { createContainerd } from './engine.ts';
export { findIn, readFileIn } from './files.ts';
export { inContainerRoot } from './rootView.ts';
export type { OnWritten } from './snapshots.ts';
