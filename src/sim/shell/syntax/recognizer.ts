import { conditionalEnd } from './conditional.ts';
import { Lexer, type Token, unquoteDelimiter } from './lexer.ts';
import { SyntaxProblem } from './problem.ts';

const RESERVED = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  'select',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  'coproc',
  'in',
]);
const REDIRECTIONS = new Set(['<', '>', '>>', '<<', '<<-', '<<<', '<&', '>&', '<>', '>|', '&>', '&>>']);
/** Reserved in bash alone. */
const BASH_WORDS = new Set(['time', 'coproc', 'select', 'function', '[[']);
const STOPS = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}']);

/**
 * Finds where a complete command ends, replacing aliases on the way, and tells what is wrong with one that cannot be
 * parsed. It builds nothing: the tree comes from `unbash`, which gets the text that was found to be complete.
 */
export class Recognizer extends Lexer {
  aliases: ReadonlyMap<string, string> | undefined;
  /** Texts that aliases were replaced by: an alias is not replaced inside its own value. */
  #expanding: { name: string; end: number }[] = [];
  #i = 0;
  readonly #words: ReadonlySet<string> | undefined;
  /** After an alias whose value ends with a blank, the next word is looked at too. */
  #aliasNext = -1;

  /** `words`: what a POSIX shell has of bash's reserved words. */
  constructor(text: string, options: { posix?: boolean; words?: ReadonlySet<string>; aliases?: ReadonlyMap<string, string> } = {}) {
    super(text);
    this.posix = options.posix ?? false;
    this.#words = options.words;
    this.aliases = options.aliases;
  }

  /** The index after the list of commands that begins at `i` and ends with a newline or the input; null if only blanks are left. */
  commandEnd(i: number): { readonly start: number; readonly end: number } | null {
    this.#i = i;
    this.#expanding = [];
    let token = this.#peek();
    while (token.type === 'newline') {
      this.#i = token.end;
      token = this.#peek();
    }
    if (token.type === 'eof') return null;
    const start = token.start;
    this.#list(false);
    token = this.#peek();
    if (token.type === 'newline') this.#i = this.newlineEnd(token);
    else if (token.type === 'eof') {
      this.#i = token.end;
      this.endOfInput();
    } else this.#unexpected(token);
    return { start, end: this.#i };
  }

  override skipCommands(i: number): number {
    const saved = { i: this.#i, docs: this.hereDocs, expanding: this.#expanding, aliases: this.aliases };
    this.hereDocs = [];
    this.aliases = undefined;
    this.#i = i;
    try {
      this.#list(true);
      const token = this.#peek();
      if (token.type === 'op' && token.text === ')') {
        this.endOfInput();
        return token.end;
      }
      return this.#unexpected(token);
    } catch (error) {
      if (error instanceof SyntaxProblem && error.problem.kind === 'eof') throw new SyntaxProblem({ kind: 'unclosed', wanted: ')' });
      throw error;
    } finally {
      this.#i = saved.i;
      this.hereDocs = saved.docs;
      this.#expanding = saved.expanding;
      this.aliases = saved.aliases;
    }
  }

  #peek(): Token {
    return this.tokenAt(this.#i);
  }

  #unexpected(token: Token, expecting?: string): never {
    if (token.type === 'eof') throw new SyntaxProblem({ kind: 'eof', expecting });
    throw new SyntaxProblem({ kind: 'token', token: token.text, pos: token.start, expecting });
  }

  /** Where a line must go on, its end is as wrong as any other token, also where all input ends. */
  #unexpectedOnLine(token: Token): never {
    this.#unexpected(token.type === 'eof' && !this.posix ? { ...token, type: 'newline', text: 'newline' } : token);
  }

  #newlines(): void {
    for (let token = this.#peek(); token.type === 'newline'; token = this.#peek()) this.#i = this.newlineEnd(token);
  }

  /** Commands joined by `;`, `&` and, if `multiline`, newlines. Stops before what ends them. An empty one is an error unless `multiline` may be empty. */
  #list(multiline: boolean, mayBeEmpty = multiline, expecting?: string): void {
    if (multiline) this.#newlines();
    let count = 0;
    for (;;) {
      const token = this.#peek();
      if (token.type === 'eof' || token.type === 'newline' || this.#isStop(token)) {
        if (count === 0 && !mayBeEmpty) this.#unexpected(token, token.type === 'eof' ? expecting : undefined);
        return;
      }
      this.#andOr();
      count++;
      const next = this.#peek();
      if (next.type === 'op' && (next.text === ';' || next.text === '&')) {
        this.#i = next.end;
        // `a &>f` is `a & >f` here; the tree's parser must not take it for bash's operator.
        if (this.posix && next.text === '&' && this.text[next.end] === '>')
          this.text = `${this.text.slice(0, next.end)} ${this.text.slice(next.end)}`;
        if (multiline) this.#newlines();
      } else if (multiline && next.type === 'newline') this.#newlines();
      else return;
    }
  }

  #isStop(token: Token): boolean {
    if (token.type === 'op') return token.text === ')' || token.text === ';;' || token.text === ';&' || token.text === ';;&';
    return token.type === 'word' && STOPS.has(token.text);
  }

  #andOr(): void {
    this.#pipeline();
    for (;;) {
      const token = this.#peek();
      if (token.type !== 'op' || (token.text !== '&&' && token.text !== '||')) return;
      this.#i = token.end;
      this.#newlines();
      this.#pipeline();
    }
  }

  #pipeline(): void {
    for (;;) {
      const token = this.#peek();
      if (token.type !== 'word' || (token.text !== '!' && (token.text !== 'time' || this.posix))) break;
      this.#i = token.end;
      if (token.text === 'time') {
        const option = this.#peek();
        if (option.type === 'word' && (option.text === '-p' || option.text === '--')) this.#i = option.end;
      }
      const next = this.#peek();
      // bash takes both without a command: `!` gives 1, `time` the times of the shell.
      if (!this.posix && (next.type === 'newline' || next.type === 'eof' || (next.type === 'op' && next.text === ';'))) return;
    }
    this.#command();
    for (;;) {
      const token = this.#peek();
      if (token.type !== 'op' || (token.text !== '|' && token.text !== '|&')) return;
      this.#i = token.end;
      this.#newlines();
      this.#command();
    }
  }

  #command(): void {
    this.#expandAlias();
    if (this.posix) this.#hideBashSyntax();
    const token = this.#peek();
    if (token.type === 'op' && (token.text === '(' || token.text === '((')) {
      if (token.text === '((') {
        const end = this.arithmeticEnd(token.end);
        if (end === -2) throw new SyntaxProblem({ kind: 'unclosed', wanted: ')', pos: token.start });
        if (end >= 0) {
          this.#i = end;
          return this.#redirections();
        }
      }
      this.#i = token.start + 1;
      this.#body(')');
      return this.#redirections();
    }
    if (token.type === 'word') {
      if (!this.#compound(token)) this.#simple(token);
      return;
    }
    if (token.type === 'io' || (token.type === 'op' && REDIRECTIONS.has(token.text))) return this.#simple(token);
    this.#unexpected(token);
  }

  /** The tree's parser must not take for bash's what is none here: `((` opens two subshells, `time` and others are commands. */
  #hideBashSyntax(): void {
    const token = this.#peek();
    const at = token.start + (token.type === 'op' && this.text.startsWith('((', token.start) ? 1 : 0);
    if (at === token.start && (token.type !== 'word' || !BASH_WORDS.has(token.text) || this.#words?.has(token.text))) return;
    this.text = `${this.text.slice(0, at)}${at > token.start ? ' ' : '\\'}${this.text.slice(at)}`;
  }

  /** A non-empty list and the word or operator that closes it. */
  #body(...closers: string[]): string {
    this.deeper();
    this.#list(true, false, closers[closers.length - 1]);
    this.depth--;
    const token = this.#peek();
    if (token.type !== 'eof' && closers.includes(token.text)) {
      this.#i = token.end;
      return token.text;
    }
    return this.#unexpected(token, closers[closers.length - 1]);
  }

  #compound(token: Token): boolean {
    switch (token.text) {
      case '{':
        this.#i = token.end;
        this.#body('}');
        break;
      case 'if': {
        this.#i = token.end;
        this.#body('then');
        let closer = this.#body('elif', 'else', 'fi');
        while (closer === 'elif') {
          this.#body('then');
          closer = this.#body('elif', 'else', 'fi');
        }
        if (closer === 'else') this.#body('fi');
        break;
      }
      case 'while':
      case 'until':
        this.#i = token.end;
        this.#body('do');
        this.#body('done');
        break;
      case 'for':
      case 'select':
        if (token.text === 'select' && this.posix) return false;
        this.#for(token);
        break;
      case 'case':
        this.#case(token);
        break;
      case '[[':
        if (this.posix && !this.#words?.has('[[')) return false;
        this.#i = conditionalEnd(this, token);
        break;
      case 'function':
        if (this.posix && !this.#words?.has('function')) return false;
        this.#function(token);
        return true;
      case 'coproc': {
        if (this.posix) return false;
        this.#i = token.end;
        const name = this.#peek();
        const after = name.type === 'word' && !RESERVED.has(name.text) ? this.tokenAt(name.end) : undefined;
        if (
          after &&
          (after.text === '(' || after.text === '((' || after.text === '{' || (RESERVED.has(after.text) && after.type === 'word'))
        )
          this.#i = name.end;
        this.#command();
        return true;
      }
      case 'then':
      case 'do':
      case 'done':
      case 'fi':
      case 'elif':
      case 'else':
      case 'esac':
      case '}':
        return this.#unexpected(token);
      default:
        return false;
    }
    this.#redirections();
    return true;
  }

  #for(token: Token): void {
    this.#i = token.end;
    const name = this.#peek();
    if (this.posix && name.type !== 'eof' && !(name.type === 'word' && /^[A-Za-z_]\w*$/.test(name.text)))
      throw new SyntaxProblem({ kind: 'message', text: 'Syntax error: Bad for loop variable', near: '', pos: name.start });
    if (token.text === 'for' && name.type === 'op' && name.text === '((') {
      const end = this.arithmeticEnd(name.end);
      if (end < 0) throw new SyntaxProblem({ kind: 'unclosed', wanted: ')', pos: name.start });
      const body = this.text.slice(name.end, end - 2);
      if (body.split(';').length < 3) {
        const text = 'syntax error: arithmetic expression required';
        throw new SyntaxProblem({ kind: 'message', text, near: `((${body}))`, pos: name.start }, 2);
      }
      this.#i = end;
      const semi = this.#peek();
      if (semi.type === 'op' && semi.text === ';') this.#i = semi.end;
    } else {
      if (name.type !== 'word') this.#unexpectedOnLine(name);
      this.#i = name.end;
      const before = this.#peek();
      this.#newlines();
      const next = this.#peek();
      if (next.type === 'word' && next.text === 'in') {
        this.#i = next.end;
        for (let word = this.#peek(); ; word = this.#peek()) {
          if (word.type === 'word') this.#i = word.end;
          else if (word.type === 'newline' || (word.type === 'op' && word.text === ';')) {
            this.#i = word.type === 'newline' ? this.newlineEnd(word) : word.end;
            break;
          } else this.#unexpected(word);
        }
      } else if (before.type === 'op' && before.text === ';') this.#i = before.end;
    }
    this.#newlines();
    const open = this.#peek();
    if (open.type !== 'word' || (open.text !== 'do' && open.text !== '{')) this.#unexpected(open, 'do');
    this.#i = open.end;
    this.#body(open.text === 'do' ? 'done' : '}');
  }

  #case(token: Token): void {
    this.#i = token.end;
    const word = this.#peek();
    if (word.type !== 'word') this.#unexpected(word);
    this.#i = word.end;
    this.#newlines();
    const into = this.#peek();
    if (into.text !== 'in') this.#unexpected(into);
    this.#i = into.end;
    for (;;) {
      this.#newlines();
      let pattern = this.#peek();
      if (pattern.type === 'word' && pattern.text === 'esac') {
        this.#i = pattern.end;
        return;
      }
      if (pattern.type === 'op' && pattern.text === '(') {
        this.#i = pattern.end;
        pattern = this.#peek();
      }
      for (;;) {
        if (pattern.type !== 'word') this.#unexpected(pattern, pattern.type === 'eof' ? ')' : 'esac');
        this.#i = pattern.end;
        const after = this.#peek();
        if (after.type === 'op' && after.text === '|') {
          this.#i = after.end;
          pattern = this.#peek();
        } else if (after.type === 'op' && after.text === ')') {
          this.#i = after.end;
          break;
        } else this.#unexpected(after, ')');
      }
      this.#list(true, true);
      const close = this.#peek();
      if (close.type === 'word' && close.text === 'esac') continue;
      if (close.type !== 'op' || !close.text.startsWith(';') || close.text === ';') this.#unexpected(close, 'esac');
      this.#i = close.end;
    }
  }

  #function(token: Token): void {
    this.#i = token.end;
    const name = this.#peek();
    if (name.type !== 'word') this.#unexpectedOnLine(name);
    this.#i = name.end;
    const open = this.#peek();
    if (open.type === 'op' && open.text === '(') {
      const close = this.tokenAt(open.end);
      if (close.text === ')') this.#i = close.end;
    }
    this.#functionBody();
  }

  #functionBody(): void {
    this.#newlines();
    const token = this.#peek();
    if (this.posix && token.type === 'word') return this.#command();
    const compound =
      (token.type === 'op' && (token.text === '(' || token.text === '((')) ||
      (token.type === 'word' && /^(\{|if|while|until|for|select|case|\[\[)$/.test(token.text));
    if (!compound) this.#unexpected(token);
    this.#command();
  }

  #redirections(): void {
    for (let token = this.#peek(); token.type === 'io' || (token.type === 'op' && REDIRECTIONS.has(token.text)); token = this.#peek())
      this.#redirection(token);
  }

  #redirection(token: Token): void {
    let op = token;
    if (token.type === 'io') op = this.tokenAt(token.end);
    this.#i = op.end;
    const target = this.#peek();
    if (target.type !== 'word' && target.type !== 'io') this.#unexpectedOnLine(target);
    this.#i = target.end;
    if (op.text === '<<' || op.text === '<<-')
      this.hereDocs.push({ delimiter: unquoteDelimiter(target.text), stripTabs: op.text === '<<-', pos: op.start });
  }

  #simple(first: Token): void {
    let words = 0;
    for (let token = first; ; token = this.#peek()) {
      if (token.type === 'word') {
        if (words > 0 && this.#aliasNext >= 0 && this.#i >= this.#aliasNext && this.#expandAlias()) {
          token = this.#peek();
          if (token.type !== 'word') continue;
        }
        const assignment = words === 0 && /^[A-Za-z_]\w*(\[.*\])?\+?=/s.test(token.text);
        this.#i = token.end;
        if (assignment) {
          this.#expandAlias();
          continue;
        }
        if (++words === 1) {
          const open = this.#peek();
          if (open.type === 'op' && open.text === '(') {
            const close = this.tokenAt(open.end);
            if (close.type !== 'op' || close.text !== ')') this.#unexpected(this.posix ? open : close);
            this.#i = close.end;
            return this.#functionBody();
          }
        }
      } else if (token.type === 'io' || (token.type === 'op' && REDIRECTIONS.has(token.text))) this.#redirection(token);
      else if (token.type === 'op' && (token.text === '(' || token.text === '((')) this.#unexpected({ ...token, text: '(' });
      else return;
    }
  }

  /** Replaces the word at the current place if it is an alias; true if it was. */
  #expandAlias(): boolean {
    let changed = false;
    while (this.aliases !== undefined) {
      const token = this.#peek();
      const value = token.type === 'word' ? this.aliases.get(token.text) : undefined;
      this.#expanding = this.#expanding.filter((e) => e.end > token.start);
      if (value === undefined || this.#expanding.some((e) => e.name === token.text)) break;
      this.text = this.text.slice(0, token.start) + value + this.text.slice(token.end);
      const delta = value.length - (token.end - token.start);
      this.#expanding = this.#expanding.map((e) => ({ ...e, end: e.end + delta }));
      this.#expanding.push({ name: token.text, end: token.start + value.length });
      this.#aliasNext = /[ \t]$/.test(value) ? token.start + value.length - 1 : -1;
      changed = true;
    }
    return changed;
  }
}
