/** By command, by its long path ('' is docker itself), then by flag. */
export type FlagTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `--format` of commands that list. */
export const TABLE_FORMAT =
  "How the output is to look:\n'table':            As a table with headers (default)\n'table TEMPLATE':   As a table, columns by a Go template\n'json':             As JSON, an object a line\n'TEMPLATE':         As a Go template says, for each row.\nThe fields are told at https://docs.docker.com/go/formatting/";
