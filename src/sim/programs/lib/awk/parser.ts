import { PARSER_NESTING_MAX } from '../../../kernel/limits.ts';
import { compileRegex, RegexError } from '../../../lib/regex/regex.ts';
import { type AwkToken, tokenise } from './lexer.ts';
import {
  type AwkExpr,
  type AwkFunction,
  type AwkPattern,
  type AwkProgram,
  type AwkRule,
  type AwkStatement,
  AwkSyntaxError,
} from './syntax.ts';
import { syntaxMessage } from './syntaxMessage.ts';

/** How many arguments the functions of the language take. */
const ARGUMENTS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  atan2: [2, 2],
  close: [1, 1],
  cos: [1, 1],
  exp: [1, 1],
  index: [2, 2],
  int: [1, 1],
  log: [1, 1],
  match: [2, 3],
  rand: [0, 0],
  sin: [1, 1],
  split: [2, 4],
  sqrt: [1, 1],
  srand: [0, 1],
  substr: [2, 3],
  system: [1, 1],
  tolower: [1, 1],
  toupper: [1, 1],
};

export function compileAwkRegex(source: string): ReturnType<typeof compileRegex> {
  try {
    return compileRegex(source, 'awk');
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new AwkSyntaxError(
      `regular expression compile failed (${error.message.includes('[') ? 'bad class -- [], [^] or [' : error.message.includes('(') || error.message.includes(')') ? 'missing operand' : 'syntax error'})\n${source}`,
    );
  }
}

/** Recursive descent over awk's grammar, with the rule that `>` is no comparison in an unparenthesised print. */
class Parser {
  readonly #tokens: readonly AwkToken[];
  #at = 0;
  #depth = 0;
  #noIn = false;
  #noGreater = false;
  /** Locals of the function being read: name to slot. */
  #locals = new Map<string, number>();
  readonly functions = new Map<string, AwkFunction>();
  /** Where the statement stands: some make sense in some places only. */
  #loops = 0;
  #inFunction = false;
  #inRecordRule = false;

  constructor(source: string) {
    // A last line without its end is one nonetheless.
    this.#tokens = tokenise(source.endsWith('\n') ? source : `${source}\n`);
  }

  get #token(): AwkToken {
    return this.#tokens[this.#at];
  }

  #fail(token = this.#token): never {
    throw new AwkSyntaxError(syntaxMessage(this.#tokens, this.#tokens.indexOf(token)));
  }

  #is(text: string, kind: AwkToken['kind'] = 'op'): boolean {
    return this.#token.kind === kind && this.#token.text === text;
  }

  #take(text: string, kind: AwkToken['kind'] = 'op'): boolean {
    if (!this.#is(text, kind)) return false;
    this.#at++;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) this.#fail();
  }

  #newlines(): void {
    while (this.#token.kind === 'newline') this.#at++;
  }

  #separators(): void {
    while (this.#token.kind === 'newline' || this.#is(';')) this.#at++;
  }

  program(): AwkProgram {
    const rules: AwkRule[] = [];
    this.#separators();
    while (this.#token.kind !== 'end') {
      if (this.#take('function', 'keyword')) this.#function();
      else rules.push(this.#rule());
      this.#separators();
    }
    return { rules, functions: this.functions };
  }

  #function(): void {
    const name = this.#token;
    if (name.kind !== 'name' && name.kind !== 'call') this.#fail();
    this.#at++;
    this.#need('(');
    const params: string[] = [];
    while (!this.#take(')')) {
      if (params.length > 0) {
        this.#need(',');
        this.#newlines();
      }
      if (this.#token.kind !== 'name') this.#fail();
      params.push(this.#token.text);
      this.#at++;
    }
    this.#newlines();
    this.#locals = new Map(params.map((p, i) => [p, i]));
    this.#inFunction = true;
    const body = this.#block();
    this.#inFunction = false;
    this.#locals = new Map();
    this.functions.set(name.text, { name: name.text, params, body });
  }

  #rule(): AwkRule {
    let pattern: AwkPattern = { kind: 'always' };
    if (this.#take('BEGIN', 'keyword')) pattern = { kind: 'begin' };
    else if (this.#take('END', 'keyword')) pattern = { kind: 'end' };
    else if (!this.#is('{')) {
      const from = this.#expr();
      if (this.#take(',')) {
        this.#newlines();
        pattern = { kind: 'range', from, to: this.#expr() };
      } else pattern = { kind: 'expr', value: from };
    }
    this.#inRecordRule = pattern.kind !== 'begin' && pattern.kind !== 'end';
    if (this.#is('{')) return { pattern, action: this.#block() };
    if (pattern.kind === 'begin' || pattern.kind === 'end') this.#fail();
    if (this.#token.kind !== 'newline' && this.#token.kind !== 'end' && !this.#is(';')) this.#fail();
    return { pattern, action: undefined };
  }

  #block(): AwkStatement {
    this.#need('{');
    const body: AwkStatement[] = [];
    this.#separators();
    while (!this.#take('}')) {
      body.push(this.#statement());
      this.#separators();
    }
    return { op: 'block', body };
  }

  /** What ends a simple statement: ; or a new line, or a } that follows. */
  #terminator(): void {
    if (this.#take(';') || this.#is('}') || this.#token.kind === 'end') return;
    if (this.#token.kind === 'newline') {
      this.#at++;
      return;
    }
    this.#fail();
  }

  /** @throws {AwkSyntaxError} for a word that has no meaning here. */
  #mayStand(word: string): void {
    const { line } = this.#token;
    if ((word === 'break' || word === 'continue') && this.#loops === 0)
      throw new AwkSyntaxError(`line ${line}: ${word === 'break' ? 'break' : 'continue'} statement outside of loop`);
    if ((word === 'next' || word === 'nextfile') && !this.#inFunction && !this.#inRecordRule)
      throw new AwkSyntaxError(`line ${line}: improper use of ${word}`);
    if (word === 'return' && !this.#inFunction) throw new AwkSyntaxError(`line ${line}: return outside function body`);
  }

  #loopBody(): AwkStatement {
    this.#loops++;
    const body = this.#body();
    this.#loops--;
    return body;
  }

  #body(): AwkStatement {
    this.#newlines();
    if (this.#take(';')) return { op: 'block', body: [] };
    return this.#statement();
  }

  #statement(): AwkStatement {
    if (this.#is('{')) return this.#block();
    if (this.#token.kind === 'keyword') {
      const word = this.#token.text;
      switch (word) {
        case 'if': {
          this.#at++;
          this.#need('(');
          const test = this.#expr();
          this.#need(')');
          const yes = this.#body();
          const back = this.#at;
          this.#separators();
          if (this.#take('else', 'keyword')) return { op: 'if', test, yes, no: this.#body() };
          this.#at = back;
          return { op: 'if', test, yes, no: undefined };
        }
        case 'while': {
          this.#at++;
          this.#need('(');
          const test = this.#expr();
          this.#need(')');
          if (this.#take(';')) return { op: 'while', test, body: { op: 'block', body: [] } };
          return { op: 'while', test, body: this.#loopBody() };
        }
        case 'do': {
          this.#at++;
          const body = this.#loopBody();
          this.#separators();
          if (!this.#take('while', 'keyword')) this.#fail();
          this.#need('(');
          const test = this.#expr();
          this.#need(')');
          this.#terminator();
          return { op: 'do', test, body };
        }
        case 'for':
          return this.#for();
        case 'break':
        case 'continue':
        case 'next':
        case 'nextfile':
          this.#mayStand(word);
          this.#at++;
          this.#terminator();
          return { op: word };
        case 'exit':
        case 'return': {
          this.#mayStand(word);
          this.#at++;
          const value = this.#endsStatement() ? undefined : this.#expr();
          this.#terminator();
          return { op: word, value };
        }
        default:
      }
    }
    const simple = this.#simple();
    this.#terminator();
    return simple;
  }

  #for(): AwkStatement {
    this.#at++;
    this.#need('(');
    const [a, b, c, d] = [0, 1, 2, 3].map((n) => this.#tokens[this.#at + n]);
    if (a?.kind === 'name' && b?.kind === 'keyword' && b.text === 'in' && c?.kind === 'name' && d?.text === ')') {
      this.#at += 4;
      return { op: 'forin', name: a.text, slot: this.#slot(a.text), array: c.text, arraySlot: this.#slot(c.text), body: this.#loopBody() };
    }
    const init = this.#is(';') ? undefined : this.#simple();
    this.#need(';');
    this.#newlines();
    const test = this.#is(';') ? undefined : this.#expr();
    this.#need(';');
    this.#newlines();
    const step = this.#is(')') ? undefined : this.#simple();
    this.#need(')');
    if (this.#take(';')) return { op: 'for', init, test, step, body: { op: 'block', body: [] } };
    return { op: 'for', init, test, step, body: this.#loopBody() };
  }

  #simple(): AwkStatement {
    if (this.#is('print', 'keyword') || this.#is('printf', 'keyword')) return this.#print();
    if (this.#take('delete', 'keyword')) {
      const name = this.#token;
      if (name.kind !== 'name') this.#fail();
      this.#at++;
      let keys: AwkExpr[] | undefined;
      if (this.#take('[')) {
        keys = this.#list(']');
        this.#need(']');
      }
      return { op: 'delete', array: name.text, slot: this.#slot(name.text), keys };
    }
    return { op: 'expr', value: this.#expr() };
  }

  #print(): AwkStatement {
    const op = this.#token.text as 'print' | 'printf';
    const { line } = this.#token;
    this.#at++;
    const saved = this.#noGreater;
    this.#noGreater = true;
    let args: readonly AwkExpr[] = [];
    if (!this.#printEnds()) {
      args = this.#list('');
      // `print (a, b) > "f"`: one parenthesised list.
      if (args.length === 1 && args[0].op === 'group' && this.#grouped.has(args[0])) args = this.#grouped.get(args[0])!;
    }
    this.#noGreater = saved;
    if (op === 'printf' && args.length === 0) throw new AwkSyntaxError(`line ${line}: no arguments in call to printf`);
    let to: { how: '>' | '>>' | '|'; target: AwkExpr } | undefined;
    if (this.#is('>') || this.#is('>>') || this.#is('|')) {
      const how = this.#token.text as '>';
      this.#at++;
      this.#noGreater = true;
      const target = this.#concatenation();
      this.#noGreater = saved;
      to = { how, target };
    }
    return { op, args, to };
  }

  readonly #grouped = new Map<AwkExpr, readonly AwkExpr[]>();

  #endsStatement(): boolean {
    return this.#is(';') || this.#is('}') || this.#token.kind === 'newline' || this.#token.kind === 'end';
  }

  #printEnds(): boolean {
    return this.#endsStatement() || this.#is('>') || this.#is('>>') || this.#is('|');
  }

  #list(end: string): AwkExpr[] {
    const out: AwkExpr[] = [];
    if (end !== '' && this.#is(end)) return out;
    for (;;) {
      out.push(this.#expr());
      if (!this.#take(',')) return out;
      this.#newlines();
    }
  }

  #slot(name: string): number {
    return this.#locals.get(name) ?? -1;
  }

  #expr(): AwkExpr {
    return this.#assignment();
  }

  #assignment(): AwkExpr {
    const left = this.#ternary();
    if (this.#token.kind === 'op' && ['=', '+=', '-=', '*=', '/=', '%=', '^='].includes(this.#token.text)) {
      const target = left;
      if (target.op !== 'var' && target.op !== 'index' && target.op !== 'field') {
        return this.#lateAssignment(left);
      }
      const kind = this.#token.text;
      this.#at++;
      this.#newlines();
      return { op: 'assign', kind, target, value: this.#assignment() };
    }
    return left;
  }

  /** `!x = y`, `a && b = c`: the assignment belongs to the last operand. */
  #lateAssignment(left: AwkExpr): AwkExpr {
    if (left.op === 'unary') return { ...left, value: this.#lateOperand(left.value) };
    if (left.op === 'and' || left.op === 'or' || left.op === 'binary' || left.op === 'match')
      return { ...left, right: this.#lateOperand(left.right) };
    if (left.op === 'cond') return { ...left, no: this.#lateOperand(left.no) };
    return this.#fail();
  }

  #lateOperand(target: AwkExpr): AwkExpr {
    if (target.op !== 'var' && target.op !== 'index' && target.op !== 'field') return this.#lateAssignment(target);
    const kind = this.#token.text;
    this.#at++;
    this.#newlines();
    return { op: 'assign', kind, target, value: this.#assignment() };
  }

  #ternary(): AwkExpr {
    const test = this.#or();
    if (!this.#take('?')) return test;
    this.#newlines();
    const yes = this.#assignment();
    this.#newlines();
    this.#need(':');
    this.#newlines();
    return { op: 'cond', test, yes, no: this.#assignment() };
  }

  #or(): AwkExpr {
    let left = this.#and();
    while (this.#take('||')) {
      this.#newlines();
      left = { op: 'or', left, right: this.#and() };
    }
    return left;
  }

  #and(): AwkExpr {
    let left = this.#in();
    while (this.#take('&&')) {
      this.#newlines();
      left = { op: 'and', left, right: this.#in() };
    }
    return left;
  }

  #in(): AwkExpr {
    let left = this.#matching();
    while (!this.#noIn && this.#is('in', 'keyword')) {
      this.#at++;
      const name = this.#token;
      if (name.kind !== 'name') this.#fail();
      this.#at++;
      const keys = this.#grouped.get(left) ?? [left];
      left = { op: 'in', keys, array: name.text, slot: this.#slot(name.text) };
    }
    return left;
  }

  #matching(): AwkExpr {
    let left = this.#comparison();
    while (this.#is('~') || this.#is('!~')) {
      const negated = this.#token.text === '!~';
      this.#at++;
      left = { op: 'match', negated, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): AwkExpr {
    const left = this.#concatenation();
    if (
      this.#token.kind === 'op' &&
      (['<', '<=', '==', '!=', '>='].includes(this.#token.text) || (this.#token.text === '>' && !this.#noGreater))
    ) {
      const kind = this.#token.text;
      this.#at++;
      return { op: 'binary', kind, left, right: this.#concatenation() };
    }
    return left;
  }

  #startsOperand(): boolean {
    const t = this.#token;
    if (t.kind === 'number' || t.kind === 'string' || t.kind === 'regex' || t.kind === 'name' || t.kind === 'call' || t.kind === 'builtin')
      return true;
    return t.kind === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(t.text);
  }

  #concatenation(): AwkExpr {
    let left = this.#additive();
    for (;;) {
      if (this.#is('|') && this.#tokens[this.#at + 1].kind === 'keyword' && this.#tokens[this.#at + 1].text === 'getline') {
        this.#at += 2;
        left = { op: 'getline', from: 'command', source: left, target: this.#lvalueIfAny() };
        continue;
      }
      if (!this.#startsOperand() || this.#is('in', 'keyword')) return left;
      // `a -1` was taken as a subtraction already; here + and - begin an operand only behind a finished one.
      if (this.#is('+') || this.#is('-')) return left;
      left = { op: 'binary', kind: ' ', left, right: this.#additive() };
    }
  }

  #additive(): AwkExpr {
    let left = this.#multiplicative();
    while (this.#is('+') || this.#is('-')) {
      const kind = this.#token.text;
      this.#at++;
      left = { op: 'binary', kind, left, right: this.#multiplicative() };
    }
    return left;
  }

  #multiplicative(): AwkExpr {
    let left = this.#unary();
    while (this.#is('*') || this.#is('/') || this.#is('%')) {
      const kind = this.#token.text;
      this.#at++;
      left = { op: 'binary', kind, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): AwkExpr {
    if (++this.#depth > PARSER_NESTING_MAX) throw new AwkSyntaxError('yacc stack overflow');
    const e = this.#operand();
    this.#depth--;
    return e;
  }

  #operand(): AwkExpr {
    if (this.#is('!') || this.#is('-') || this.#is('+')) {
      const kind = this.#token.text as '!';
      this.#at++;
      return { op: 'unary', kind, value: this.#unary() };
    }
    return this.#power();
  }

  #power(): AwkExpr {
    const base = this.#postfix();
    if (!this.#take('^')) return base;
    // Right to left; a sign may follow.
    const right = this.#is('-') || this.#is('+') || this.#is('!') ? this.#unary() : this.#power();
    return { op: 'binary', kind: '^', left: base, right };
  }

  #postfix(): AwkExpr {
    const value = this.#primary();
    if ((this.#is('++') || this.#is('--')) && (value.op === 'var' || value.op === 'index' || value.op === 'field')) {
      const by = this.#token.text === '++' ? 1 : -1;
      this.#at++;
      return { op: 'increment', target: value, by, prefix: false };
    }
    return value;
  }

  #lvalueIfAny(): AwkExpr | undefined {
    if (this.#token.kind === 'name' || this.#is('$')) return this.#primary();
    return undefined;
  }

  #primary(): AwkExpr {
    const t = this.#token;
    this.#at++;
    switch (t.kind) {
      case 'number':
        return { op: 'number', value: t.value! };
      case 'string':
        return { op: 'string', value: t.text };
      case 'regex':
        return { op: 'regex', source: t.text, regex: compileAwkRegex(t.text) };
      case 'name': {
        if (this.#take('[')) {
          const saved = [this.#noGreater, this.#noIn] as const;
          [this.#noGreater, this.#noIn] = [false, false];
          const keys = this.#list(']');
          [this.#noGreater, this.#noIn] = saved;
          this.#need(']');
          return { op: 'index', array: t.text, slot: this.#slot(t.text), keys };
        }
        return { op: 'var', name: t.text, slot: this.#slot(t.text) };
      }
      case 'call':
        return { op: 'call', name: t.text, args: this.#arguments(), line: t.line };
      case 'builtin': {
        if (!this.#is('(')) {
          if (t.text === 'length') return { op: 'builtin', name: 'length', args: [] };
          return this.#fail();
        }
        const args = this.#arguments();
        const limits = ARGUMENTS[t.text];
        if (limits && (args.length < limits[0] || args.length > limits[1]))
          throw new AwkSyntaxError(`line ${t.line}: wrong number of arguments in call to ${t.text}`);
        return { op: 'builtin', name: t.text, args };
      }
      case 'keyword':
        if (t.text === 'getline') {
          const target = this.#lvalueIfAny();
          if (this.#take('<')) return { op: 'getline', from: 'file', source: this.#redirectSource(), target };
          return { op: 'getline', from: 'main', source: undefined, target };
        }
        this.#at--;
        return this.#fail();
      case 'op':
        if (t.text === '$') {
          if (this.#is('++') || this.#is('--')) {
            const by = this.#token.text === '++' ? 1 : -1;
            this.#at++;
            return { op: 'field', index: { op: 'increment', target: this.#primary(), by, prefix: true } };
          }
          return { op: 'field', index: this.#is('-') || this.#is('+') || this.#is('!') ? this.#unary() : this.#primary() };
        }
        if (t.text === '++' || t.text === '--') {
          const target = this.#primary();
          if (target.op !== 'var' && target.op !== 'index' && target.op !== 'field') this.#fail();
          return { op: 'increment', target, by: t.text === '++' ? 1 : -1, prefix: true };
        }
        if (t.text === '!' || t.text === '-' || t.text === '+') {
          this.#at--;
          return this.#unary();
        }
        if (t.text === '(') return this.#parenthesised();
        this.#at--;
        return this.#fail();
      default:
        this.#at--;
        return this.#fail();
    }
  }

  /** `getline < "a" "b"` takes the first operand only. */
  #redirectSource(): AwkExpr {
    return this.#postfix();
  }

  #parenthesised(): AwkExpr {
    const saved = [this.#noGreater, this.#noIn] as const;
    [this.#noGreater, this.#noIn] = [false, false];
    this.#newlines();
    const items = this.#list(')');
    this.#newlines();
    [this.#noGreater, this.#noIn] = saved;
    this.#need(')');
    if (items.length === 0) this.#fail();
    const group: AwkExpr = { op: 'group', value: items[0] };
    if (items.length > 1) this.#grouped.set(group, items);
    return group;
  }

  #arguments(): AwkExpr[] {
    this.#need('(');
    const saved = [this.#noGreater, this.#noIn] as const;
    [this.#noGreater, this.#noIn] = [false, false];
    this.#newlines();
    const args = this.#list(')');
    this.#newlines();
    [this.#noGreater, this.#noIn] = saved;
    this.#need(')');
    return args;
  }
}

export function parseAwk(source: string): AwkProgram {
  return new Parser(source).program();
}
