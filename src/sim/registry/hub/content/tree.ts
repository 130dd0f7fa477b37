/** The parts that file trees of images are made of. */
import { executableStub } from '../../../kernel/executable.ts';
import type { TarInput } from '../../../lib/tar/index.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';

/** 2026-08-05 00:00:00 UTC: when the files of catalogue images say they were made. */
const MADE = 1_785_888_000_000_000;

export const dir = (name: string, mode = 0o755, uid = 0, gid = 0): TarInput => ({ name, type: 'directory', mode, uid, gid, mtime: MADE });
export const file = (name: string, text: string, mode = 0o644, uid = 0, gid = 0): TarInput => ({
  name,
  type: 'file',
  mode,
  uid,
  gid,
  mtime: MADE,
  data: encodeUtf8(text),
});
export const exec = (name: string, program: string, mode = 0o755): TarInput => ({
  name,
  type: 'file',
  mode,
  uid: 0,
  gid: 0,
  mtime: MADE,
  data: executableStub(program),
});
export const link = (name: string, linkname: string): TarInput => ({
  name,
  type: 'symlink',
  mode: 0o777,
  uid: 0,
  gid: 0,
  mtime: MADE,
  linkname,
});

export const dirs = (...names: string[]): TarInput[] => names.map((name) => dir(name));
