/** A file tree as data: what a machine's disk holds when it boots for the first time. */

export type TreeEntry = {
  readonly path: string;
  /** Permission bits; default 0644 for files, 0755 for directories and executables. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
} & ({ readonly text: string } | { readonly program: string } | { readonly link: string } | { readonly directory: true });

export const directory = (path: string, mode?: number, uid?: number, gid?: number): TreeEntry => ({
  path,
  directory: true,
  mode,
  uid,
  gid,
});
export const file = (path: string, text: string, mode?: number, uid?: number, gid?: number): TreeEntry => ({ path, text, mode, uid, gid });
export const link = (path: string, target: string): TreeEntry => ({ path, link: target });
export const program = (path: string, name: string, mode?: number): TreeEntry => ({ path, program: name, mode });
