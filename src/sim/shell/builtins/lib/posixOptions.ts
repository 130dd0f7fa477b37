/** `set -o` of dash and ash: their own lists, in their own order. */
import type { Shell } from '../../state/shell.ts';

const COMMON = ['errexit', 'noglob', 'ignoreeof'];

const ASH = [
  ...COMMON,
  ...['monitor', 'noexec', 'xtrace', 'verbose', 'noclobber', 'allexport', 'notify', 'nounset', 'errtrace', 'vi', 'pipefail'],
];
const DASH = [
  ...COMMON,
  ...['interactive', 'monitor', 'noexec', 'stdin', 'xtrace', 'verbose', 'vi', 'emacs', 'noclobber', 'allexport'],
  ...['notify', 'nounset', 'privileged', 'nolog', 'debug'],
];

/** The names that `set -o` takes. */
export const posixOptions = (sh: Shell): readonly string[] => (sh.dialect === 'ash' ? ASH : DASH);

function isOn(sh: Shell, name: string): boolean {
  if (name === 'interactive') return sh.interactive;
  if (name === 'stdin') return !sh.interactive && !sh.commandString && !sh.scriptFile;
  return sh.options.has(name);
}

/** `set -o` and, as commands that make it so again, `set +o`. */
export function posixListing(sh: Shell, commands: boolean): string {
  const names = posixOptions(sh);
  if (commands) return names.map((name) => `set ${isOn(sh, name) ? '-' : '+'}o ${name}\n`).join('');
  const head = sh.dialect === 'ash' ? '' : 'Current option settings\n';
  return head + names.map((name) => `${name.padEnd(16)}${isOn(sh, name) ? 'on' : 'off'}\n`).join('');
}
