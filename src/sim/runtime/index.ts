/** What others use of the runtime. */

export { createContainerd } from './engine.ts';
