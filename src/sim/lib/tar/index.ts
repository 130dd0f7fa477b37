export type { TarEntry, TarType } from './entry.ts';
export { TAR_BLOCK, TarError } from './entry.ts';
export type { TarArchive } from './read.ts';
export { readTar } from './read.ts';
export type { TarInput } from './write.ts';
export { tarMember, writeTar } from './write.ts';
