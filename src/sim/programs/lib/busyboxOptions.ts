/** Which of GNU's options BusyBox has too: applets take far fewer letters and hardly any long names. */
import type { OptionSpec } from './optionSpec.ts';

const GREP = { short: 'lnqvscFiHhefLorRmwxABCEaI', long: ['color'] };
const SUM = { short: 'scwbt', long: [] };

const KNOWN: Readonly<Record<string, { readonly short: string; readonly long?: readonly string[] }>> = {
  base64: { short: 'dw' },
  basename: { short: 'as' },
  cat: { short: 'etvAnbu' },
  cmp: { short: 'sln' },
  comm: { short: '123' },
  cut: { short: 'bcfdOsDFn' },
  date: { short: 'RsudrID', long: ['rfc-2822', 'set', 'utc', 'date', 'reference'] },
  df: { short: 'kPTtaiBhm' },
  diff: {
    short: 'abdiLNqrsStTUwBE',
    long: [
      ...['ignore-case', 'ignore-tab-expansion', 'ignore-space-change', 'ignore-all-space', 'ignore-blank-lines', 'text', 'unified'],
      ...['label', 'brief', 'expand-tabs', 'initial-tab', 'recursive', 'new-file', 'report-identical-files', 'starting-file', 'minimal'],
    ],
  },
  du: { short: 'aHkLsxdlcbhm' },
  egrep: GREP,
  env: { short: '+i0u', long: ['ignore-environment', 'null', 'unset'] },
  expand: { short: 'it', long: ['initial', 'tabs'] },
  fgrep: GREP,
  fold: { short: 'bsw' },
  grep: GREP,
  head: { short: 'ncqv0123456789' },
  hostname: { short: 'dfisFv', long: ['domain', 'fqdn', 'long', 'ip-address', 'short', 'verbose', 'file'] },
  id: { short: 'rnugG' },
  ln: { short: 'sfnbSvT' },
  md5sum: SUM,
  mkdir: { short: 'mpv', long: ['mode', 'parents', 'verbose'] },
  mktemp: { short: 'dqtpu', long: ['directory', 'quiet', 'dry-run', 'tmpdir'] },
  mv: { short: 'finTtv' },
  nl: { short: 'pwsvib' },
  nproc: { short: '', long: ['ignore', 'all'] },
  readlink: { short: 'nfvsq' },
  rm: { short: 'fiRrv' },
  rmdir: { short: 'pv', long: ['parents', 'ignore-fail-on-non-empty'] },
  seq: { short: '+ws' },
  sha1sum: SUM,
  sha256sum: SUM,
  sha512sum: SUM,
  shuf: { short: 'ezino' },
  sort: { short: 'ngMucszbrdfimhVSTokt' },
  split: { short: 'lba' },
  stat: { short: 'tLfc' },
  tail: { short: 'fcnqsvF0123456789' },
  tee: { short: 'ia' },
  timeout: { short: '+sk' },
  touch: { short: 'chrdtam', long: ['no-create', 'reference', 'date', 'no-dereference'] },
  tr: { short: '+Ccds' },
  truncate: { short: 'cs' },
  uname: { short: 'amnrspvio' },
  uniq: { short: 'cdufswiz' },
  wc: { short: 'lwmcL' },
};

/** `spec` without what the applet does not take; as it is for applets that are not in the table. */
export function busyboxSpec(applet: string, spec: OptionSpec): OptionSpec {
  const known = Object.hasOwn(KNOWN, applet) ? KNOWN[applet] : undefined;
  if (!known) return spec;
  const short = [...spec.short.matchAll(/([^:+])(:*)/g)].filter(([, letter]) => known.short.includes(letter)).map(([text]) => text);
  return {
    ...spec,
    short: `${spec.short.startsWith('+') ? '+' : ''}${short.join('')}`,
    long: Object.fromEntries(Object.entries(spec.long ?? {}).filter(([name]) => known.long?.includes(name))),
  };
}
