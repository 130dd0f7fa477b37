import { directory, file, type TreeEntry } from './tree.ts';

/** Ids as Debian's base-passwd gives them, and the two people of a Drydock machine. */
export const STUDENT = { name: 'student', uid: 1000, gid: 1000 } as const;
export const DOCKER_GID = 999;

const SYSTEM_USERS = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

const SYSTEM_GROUPS: readonly (readonly [name: string, gid: number])[] = [
  ['root', 0],
  ['daemon', 1],
  ['bin', 2],
  ['sys', 3],
  ['adm', 4],
  ['tty', 5],
  ['disk', 6],
  ['lp', 7],
  ['mail', 8],
  ['news', 9],
  ['uucp', 10],
  ['man', 12],
  ['proxy', 13],
  ['kmem', 15],
  ['dialout', 20],
  ['fax', 21],
  ['voice', 22],
  ['cdrom', 24],
  ['floppy', 25],
  ['tape', 26],
  ['sudo', 27],
  ['audio', 29],
  ['dip', 30],
  ['www-data', 33],
  ['backup', 34],
  ['operator', 37],
  ['list', 38],
  ['irc', 39],
  ['src', 40],
  ['shadow', 42],
  ['utmp', 43],
  ['video', 44],
  ['sasl', 45],
  ['plugdev', 46],
  ['staff', 50],
  ['games', 60],
  ['users', 100],
  ['docker', DOCKER_GID],
  ['nogroup', 65534],
];

const MEMBERS: Readonly<Record<string, string>> = { sudo: STUDENT.name, docker: STUDENT.name };

/** /etc/passwd, /etc/group and the home directories; the student's is furnished as adduser does it unless it shall be empty. */
export function users(emptyHome = false): readonly TreeEntry[] {
  const { name, uid, gid } = STUDENT;
  const home = `/home/${name}`;
  return [
    file('/etc/passwd', `${SYSTEM_USERS}${name}:x:${uid}:${gid}:Student,,,:${home}:/bin/bash\n`),
    file(
      '/etc/group',
      [...SYSTEM_GROUPS.map(([group, id]) => `${group}:x:${id}:${MEMBERS[group] ?? ''}`), `${name}:x:${gid}:`, ''].join('\n'),
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
