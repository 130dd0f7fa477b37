/** What a run of tar is asked to do. */
export interface TarPlan {
  /** '-' is standard input or output. */
  readonly file: string;
  /** Names with the directory that -C set before them. */
  readonly operands: readonly { readonly name: string; readonly dir: string | undefined }[];
  readonly exclude: readonly string[];
  readonly excluded: (name: string) => boolean;
  /** The last -C. */
  readonly directory: string | undefined;
  readonly compression: 'gzip' | 'xz' | 'bzip2' | undefined;
  readonly verbose: number;
  readonly toStdout: boolean;
  readonly absolute: boolean;
  readonly strip: number;
  readonly dereference: boolean;
  readonly wildcards: boolean;
  readonly keepOld: boolean;
  readonly skipOld: boolean;
  readonly permissions: boolean;
  readonly numericOwner: boolean;
  readonly owner: string | undefined;
  readonly group: string | undefined;
  readonly mode: string | undefined;
  readonly mtime: string | undefined;
  readonly sortByName: boolean;
  readonly recursion: boolean;
  readonly removeFiles: boolean;
  readonly noTimes: boolean;
  readonly sameOwner: boolean | undefined;
  readonly transform: readonly string[];
  readonly showTransformed: boolean;
  readonly fullTime: boolean;
  readonly totals: boolean;
}
