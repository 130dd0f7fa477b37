import { DEBIAN_GROUPS, DEBIAN_PASSWD } from '../../lib/debianAccounts.ts';
import { directory, file, type TreeEntry } from './tree.ts';

/** Ids as Debian's base-passwd gives them, and the two people of a Drydock machine. */
export const STUDENT = { name: 'student', uid: 1000, gid: 1000 } as const;
export const DOCKER_GID = 999;

const MEMBERS: Readonly<Record<string, string>> = { sudo: STUDENT.name, docker: STUDENT.name };

/** /etc/passwd, /etc/group and the home directories; the student's is furnished as adduser does it unless it shall be empty. */
export function users(emptyHome = false): readonly TreeEntry[] {
  const { name, uid, gid } = STUDENT;
  const home = `/home/${name}`;
  return [
    file('/etc/passwd', `${DEBIAN_PASSWD}${name}:x:${uid}:${gid}:Student,,,:${home}:/bin/bash\n`),
    file(
      '/etc/group',
      [...DEBIAN_GROUPS, ['docker', DOCKER_GID] as const, [name, gid] as const]
        .map(([group, id]) => `${group}:x:${id}:${MEMBERS[group] ?? ''}\n`)
        .join(''),
    ),
    file('/etc/shadow', `root:*:20000:0:99999:7:::\n${name}:!:20000:0:99999:7:::\n`, 0o640, 0, 42),
    directory('/root', 0o700),
    file('/root/.bashrc', BASHRC),
    file('/root/.profile', PROFILE),
    directory('/home'),
    directory(home, 0o755, uid, gid),
    ...SKELETON.map(([name, text]) => file(`/etc/skel/${name}`, text)),
    ...(emptyHome ? [] : SKELETON.map(([name, text]) => file(`${home}/${name}`, text, 0o644, uid, gid))),
  ];
}

const PROFILE = `# read by login shells
if [ -n "$BASH_VERSION" ] && [ -f "$HOME/.bashrc" ]; then
  . "$HOME/.bashrc"
fi
`;

/** The blue of the prompt is the interface's, by way of ANSI colour 4; root's prompt has no colour, as on Debian. */
const BASHRC = `# read by interactive shells
case $- in
  *i*) ;;
  *) return ;;
esac
HISTCONTROL=ignoreboth
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s histappend checkwinsize
if [ "$EUID" = 0 ]; then
  PS1='\\u@\\h:\\w\\$ '
else
  PS1='\\[\\e[01;34m\\]\\u@\\h\\[\\e[00m\\]:\\w\\$ '
fi
alias ls='ls --color=auto'
alias grep='grep --color=auto'
alias ll='ls -alF'
alias la='ls -A'
alias l='ls -CF'
`;

/** What a new home directory begins with; adduser copies it from /etc/skel. */
const SKELETON: readonly (readonly [string, string])[] = [
  ['.bashrc', BASHRC],
  ['.profile', PROFILE],
  ['.bash_logout', '# runs when a login shell ends\n'],
];
