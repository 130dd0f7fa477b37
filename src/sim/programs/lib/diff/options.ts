/** What a comparison ignores and how it shows differences. */
export interface DiffPlan {
  readonly style: 'normal' | 'unified' | 'context' | 'ed' | 'rcs' | 'side' | 'ifdef';
  readonly contextLines: number;
  readonly labels: readonly string[];
  readonly brief: boolean;
  readonly reportSame: boolean;
  readonly recursive: boolean;
  readonly newFile: boolean;
  readonly unidirectionalNew: boolean;
  readonly ignoreCase: boolean;
  readonly ignoreAllSpace: boolean;
  readonly ignoreSpaceChange: boolean;
  readonly ignoreTrailingSpace: boolean;
  readonly ignoreBlankLines: boolean;
  readonly stripCr: boolean;
  readonly ignoreMatching: readonly string[];
  readonly text: boolean;
  readonly width: number;
  readonly suppressCommon: boolean;
  readonly leftColumn: boolean;
  readonly colour: boolean;
  readonly exclude: readonly string[];
  readonly initialTab: boolean;
  readonly expandTabs: boolean;
  readonly showFunction: boolean;
  /** The options as they were given, for the line `diff -r a b` before each pair. */
  readonly optionText: string;
}
