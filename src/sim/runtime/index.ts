/** What others use of the runtime. */
export { RuntimeError } from './containerd.ts';
export type { Containerd, ProcessStreams, RuntimeProcess, Snapshot, Task, TaskOptions, TaskStats } from './containerd.ts';
export { createContainerd } from './engine.ts';
export type { ContainerdEngine } from './engine.ts';
export { dockerInit } from './dockerInit.ts';
export { findIn, readFileIn } from './files.ts';
