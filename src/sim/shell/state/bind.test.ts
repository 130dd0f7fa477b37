import { expect, it } from 'vitest';
import { scriptOutput } from '../testing.ts';

it('bash has variables about itself', () => {
  expect(scriptOutput('echo ${!BASH*}\n')).toBe(
    'BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_LINENO BASH_LOADABLES_PATH BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_VERSION\n',
  );
});

it('BASH_ALIASES and BASH_CMDS are the tables of alias and hash', () => {
  const script = `alias a='b c'
BASH_ALIASES[z]=y
alias
BASH_CMDS[run]=/usr/bin/bash
run -c 'echo ran'
declare -p BASH_ALIASES BASH_CMDS
`;
  expect(scriptOutput(script)).toBe(
    `alias a='b c'\nalias z='y'\nran\ndeclare -A BASH_ALIASES=([z]="y" [a]="b c" )\ndeclare -A BASH_CMDS=([run]="/usr/bin/bash" )\n`,
  );
});

it('with extdebug, BASH_ARGV has the arguments of each function, the last one first', () => {
  expect(scriptOutput('shopt -s extdebug\nf() { echo "${BASH_ARGC[@]} / ${BASH_ARGV[@]}"; }\nf a b\n')).toBe('2 0 / b a\n');
});

it('set lists a computed variable once it has been read', () => {
  expect(scriptOutput('set | { while read -r l; do case $l in LINENO*|SECONDS*) echo "$l";; esac; done; }\n')).toBe('');
});

it('bind warns where no line is edited', () => {
  expect(scriptOutput('bind -q undo\n')).toBe(
    'script.sh: line 1: bind: warning: line editing not enabled\nundo can be invoked via "\\C-x\\C-u", "\\C-_".\n',
  );
});
