/** Pages about files and directories. */
export const FILES = `
# ls(1) list what is in a directory  see also: tree, stat, find
> ls [OPTION]... [FILE]...
Lists the files named, or what is in the directories named; without a name, what is here. Names that begin with a dot are left out unless asked for.
-a | names that begin with a dot, too
-l | one file a line: kind and permissions, links, owner, group, size, time, name
-h | with -l, sizes such as 1.5K and 20M
-t | newest first
-S | largest first
-r | the other way round
-R | directories within directories, too
-d | a directory itself, not what is in it
-i | the number of the inode before each name
-1 | one name a line

# cat(1) print files one behind the other  see also: tac, head, less
> cat [OPTION]... [FILE]...
Writes the files to the output, in order. Without a name, or for -, it reads the input.
-n | number the lines
-A | show what cannot be seen: tabs as ^I, ends of lines as $

# pwd(1) print where you are
> pwd [-LP]
Prints the working directory.
-P | without symbolic links in it

# mkdir(1) make directories  see also: rmdir
> mkdir [OPTION]... DIRECTORY...
-p | make the directories above, too, and be content with one that is there
-m MODE | with these permissions
-v | say what was made

# rmdir(1) remove empty directories  see also: rm, mkdir
> rmdir [OPTION]... DIRECTORY...
-p | the directories above as well, as they become empty

# rm(1) remove files  see also: rmdir
> rm [OPTION]... FILE...
What is removed is gone: there is no bin to take it back from.
-r | directories with all that is in them
-f | do not ask, and do not mind what is not there
-i | ask about each
-v | say what was removed

# cp(1) copy files  see also: mv, ln, docker
> cp [OPTION]... SOURCE DEST
> cp [OPTION]... SOURCE... DIRECTORY
Copies within one file system tree. To copy into or out of a container there is "docker cp".
-r | directories with all that is in them
-a | keep owner, times, permissions and links
-i | ask before a file is replaced
-u | only what is newer than its copy
-v | say what was copied

# mv(1) move or rename files  see also: cp
> mv [OPTION]... SOURCE DEST
> mv [OPTION]... SOURCE... DIRECTORY
-i | ask before a file is replaced
-n | replace nothing
-v | say what was moved

# ln(1) give a file one more name  see also: readlink, cp
> ln [OPTION]... TARGET NAME
A hard link is another name of the same inode. A symbolic link is a file that holds a path.
-s | a symbolic link
-f | in place of what is there

# touch(1) make an empty file, or set a file's times to now
> touch [OPTION]... FILE...
-c | make no file
-d TIME | this time, not now
-r FILE | the times of that file

# stat(1) all that is known about a file  see also: ls
> stat [OPTION]... FILE...
-c FORMAT | only this: %n name, %s size, %a permissions, %U owner, %G group, %i inode, %y time of change
-f | about the file system in which it lies

# chmod(1) change permissions  see also: chown, stat
> chmod [OPTION]... MODE FILE...
MODE is a number such as 755, or a change such as u+x or go-w: whom (u, g, o, a), what to do (+ - =), which permission (r, w, x).
-R | all that is in the directories, too

# chown(1) change owner and group  see also: chmod
> chown [OPTION]... OWNER[:GROUP] FILE...
Only root may give files away. In a container root is a root with fewer powers: see CAP_CHOWN.
-R | all that is in the directories, too

# find(1) find files  see also: xargs, grep, ls
> find [PATH]... [EXPRESSION]
Walks through directories and prints the files for which the expression holds.
-name PATTERN | whose name fits, as the shell's * and ? do
-type f|d|l | files, directories, symbolic links
-size +1M | larger than that
-mtime -1 | changed in the last day
-maxdepth N | not deeper than N
-exec COMMAND {} ; | run the command for each
-delete | remove each

# df(1) how full the file systems are  see also: du, mount
> df [OPTION]... [FILE]...
-h | sizes such as 1.5G
-i | inodes in the place of bytes
-T | with the kind of file system

# du(1) how much room directories take  see also: df
> du [OPTION]... [FILE]...
-s | only the sum for each name given
-h | sizes such as 1.5M
-d N | directories down to a depth of N

# mount(8) show or attach file systems  see also: umount, df
> mount [-t TYPE] [-o OPTIONS] SOURCE DIRECTORY
Without arguments it prints what is attached, overlays of containers among it. In a container it needs CAP_SYS_ADMIN.
-t TYPE | tmpfs, overlay, proc, ...
-o OPTIONS | ro, rw, bind, size=..., lowerdir=...
--bind | show a directory in a second place

# umount(8) detach a file system  see also: mount
> umount DIRECTORY...
-l | now from the tree, and for good when nobody uses it

# tar(1) pack files into an archive, and unpack them  see also: gzip
> tar -cf ARCHIVE FILE...
> tar -xf ARCHIVE [-C DIRECTORY]
> tar -tf ARCHIVE
Layers of images are tar archives: "docker save" writes one that holds others.
-c | make an archive
-x | unpack one
-t | list one
-f ARCHIVE | this file; - is the input or output
-z | packed with gzip
-v | say which files
-C DIRECTORY | go there first

# gzip(1) pack a file  see also: tar, zcat
> gzip [OPTION]... [FILE]...
Puts FILE.gz in the place of FILE.
-d | unpack, as gunzip does
-c | to the output; the file stays
-k | the file stays

# nano(1) edit a file  see also: vi
> nano [+LINE] FILE
^O saves, ^X leaves, ^W finds, ^K cuts a line, ^U puts it back. The keys are listed at the bottom.

# vi(1) edit a file in two modes  see also: nano
> vi [+LINE] FILE
Letters are commands until i, a or o begins to insert; Esc ends that. :w saves, :q leaves, :q! leaves without saving, /word finds, dd deletes a line, p puts it back, u undoes.
`;
