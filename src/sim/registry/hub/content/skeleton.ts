/** What a home directory of a Debian or Ubuntu image begins with (base-files, bash): /etc/skel, and root's own. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { dir, file } from './tree.ts';

const PROFILE = `# read by login shells
if [ -n "$BASH_VERSION" ] && [ -f "$HOME/.bashrc" ]; then
    . "$HOME/.bashrc"
fi
if [ -d "$HOME/bin" ]; then
    PATH="$HOME/bin:$PATH"
fi
if [ -d "$HOME/.local/bin" ]; then
    PATH="$HOME/.local/bin:$PATH"
fi
`;

/** Ubuntu turns the short forms of ls on, Debian leaves them to the user. */
const bashrc = (ubuntu: boolean): string => `# read by interactive shells
case $- in
    *i*) ;;
      *) return;;
esac
HISTCONTROL=ignoreboth
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s histappend checkwinsize
PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
alias ls='ls --color=auto'
${
  ubuntu
    ? `alias grep='grep --color=auto'
alias fgrep='fgrep --color=auto'
alias egrep='egrep --color=auto'
alias ll='ls -alF'
alias la='ls -A'
alias l='ls -CF'
`
    : "#alias ll='ls -l'\n#alias la='ls -A'\n#alias l='ls -CF'\n"
}`;

const LOGOUT = '# runs when a login shell ends\n';

const skeleton = (ubuntu: boolean): readonly (readonly [string, string])[] => [
  ['.bash_logout', LOGOUT],
  ['.bashrc', bashrc(ubuntu)],
  ['.profile', PROFILE],
];

export function homes(ubuntu: boolean): TarInput[] {
  return [
    ...skeleton(ubuntu).map(([name, text]) => file(`etc/skel/${name}`, text)),
    file('root/.bashrc', ubuntu ? bashrc(true) : '# read by interactive shells of root\n'),
    file('root/.profile', 'if [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n'),
  ];
}

/** The home of the user that Ubuntu's images have since 23.04. */
export function ubuntuHome(): TarInput[] {
  return [
    dir('home/ubuntu', 0o750, 1000, 1000),
    ...skeleton(true).map(([name, text]) => file(`home/ubuntu/${name}`, text, 0o644, 1000, 1000)),
  ];
}
