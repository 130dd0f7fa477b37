/** BusyBox's banner and the usage line of an applet; the option descriptions are left to the real one. */
export const BUSYBOX_BANNER = 'BusyBox v1.37.0 (Debian 1:1.37.0-6+b3) multi-call binary.';

const USAGE: Readonly<Record<string, string>> = {
  basename: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  cat: '[-nbvteA] [FILE]...',
  chmod: '[-Rcvf] MODE[,MODE]... FILE...',
  chown: '[-RhLHPcvf]... USER[:[GRP]] FILE...',
  cp: '[-arPLHpfinlsTu] SOURCE DEST\nor: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }',
  cut: '{-b|c LIST | -f|F LIST [-d SEP] [-s]} [-D] [-O SEP] [FILE]...',
  date: '[OPTIONS] [+FMT] [[-s] TIME]',
  dirname: 'FILENAME',
  echo: '[-neE] [ARG]...',
  env: '[-iu0] [-] [-C DIR] [VAR=VALUE]... [PROG ARGS]',
  expr: 'EXPRESSION',
  find: '[-HL] [PATH]... [OPTIONS] [ACTIONS]',
  grep: '[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
  head: '[OPTIONS] [FILE]...',
  id: '[-ugGnr] [USER]',
  ln: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  ls: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
  mkdir: '[-m MODE] [-p] DIRECTORY...',
  mv: '[-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }',
  readlink: '[-fnv] FILE',
  rm: '[-irf] FILE...',
  rmdir: '[-p] DIRECTORY...',
  sed: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...\nor: sed [-i[SFX]] [-nrE] CMD [FILE]...',
  seq: '[-w] [-s SEP] [FIRST [INC]] LAST',
  sleep: '[N]...',
  sort: '[-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
  stat: '[-ltf] [-c FMT] FILE...',
  tail: '[OPTIONS] [FILE]...',
  tar: 'c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [-T FILE] [-X FILE] [LONGOPT]... [FILE]...',
  tee: '[-ai] [FILE]...',
  touch: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  tr: '[-cds] STRING1 [STRING2]',
  uniq: '[-cduiz] [-f,s,w N] [FILE [OUTFILE]]',
  wc: '[-cmlwL] [FILE]...',
  which: '[-a] COMMAND...',
  xargs: '[OPTIONS] [PROG ARGS]',
};

/** What BusyBox prints after a wrong command line and for `--help`. */
export function busyboxUsage(applet: string): string {
  return `${BUSYBOX_BANNER}\n\nUsage: ${applet}${USAGE[applet] === undefined ? '' : ` ${USAGE[applet]}`}\n`;
}
