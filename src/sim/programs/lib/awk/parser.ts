/** awk's grammar: rules, functions and statements. */
import { ExpressionParser } from './expressionParser.ts';
import {
  type AwkExpr,
  type AwkFunction,
  type AwkPattern,
  type AwkProgram,
  type AwkRule,
  type AwkStatement,
  AwkSyntaxError,
} from './syntax.ts';
import { AwkTokens } from './tokens.ts';

/** Parses a program; throws AwkSyntaxError. */
export function parseAwk(source: string): AwkProgram {
  return new Parser(source).program();
}

class Parser {
  readonly #tokens: AwkTokens;
  readonly #expressions: ExpressionParser;
  readonly functions = new Map<string, AwkFunction>();
  /** Where the statement stands: some make sense in some places only. */
  #loops = 0;
  #inFunction = false;
  #inRecordRule = false;

  constructor(source: string) {
    this.#tokens = new AwkTokens(source);
    this.#expressions = new ExpressionParser(this.#tokens);
  }

  /** The whole program. */
  program(): AwkProgram {
    const rules: AwkRule[] = [];
    this.#tokens.separators();
    while (this.#tokens.token.kind !== 'end') {
      if (this.#tokens.take('function', 'keyword')) this.#function();
      else rules.push(this.#rule());
      this.#tokens.separators();
    }
    return { rules, functions: this.functions };
  }

  #function(): void {
    const name = this.#tokens.token;
    if (name.kind !== 'name' && name.kind !== 'call') this.#tokens.fail();
    this.#tokens.at++;
    this.#tokens.need('(');
    const params: string[] = [];
    while (!this.#tokens.take(')')) {
      if (params.length > 0) {
        this.#tokens.need(',');
        this.#tokens.newlines();
      }
      if (this.#tokens.token.kind !== 'name') this.#tokens.fail();
      params.push(this.#tokens.token.text);
      this.#tokens.at++;
    }
    this.#tokens.newlines();
    this.#expressions.locals = new Map(params.map((p, i) => [p, i]));
    this.#inFunction = true;
    const body = this.#block();
    this.#inFunction = false;
    this.#expressions.locals = new Map();
    this.functions.set(name.text, { name: name.text, params, body });
  }

  #rule(): AwkRule {
    let pattern: AwkPattern = { kind: 'always' };
    if (this.#tokens.take('BEGIN', 'keyword')) pattern = { kind: 'begin' };
    else if (this.#tokens.take('END', 'keyword')) pattern = { kind: 'end' };
    else if (!this.#tokens.is('{')) {
      const from = this.#expressions.expr();
      if (this.#tokens.take(',')) {
        this.#tokens.newlines();
        pattern = { kind: 'range', from, to: this.#expressions.expr() };
      } else pattern = { kind: 'expr', value: from };
    }
    this.#inRecordRule = pattern.kind !== 'begin' && pattern.kind !== 'end';
    if (this.#tokens.is('{')) return { pattern, action: this.#block() };
    if (pattern.kind === 'begin' || pattern.kind === 'end') this.#tokens.fail();
    if (this.#tokens.token.kind !== 'newline' && this.#tokens.token.kind !== 'end' && !this.#tokens.is(';')) this.#tokens.fail();
    return { pattern, action: undefined };
  }

  #block(): AwkStatement {
    this.#tokens.need('{');
    const body: AwkStatement[] = [];
    this.#tokens.separators();
    while (!this.#tokens.take('}')) {
      body.push(this.#statement());
      this.#tokens.separators();
    }
    return { op: 'block', body };
  }

  /** What ends a simple statement: ; or a new line, or a } that follows. */
  #terminator(): void {
    if (this.#tokens.take(';') || this.#tokens.is('}') || this.#tokens.token.kind === 'end') return;
    if (this.#tokens.token.kind === 'newline') {
      this.#tokens.at++;
      return;
    }
    this.#tokens.fail();
  }

  /** @throws {AwkSyntaxError} for a word that has no meaning here. */
  #mayStand(word: string): void {
    const { line } = this.#tokens.token;
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
    this.#tokens.newlines();
    if (this.#tokens.take(';')) return { op: 'block', body: [] };
    return this.#statement();
  }

  #statement(): AwkStatement {
    if (this.#tokens.is('{')) return this.#block();
    if (this.#tokens.token.kind === 'keyword') {
      const word = this.#tokens.token.text;
      switch (word) {
        case 'if': {
          this.#tokens.at++;
          this.#tokens.need('(');
          const test = this.#expressions.expr();
          this.#tokens.need(')');
          const yes = this.#body();
          const back = this.#tokens.at;
          this.#tokens.separators();
          if (this.#tokens.take('else', 'keyword')) return { op: 'if', test, yes, no: this.#body() };
          this.#tokens.at = back;
          return { op: 'if', test, yes, no: undefined };
        }
        case 'while': {
          this.#tokens.at++;
          this.#tokens.need('(');
          const test = this.#expressions.expr();
          this.#tokens.need(')');
          if (this.#tokens.take(';')) return { op: 'while', test, body: { op: 'block', body: [] } };
          return { op: 'while', test, body: this.#loopBody() };
        }
        case 'do': {
          this.#tokens.at++;
          const body = this.#loopBody();
          this.#tokens.separators();
          if (!this.#tokens.take('while', 'keyword')) this.#tokens.fail();
          this.#tokens.need('(');
          const test = this.#expressions.expr();
          this.#tokens.need(')');
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
          this.#tokens.at++;
          this.#terminator();
          return { op: word };
        case 'exit':
        case 'return': {
          this.#mayStand(word);
          this.#tokens.at++;
          const value = this.#endsStatement() ? undefined : this.#expressions.expr();
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
    this.#tokens.at++;
    this.#tokens.need('(');
    const [a, b, c, d] = [0, 1, 2, 3].map((n) => this.#tokens.ahead(n));
    if (a?.kind === 'name' && b?.kind === 'keyword' && b.text === 'in' && c?.kind === 'name' && d?.text === ')') {
      this.#tokens.at += 4;
      return {
        op: 'forin',
        name: a.text,
        slot: this.#expressions.slot(a.text),
        array: c.text,
        arraySlot: this.#expressions.slot(c.text),
        body: this.#loopBody(),
      };
    }
    const init = this.#tokens.is(';') ? undefined : this.#simple();
    this.#tokens.need(';');
    this.#tokens.newlines();
    const test = this.#tokens.is(';') ? undefined : this.#expressions.expr();
    this.#tokens.need(';');
    this.#tokens.newlines();
    const step = this.#tokens.is(')') ? undefined : this.#simple();
    this.#tokens.need(')');
    if (this.#tokens.take(';')) return { op: 'for', init, test, step, body: { op: 'block', body: [] } };
    return { op: 'for', init, test, step, body: this.#loopBody() };
  }

  #simple(): AwkStatement {
    if (this.#tokens.is('print', 'keyword') || this.#tokens.is('printf', 'keyword')) return this.#print();
    if (this.#tokens.take('delete', 'keyword')) {
      const name = this.#tokens.token;
      if (name.kind !== 'name') this.#tokens.fail();
      this.#tokens.at++;
      let keys: AwkExpr[] | undefined;
      if (this.#tokens.take('[')) {
        keys = this.#expressions.list(']');
        this.#tokens.need(']');
      }
      return { op: 'delete', array: name.text, slot: this.#expressions.slot(name.text), keys };
    }
    return { op: 'expr', value: this.#expressions.expr() };
  }

  #print(): AwkStatement {
    const op = this.#tokens.token.text as 'print' | 'printf';
    const { line } = this.#tokens.token;
    this.#tokens.at++;
    const args = this.#printEnds() ? [] : this.#expressions.printed();
    if (op === 'printf' && args.length === 0) throw new AwkSyntaxError(`line ${line}: no arguments in call to printf`);
    let to: { how: '>' | '>>' | '|'; target: AwkExpr } | undefined;
    if (this.#tokens.is('>') || this.#tokens.is('>>') || this.#tokens.is('|')) {
      const how = this.#tokens.token.text as '>';
      this.#tokens.at++;
      to = { how, target: this.#expressions.redirection() };
    }
    return { op, args, to };
  }

  #endsStatement(): boolean {
    return this.#tokens.is(';') || this.#tokens.is('}') || this.#tokens.token.kind === 'newline' || this.#tokens.token.kind === 'end';
  }

  #printEnds(): boolean {
    return this.#endsStatement() || this.#tokens.is('>') || this.#tokens.is('>>') || this.#tokens.is('|');
  }
}
