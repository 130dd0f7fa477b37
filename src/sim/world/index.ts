/** The front door of the simulator. Everything outside of `src/sim` enters here or through `view.ts`. */

export { isRandomName } from '../daemon/containers/randomName.ts';
export { LoadError } from '../kernel/scheduler.ts';
export { withoutLineNumbers } from '../shell/index.ts';
export type { EditedFile } from './editedFile.ts';
export { fingerprint } from './fingerprint.ts';

export { type FileRequest, type Input, type InputLog, type PreviewRequest, parseInputLog } from './inputLog.ts';

export { directory, file, type TreeEntry } from './rootfs/tree.ts';
export type { CommandResult, Session } from './session.ts';
export { World } from './world.ts';
