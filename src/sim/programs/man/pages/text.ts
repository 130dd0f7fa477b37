/** Pages about text. */
export const TEXT = `
# echo(1) print words  see also: printf
> echo [-neE] [WORD]...
-n | without an end of line
-e | \\n, \\t and their like mean what they mean

# printf(1) print in a form  see also: echo
> printf FORMAT [ARGUMENT]...
%s is a word, %d a number, %x a number in hex; \\n ends the line. The form is used again while arguments are left.

# head(1) the first lines  see also: tail
> head [OPTION]... [FILE]...
-n N | N lines, not 10; with -N all but the last N
-c N | N bytes

# tail(1) the last lines  see also: head, less
> tail [OPTION]... [FILE]...
-n N | N lines, not 10; with +N from line N on
-f | go on printing what is added, until Ctrl-C
-F | the same, also when the file is made anew

# wc(1) count lines, words and bytes
> wc [OPTION]... [FILE]...
-l | lines
-w | words
-c | bytes
-m | characters

# sort(1) sort lines  see also: uniq
> sort [OPTION]... [FILE]...
-n | as numbers
-h | as sizes such as 2K and 1G
-r | the other way round
-u | equal lines once
-k N | by the Nth field and what follows
-t CHAR | what is between fields

# uniq(1) equal lines that stand together, once  see also: sort
> uniq [OPTION]... [INPUT]
-c | with their number
-d | only those that stand more than once
-u | only those that stand once

# cut(1) parts of lines  see also: awk
> cut OPTION... [FILE]...
-d CHAR | what is between fields
-f LIST | fields: 1, 1,3 or 2-
-c LIST | characters

# tr(1) replace or delete characters
> tr [OPTION]... SET1 [SET2]
-d | delete those of SET1
-s | those that stand together, once
-c | all but those of SET1

# tee(1) write the input to a file and to the output
> tee [OPTION]... [FILE]...
-a | add to the file

# grep(1) lines that fit a pattern  see also: sed, awk, find
> grep [OPTION]... PATTERN [FILE]...
The exit status is 0 where a line fits, 1 where none does, 2 for an error.
-i | capitals or not
-v | lines that do not fit
-n | with their numbers
-c | only how many
-r | all files below a directory
-l | only names of files
-o | only what fits
-E | extended patterns: + ? | ( )
-F | plain text, no pattern
-w | whole words
-A N | N lines after each; -B before, -C both

# sed(1) change lines as they pass  see also: awk, grep
> sed [OPTION]... SCRIPT [FILE]...
s/OLD/NEW/ replaces the first of a line, s/OLD/NEW/g all; /WORD/d deletes lines; 5,10p prints some.
-n | print only what p prints
-i | write the file anew
-E | extended patterns
-e SCRIPT | one more script

# awk(1) a small language for lines with fields  see also: cut, sed
> awk [-F CHAR] [-v NAME=VALUE] PROGRAM [FILE]...
The program is PATTERN { ACTION }: for each line that fits, the action is done. $1 is the first field, $0 the line, NR its number, NF how many fields it has. BEGIN and END stand for before and after.
-F CHAR | what is between fields
-v NAME=VALUE | a variable

# xargs(1) make a command's arguments of the input  see also: find
> xargs [OPTION]... [COMMAND [ARGUMENT]...]
-n N | at most N arguments for each run
-I TEXT | put each line where TEXT stands
-r | do not run it for nothing
-0 | words end with a zero byte, as those of find -print0 do

# diff(1) what differs between two files  see also: cmp
> diff [OPTION]... OLD NEW
-u | with lines around, as patches have it
-r | directories, file by file
-q | only whether they differ

# jq(1) filter and change JSON  see also: docker, curl
> jq [OPTION]... FILTER [FILE]...
".name" is a field, ".[0]" an item, ".[]" all items, "|" joins filters. What "docker inspect web" prints, piped into jq '.[0].State', leaves the state.
-r | text without quotes
-c | one line for each value
-s | all input as one list
-n | no input
--arg NAME VALUE | a variable $NAME

# base64(1) write bytes as letters
> base64 [OPTION]... [FILE]
-d | back to bytes
-w N | lines of N letters; 0 for one line

# sha256sum(1) the SHA-256 of files  see also: md5sum
> sha256sum [OPTION]... [FILE]...
Digests of images and layers are of this kind.
-c FILE | check the sums that FILE holds

# md5sum(1) the MD5 of files  see also: sha256sum
> md5sum [OPTION]... [FILE]...
-c FILE | check the sums that FILE holds

# seq(1) print numbers in a row
> seq [FIRST [STEP]] LAST
-w | of equal width
-s TEXT | what is between them

# less(1) read a text page by page  see also: more, man
> less [OPTION]... [FILE]...
Space and b go a page on and back, arrows a line, g and G to the begin and the end, /WORD finds, n finds again, q ends.
-N | number the lines
-S | do not break long lines
-R | show colours
-F | end at once where all fits on the screen

# more(1) read a text page by page, forward  see also: less
> more [FILE]...
`;
