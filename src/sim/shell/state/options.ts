/** `set -o` names with their letters; the order is that of `set -o`. */
export const SET_OPTIONS: readonly (readonly [name: string, letter: string])[] = [
  ['allexport', 'a'],
  ['braceexpand', 'B'],
  ['emacs', ''],
  ['errexit', 'e'],
  ['errtrace', 'E'],
  ['functrace', 'T'],
  ['hashall', 'h'],
  ['histexpand', 'H'],
  ['history', ''],
  ['ignoreeof', ''],
  ['interactive-comments', ''],
  ['keyword', 'k'],
  ['monitor', 'm'],
  ['noclobber', 'C'],
  ['noexec', 'n'],
  ['noglob', 'f'],
  ['nolog', ''],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['onecmd', 't'],
  ['physical', 'P'],
  ['pipefail', ''],
  ['posix', ''],
  ['privileged', 'p'],
  ['verbose', 'v'],
  ['vi', ''],
  ['xtrace', 'x'],
];

/** `shopt` names that are on in a shell that is not interactive, and those that are off. */
const SHOPT_ON = [
  'checkwinsize',
  'cmdhist',
  'complete_fullquote',
  'extquote',
  'force_fignore',
  'globasciiranges',
  'globskipdots',
  'hostcomplete',
  'interactive_comments',
  'patsub_replacement',
  'progcomp',
  'promptvars',
  'sourcepath',
];
const SHOPT_OFF = [
  'autocd',
  'assoc_expand_once',
  'cdable_vars',
  'cdspell',
  'checkhash',
  'checkjobs',
  'compat31',
  'compat32',
  'compat40',
  'compat41',
  'compat42',
  'compat43',
  'compat44',
  'direxpand',
  'dirspell',
  'dotglob',
  'execfail',
  'expand_aliases',
  'extdebug',
  'extglob',
  'failglob',
  'globstar',
  'gnu_errfmt',
  'histappend',
  'histreedit',
  'histverify',
  'huponexit',
  'inherit_errexit',
  'lastpipe',
  'lithist',
  'localvar_inherit',
  'localvar_unset',
  'login_shell',
  'mailwarn',
  'no_empty_cmd_completion',
  'nocaseglob',
  'nocasematch',
  'noexpand_translation',
  'nullglob',
  'progcomp_alias',
  'restricted_shell',
  'shift_verbose',
  'varredir_close',
  'xpg_echo',
];

/** The switches of a shell: `set -o` and `shopt`. */
export class Options {
  readonly set = new Set<string>(['braceexpand', 'hashall', 'interactive-comments']);
  readonly shopt = new Map<string, boolean>();

  constructor() {
    // bash's table is alphabetical but for `autocd`.
    for (const name of ['autocd', ...[...SHOPT_ON, ...SHOPT_OFF].filter((n) => n !== 'autocd').sort()])
      this.shopt.set(name, SHOPT_ON.includes(name));
  }

  fork(): Options {
    const copy = new Options();
    copy.set.clear();
    for (const name of this.set) copy.set.add(name);
    for (const [name, on] of this.shopt) copy.shopt.set(name, on);
    return copy;
  }

  has(name: string): boolean {
    return this.set.has(name);
  }

  on(name: string): boolean {
    return this.shopt.get(name) ?? false;
  }

  change(name: string, on: boolean): void {
    if (on) this.set.add(name);
    else this.set.delete(name);
  }

  get shellopts(): string {
    return [...this.set].sort().join(':');
  }

  get bashopts(): string {
    return [...this.shopt]
      .filter(([, on]) => on)
      .map(([name]) => name)
      .join(':');
  }
}
