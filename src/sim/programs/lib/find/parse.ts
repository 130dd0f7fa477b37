import { isErrno } from '../../../kernel/errno.ts';
import { PARSER_NESTING_MAX } from '../../../kernel/limits.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  open,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFREG,
  S_IFSOCK,
  type Stat,
  stat,
  wallClock,
} from '../../../kernel/syscalls.ts';
import { compileRegex, type Regex, RegexError } from '../../../lib/regex/regex.ts';
import { Fatal, UsageError } from '../failure.ts';
import { parseMode } from '../mode.ts';
import { Output } from '../output.ts';
import { parseDate } from '../parseDate.ts';
import { quote } from '../quote.ts';
import type { Tool } from '../tool.ts';
import { readUsers, type UserTable } from '../users.ts';

/** Tests and actions of GNU's find that BusyBox's lacks. */
const NOT_IN_BUSYBOX = new Set(
  '-printf -fprintf -fprint -fprint0 -ls -fls -iregex -regextype -anewer -cnewer -readable -writable -lname -ilname -daystart -used -fstype -noleaf -gid -uid'.split(
    ' ',
  ),
);

/** +N more than, -N less than, N exactly. */
export interface Range {
  readonly sign: '+' | '-' | '';
  readonly n: number;
}

export type FindNode =
  | { readonly op: 'and' | 'or' | 'list'; readonly left: FindNode; readonly right: FindNode }
  | { readonly op: 'not'; readonly node: FindNode }
  | { readonly op: 'true' | 'false' | 'print' | 'print0' | 'ls' | 'prune' | 'quit' | 'delete' | 'empty' | 'nouser' | 'nogroup' }
  | { readonly op: 'name' | 'path' | 'lname'; readonly pattern: string; readonly fold: boolean }
  | { readonly op: 'regex'; readonly regex: Regex }
  | { readonly op: 'type' | 'xtype'; readonly types: readonly number[] }
  | { readonly op: 'size'; readonly range: Range; readonly unit: number }
  | { readonly op: 'perm'; readonly mode: number; readonly how: 'exact' | 'all' | 'any' }
  | {
      readonly op: 'time';
      readonly field: 'atime' | 'mtime' | 'ctime';
      readonly unit: number;
      readonly range: Range;
      readonly daystart: boolean;
    }
  | { readonly op: 'newer'; readonly field: 'atime' | 'mtime' | 'ctime'; readonly than: number }
  | { readonly op: 'uid' | 'gid' | 'inum' | 'links'; readonly range: Range }
  | { readonly op: 'samefile'; readonly stat: Stat }
  | { readonly op: 'access'; readonly mask: number }
  | { readonly op: 'fstype'; readonly type: string }
  | {
      readonly op: 'exec';
      readonly words: readonly string[];
      readonly many: boolean;
      readonly inDirectory: boolean;
      readonly ask: boolean;
      readonly batch: string[];
    }
  | { readonly op: 'printf'; readonly format: string }
  | { readonly op: 'to'; readonly out: Output; readonly node: FindNode };

export interface FindGlobal {
  minDepth: number;
  maxDepth: number;
  depth: boolean;
  follow: boolean;
  oneFileSystem: boolean;
  now: number;
  users: UserTable;
}

const TYPES: Readonly<Record<string, number>> = { f: S_IFREG, d: S_IFDIR, l: S_IFLNK, b: S_IFBLK, c: S_IFCHR, p: S_IFIFO, s: S_IFSOCK };
const UNITS: Readonly<Record<string, number>> = { b: 512, c: 1, w: 2, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };
const ACTIONS = new Set([
  '-print',
  '-print0',
  '-printf',
  '-ls',
  '-exec',
  '-execdir',
  '-ok',
  '-okdir',
  '-delete',
  '-fprint',
  '-fprint0',
  '-fprintf',
  '-fls',
]);
const DAY = 86_400e6;

/** Reads find's expression; adds `-print` where no action is asked for. */
export class FindParser {
  readonly #t: Tool;
  readonly #words: readonly string[];
  #at = 0;
  #depth = 0;
  #daystart = false;
  #action = false;
  #regexType: 'basic' | 'extended' = 'basic';
  readonly warnings: string[] = [];
  readonly global: FindGlobal = {
    minDepth: 0,
    maxDepth: Number.POSITIVE_INFINITY,
    depth: false,
    follow: false,
    oneFileSystem: false,
    now: 0,
    users: undefined as unknown as UserTable,
  };

  constructor(t: Tool, words: readonly string[]) {
    this.#t = t;
    this.#words = words;
  }

  *parse(): Sim<FindNode> {
    this.global.now = yield* wallClock();
    this.global.users = yield* readUsers();
    if (this.#words.length === 0) return { op: 'print' };
    const tree = yield* this.#list();
    if (this.#at < this.#words.length) {
      const word = this.#words[this.#at];
      if (word === ')') throw new Fatal("invalid expression; you have too many ')'");
      throw new Fatal(`paths must precede expression: \`${word}'`);
    }
    return this.#action ? tree : { op: 'and', left: tree, right: { op: 'print' } };
  }

  *#list(): Sim<FindNode> {
    let left = yield* this.#or();
    while (this.#words[this.#at] === ',') {
      this.#at++;
      left = { op: 'list', left, right: yield* this.#or() };
    }
    return left;
  }

  *#or(): Sim<FindNode> {
    let left = yield* this.#and();
    while (this.#words[this.#at] === '-o' || this.#words[this.#at] === '-or') {
      const word = this.#words[this.#at++];
      if (this.#at >= this.#words.length) throw new Fatal(`expected an expression after ${quote(word)}`);
      left = { op: 'or', left, right: yield* this.#and() };
    }
    return left;
  }

  *#and(): Sim<FindNode> {
    let left = yield* this.#not();
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined || word === ')' || word === ',' || word === '-o' || word === '-or') return left;
      if (word === '-a' || word === '-and') this.#at++;
      left = { op: 'and', left, right: yield* this.#not() };
    }
  }

  *#not(): Sim<FindNode> {
    const word = this.#words[this.#at];
    if (word === '!' || word === '-not') {
      this.#at++;
      if (this.#at >= this.#words.length) throw new Fatal(`expected an expression after ${quote(word)}`);
      return { op: 'not', node: yield* this.#not() };
    }
    if (word === '(') {
      this.#at++;
      if (this.#words[this.#at] === ')') throw new Fatal('invalid expression; empty parentheses are not allowed.');
      if (this.#at >= this.#words.length)
        throw new Fatal("invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('");
      if (++this.#depth > PARSER_NESTING_MAX) throw new Fatal('memory exhausted');
      const node = yield* this.#list();
      this.#depth--;
      if (this.#words[this.#at] !== ')')
        throw new Fatal("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      this.#at++;
      return node;
    }
    if (word === undefined || word === '-o' || word === '-or' || word === '-a' || word === '-and')
      throw new Fatal(`invalid expression; you have used a binary operator '${word}' with nothing before it.`);
    return yield* this.#primary();
  }

  #argument(name: string): string {
    const value = this.#words[this.#at++];
    if (value === undefined) throw new Fatal(this.#t.busybox ? `${name} requires an argument` : `missing argument to \`${name}'`);
    return value;
  }

  #range(name: string): Range {
    const text = this.#argument(name);
    const m = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text);
    if (!m) throw new Fatal(`invalid argument \`${text}' to \`${name}'`);
    return { sign: m[1] as '+', n: Number(m[2]) };
  }

  *#times(path: string): Sim<Stat> {
    try {
      return yield* stat(path);
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`${quote(path)}: ${error.message}`);
      throw error;
    }
  }

  *#output(): Sim<Output> {
    const path = this.#argument('-fprint');
    try {
      return path === '/dev/stdout' ? this.#t.out : path === '/dev/stderr' ? new Output(2) : new Output(yield* open(path, 'w'));
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`${quote(path)}: ${error.message}`);
      throw error;
    }
  }

  *#primary(): Sim<FindNode> {
    const word = this.#words[this.#at++];
    if (this.#t.busybox && (!/^[-(!]/.test(word) || NOT_IN_BUSYBOX.has(word))) throw new UsageError(`unrecognized: ${word}`);
    if (!word.startsWith('-')) {
      throw new Fatal(
        this.#t.busybox
          ? `unrecognized: ${word}`
          : `paths must precede expression: \`${word}'${this.#words[this.#at - 2] === '-name' || this.#words[this.#at - 3] === '-name' ? `\n${this.#t.name}: possible unquoted pattern after predicate \`-name'?` : ''}`,
      );
    }
    if (ACTIONS.has(word)) this.#action = true;
    const g = this.global;
    switch (word) {
      case '-true':
        return { op: 'true' };
      case '-false':
        return { op: 'false' };
      case '-print':
        return { op: 'print' };
      case '-print0':
        return { op: 'print0' };
      case '-ls':
        return { op: 'ls' };
      case '-prune':
        return { op: 'prune' };
      case '-quit':
        return { op: 'quit' };
      case '-empty':
        return { op: 'empty' };
      case '-nouser':
        return { op: 'nouser' };
      case '-nogroup':
        return { op: 'nogroup' };
      case '-delete':
        g.depth = true;
        return { op: 'delete' };
      case '-depth':
      case '-d':
        g.depth = true;
        return { op: 'true' };
      case '-follow':
        g.follow = true;
        return { op: 'true' };
      case '-xdev':
      case '-mount':
        g.oneFileSystem = true;
        return { op: 'true' };
      case '-daystart':
        this.#daystart = true;
        return { op: 'true' };
      case '-noleaf':
      case '-warn':
      case '-nowarn':
      case '-ignore_readdir_race':
        return { op: 'true' };
      case '-regextype': {
        const type = this.#argument(word);
        this.#regexType = /extended|egrep|awk/.test(type) ? 'extended' : 'basic';
        return { op: 'true' };
      }
      case '-maxdepth':
      case '-mindepth': {
        const text = this.#argument(word);
        if (!/^\d+$/.test(text)) throw new Fatal(`Expected a positive decimal integer argument to ${word}, but got ${quote(text)}`);
        if (word === '-maxdepth') g.maxDepth = Number(text);
        else g.minDepth = Number(text);
        return { op: 'true' };
      }
      case '-name':
      case '-iname':
        return { op: 'name', pattern: this.#argument(word), fold: word === '-iname' };
      case '-path':
      case '-ipath':
      case '-wholename':
      case '-iwholename':
        return { op: 'path', pattern: this.#argument(word), fold: word.startsWith('-i') };
      case '-lname':
      case '-ilname':
        return { op: 'lname', pattern: this.#argument(word), fold: word === '-ilname' };
      case '-regex':
      case '-iregex': {
        const source = this.#argument(word);
        try {
          return {
            op: 'regex',
            regex: compileRegex(this.#regexType === 'basic' ? `^\\(${emacs(source)}\\)$` : `^(${source})$`, this.#regexType, {
              ignoreCase: word === '-iregex',
            }),
          };
        } catch (error) {
          if (error instanceof RegexError) throw new Fatal(`failed to compile regular expression '${source}': ${error.message}`);
          throw error;
        }
      }
      case '-type':
      case '-xtype': {
        const text = this.#argument(word);
        const types = text.split(',').map((c) => {
          if (c.length !== 1 || TYPES[c] === undefined)
            throw new Fatal(c.length > 1 ? `Must separate multiple arguments to ${word} using: ','` : `Unknown argument to ${word}: ${c}`);
          return TYPES[c];
        });
        return { op: word === '-type' ? 'type' : 'xtype', types };
      }
      case '-size': {
        const text = this.#argument(word);
        const m = /^([-+]?)(\d+)([bcwkMG]?)$/.exec(text);
        if (!m)
          throw new Fatal(/[^\dbcwkMG]$/.test(text) ? `invalid -size type \`${text.at(-1)}'` : `Invalid argument \`${text}' to -size`);
        return { op: 'size', range: { sign: m[1] as '+', n: Number(m[2]) }, unit: UNITS[m[3] || 'b'] };
      }
      case '-perm': {
        const text = this.#argument(word);
        const how = text[0] === '-' ? 'all' : text[0] === '/' ? 'any' : 'exact';
        const change = parseMode(how === 'exact' ? text : text.slice(1));
        if (change === null) throw new Fatal(`invalid mode ${quote(text)}`);
        return { op: 'perm', mode: change(0, false, 0), how };
      }
      case '-mtime':
      case '-atime':
      case '-ctime':
        return { op: 'time', field: word.slice(1) as 'mtime', unit: DAY, range: this.#range(word), daystart: this.#daystart };
      case '-mmin':
      case '-amin':
      case '-cmin':
        return { op: 'time', field: `${word[1]}time` as 'mtime', unit: 60e6, range: this.#range(word), daystart: this.#daystart };
      case '-newer':
      case '-anewer':
      case '-cnewer':
        return {
          op: 'newer',
          field: word === '-newer' ? 'mtime' : word === '-anewer' ? 'atime' : 'ctime',
          than: (yield* this.#times(this.#argument(word))).mtime,
        };
      case '-uid':
        return { op: 'uid', range: this.#range(word) };
      case '-gid':
        return { op: 'gid', range: this.#range(word) };
      case '-inum':
        return { op: 'inum', range: this.#range(word) };
      case '-links':
        return { op: 'links', range: this.#range(word) };
      case '-user':
      case '-group': {
        const name = this.#argument(word);
        const id = word === '-user' ? g.users.user(name)?.uid : g.users.group(name)?.gid;
        const n = id ?? (/^\d+$/.test(name) ? Number(name) : undefined);
        if (n === undefined)
          throw new Fatal(
            this.#t.busybox
              ? `unknown ${word.slice(1)} ${name}`
              : word === '-user'
                ? `invalid user name or UID argument to -user: ${quote(name)}`
                : `invalid group name or GID argument to -group: ${quote(name)}`,
          );
        return { op: word === '-user' ? 'uid' : 'gid', range: { sign: '', n } };
      }
      case '-samefile':
        return { op: 'samefile', stat: yield* this.#times(this.#argument(word)) };
      case '-readable':
        return { op: 'access', mask: 4 };
      case '-writable':
        return { op: 'access', mask: 2 };
      case '-executable':
        return { op: 'access', mask: 1 };
      case '-fstype':
        return { op: 'fstype', type: this.#argument(word) };
      case '-exec':
      case '-execdir':
      case '-ok':
      case '-okdir':
        return this.#exec(word);
      case '-printf':
        return { op: 'printf', format: this.#argument(word) };
      case '-fprint':
        return { op: 'to', out: yield* this.#output(), node: { op: 'print' } };
      case '-fprint0':
        return { op: 'to', out: yield* this.#output(), node: { op: 'print0' } };
      case '-fls':
        return { op: 'to', out: yield* this.#output(), node: { op: 'ls' } };
      case '-fprintf': {
        const out = yield* this.#output();
        return { op: 'to', out, node: { op: 'printf', format: this.#argument(word) } };
      }
      default: {
        const m = /^-newer([aBcm])([aBcmt])$/.exec(word);
        if (m) {
          const field = m[1] === 'a' ? 'atime' : m[1] === 'm' ? 'mtime' : 'ctime';
          const text = this.#argument(word);
          if (m[2] === 't') {
            const when = parseDate(text, g.now);
            if (when === null) throw new Fatal(`I cannot figure out how to interpret ${quote(text)} as a date or time`);
            return { op: 'newer', field, than: when };
          }
          return { op: 'newer', field, than: (yield* this.#times(text))[m[2] === 'a' ? 'atime' : m[2] === 'm' ? 'mtime' : 'ctime'] };
        }
        if (this.#t.busybox) throw new UsageError(`unrecognized: ${word}`);
        throw new Fatal(`unknown predicate \`${word}'`);
      }
    }
  }

  #exec(name: string): FindNode {
    const words: string[] = [];
    for (;;) {
      const word = this.#words[this.#at++];
      if (word === undefined) throw new Fatal(this.#t.busybox ? `${name} requires an argument` : `missing argument to \`${name}'`);
      if (word === ';') break;
      if (word === '+' && words.at(-1) === '{}') {
        if (words.filter((w) => w.includes('{}')).length > 1) throw new Fatal(`only one instance of {} is supported with ${name} ... +`);
        return { op: 'exec', words: words.slice(0, -1), many: true, inDirectory: name === '-execdir', ask: false, batch: [] };
      }
      words.push(word);
    }
    if (words.length === 0) throw new Fatal(`invalid argument \`;' to \`${name}'`);
    return { op: 'exec', words, many: false, inDirectory: name.endsWith('dir'), ask: name.startsWith('-ok'), batch: [] };
  }
}

/** In find's default (Emacs) syntax + and ? are operators without a backslash. */
function emacs(source: string): string {
  let out = '';
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (c === '\\' && i + 1 < source.length) {
      const next = source[++i];
      out += next === '+' || next === '?' ? next : `\\${next}`;
    } else if (c === '[') {
      const end = source.indexOf(']', i + (source[i + 1] === '^' ? 3 : 2));
      out += end < 0 ? c : source.slice(i, end + 1);
      if (end >= 0) i = end;
    } else out += c === '+' || c === '?' ? `\\${c}` : c;
  }
  return out;
}
