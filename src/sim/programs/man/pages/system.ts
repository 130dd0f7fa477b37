/** Pages about processes, people and the machine. */
export const SYSTEM = `
# ps(1) the processes  see also: top, pgrep, kill
> ps [OPTION]...
Without options, those of this terminal. A container sees its own only, numbered from 1; the host sees all, with other numbers.
aux | all, with owner, CPU, memory and state
-ef | all, with their parents
-o LIST | only these columns: pid,ppid,user,stat,comm,args,...
-p PID | only this one

# top(1) the processes, again and again  see also: ps, free
> top [-b] [-n N] [-d SECONDS]
q ends, M sorts by memory, P by CPU, k kills.
-b | as plain text
-n N | N times

# kill(1) send a signal to processes  see also: pkill, killall, ps
> kill [-SIGNAL] PID...
TERM asks to end, and is what is sent if no other is named; KILL ends at once; HUP often means: read your settings again.
-l | the names of all signals
-9 | KILL

# pkill(1) send a signal to processes by name  see also: kill, pgrep
> pkill [-SIGNAL] [OPTION]... PATTERN
-f | the whole command line is looked at
-u USER | only those of this user

# pgrep(1) numbers of processes by name  see also: pkill, ps
> pgrep [OPTION]... PATTERN
-l | with names
-a | with command lines
-f | the whole command line is looked at

# killall(1) send a signal to all processes of a name  see also: kill, pkill
> killall [-SIGNAL] NAME...

# free(1) how much memory there is  see also: top
> free [OPTION]...
-h | sizes such as 1.5Gi
-m | in mebibytes

# uptime(1) how long the machine has been up
> uptime [-ps]

# date(1) what time it is
> date [OPTION]... [+FORMAT]
FORMAT: %Y year, %m month, %d day, %H:%M:%S time, %s seconds since 1970, %F a date, %T a time.
-u | in UTC
-d TEXT | that time, not now

# sleep(1) wait
> sleep NUMBER[s|m|h|d]...

# env(1) run a command with other variables  see also: export, printenv
> env [-i] [NAME=VALUE]... [COMMAND [ARGUMENT]...]
Without a command it prints the variables.
-i | begin without any
-u NAME | without this one

# id(1) who you are: user, groups  see also: whoami, groups
> id [OPTION]... [USER]
-u | the user's number
-g | the group's number
-G | all groups
-n | names in the place of numbers

# whoami(1) the name of the user  see also: id
> whoami

# groups(1) the groups of a user  see also: id
> groups [USER]...
Members of the group docker may use the engine, which is as good as being root.

# hostname(1) the name of the machine  see also: uname
> hostname [-iI] [NAME]
In a container it is the container's short id, unless "docker run --hostname" gave another.

# uname(1) the kernel and the machine
> uname [OPTION]...
A container has no kernel of its own: it prints what the host prints.
-a | everything
-r | the version
-m | the kind of processor

# sudo(8) run a command as root  see also: su
> sudo [-u USER] COMMAND [ARGUMENT]...
> sudo -i
-i | a login shell
-u USER | as this user

# su(1) become another user  see also: sudo
> su [-] [USER]
- | with that user's surroundings, as after a login
-c COMMAND | only this command

# which(1) where a command lies  see also: man
> which [-a] NAME...
-a | all places

# man(1) read the manual  see also: less, apropos
> man [SECTION] NAME...
> man -k WORD
Pages are in words of our own, about what the programs here can do. Commands of docker explain themselves: "docker run --help".
-k WORD | pages whose name or phrase has the word
-f NAME | the phrase of a page

# clear(1) an empty screen
> clear

# history(1) the commands typed before
> history [N]
!! is the last command, !N the one of that number; Ctrl-R looks for one.

# systemctl(1) start and stop services  see also: service, journalctl
> systemctl COMMAND [UNIT]...
docker.service is started by docker.socket when somebody connects.
start, stop, restart | what they say
status | how it is, and its last lines of log
enable, disable | at boot or not
is-active | one word, and an exit status

# service(8) start and stop services, the older way  see also: systemctl
> service NAME start|stop|restart|status

# git(1) keep versions of files
> git COMMAND [ARGUMENT]...
A few repositories of examples can be cloned: try git clone https://github.com/docker/welcome-to-docker.
clone, status, log, add, commit, diff, branch, checkout | the commands that are simulated, among others

# docker(1) talk to the Docker Engine  see also: man
> docker COMMAND [ARGUMENT]...
Every command tells about itself: "docker --help" lists them, "docker run --help" explains one.
`;
