import { type Token, tokenize } from './lexer.ts';
import {
  type Argument,
  BcSyntaxError,
  type Definition,
  type Expression,
  Incomplete,
  type Parameter,
  type Place,
  type Statement,
} from './syntax.ts';

const SETTINGS = new Set(['scale', 'ibase', 'obase', 'last']);
const WORDS = new Set(
  'auto break continue define else for halt if length limits print quit read return sqrt void warranty while'.split(' '),
);
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const RELATIONS = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** The statements of a line and those that it needs to be whole. Throws Incomplete when more lines are needed. `quit`: bc ends where it stands. */
export function parseLine(text: string, line: number): { readonly statements: readonly Statement[]; readonly quit: boolean } {
  const parser = new Parser(tokenize(text, line));
  const statements: Statement[] = [];
  while (!parser.at('end')) {
    if (parser.takes('newline') || parser.takes('sign', ';')) continue;
    if (parser.at('name', 'quit')) return { statements, quit: true };
    statements.push(parser.statement());
    if (!parser.at('end') && !parser.takes('newline') && !parser.takes('sign', ';')) throw parser.fault();
  }
  return { statements, quit: false };
}

class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;
  #inFunction = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #token(): Token {
    return this.#tokens[this.#index];
  }

  at(kind: Token['kind'], text?: string): boolean {
    return this.#token.kind === kind && (text === undefined || this.#token.text === text);
  }

  takes(kind: Token['kind'], text?: string): boolean {
    if (!this.at(kind, text)) return false;
    this.#index++;
    return true;
  }

  fault(): Error {
    return this.at('end') ? new Incomplete() : new BcSyntaxError(this.#token.line);
  }

  #needs(text: string): void {
    if (!this.takes('sign', text)) throw this.fault();
  }

  #newlines(): void {
    while (this.takes('newline'));
  }

  #name(): string {
    if (this.#token.kind !== 'name' || WORDS.has(this.#token.text)) throw this.fault();
    return this.#tokens[this.#index++].text;
  }

  statement(): Statement {
    const { kind, text } = this.#token;
    if (kind === 'string') {
      this.#index++;
      return { kind: 'string', text };
    }
    if (this.takes('sign', '{')) return { kind: 'block', body: this.#block() };
    if (kind !== 'name' || !WORDS.has(text) || text === 'sqrt' || text === 'length' || text === 'read')
      return { kind: 'expression', value: this.expression() };
    this.#index++;
    switch (text) {
      case 'print':
        return { kind: 'print', items: this.#items() };
      case 'if':
        return this.#if();
      case 'while': {
        const test = this.#condition();
        return { kind: 'while', test, body: this.#body() };
      }
      case 'for':
        return this.#for();
      case 'break':
      case 'continue':
      case 'halt':
      case 'limits':
        return { kind: text };
      case 'warranty':
        return { kind: 'string', text: '' };
      case 'return':
        return this.#return();
      case 'define':
        return { kind: 'define', definition: this.#define() };
    }
    this.#index--;
    throw this.fault();
  }

  /** What a condition governs; it may stand on the next line. */
  #body(): Statement {
    this.#newlines();
    if (this.takes('sign', ';')) return { kind: 'block', body: [] };
    return this.statement();
  }

  #block(): readonly Statement[] {
    const body: Statement[] = [];
    for (;;) {
      while (this.takes('newline') || this.takes('sign', ';'));
      if (this.takes('sign', '}')) return body;
      body.push(this.statement());
      if (!this.at('newline') && !this.at('sign', ';') && !this.at('sign', '}')) throw this.fault();
    }
  }

  #condition(): Expression {
    this.#needs('(');
    const test = this.expression();
    this.#needs(')');
    return test;
  }

  #if(): Statement {
    const test = this.#condition();
    const then = this.#body();
    return { kind: 'if', test, then, otherwise: this.takes('name', 'else') ? this.#body() : undefined };
  }

  #for(): Statement {
    const part = (end: string): Expression | undefined => {
      const value = this.at('sign', end) ? undefined : this.expression();
      this.#needs(end);
      return value;
    };
    this.#needs('(');
    const first = part(';');
    const test = part(';');
    const next = part(')');
    return { kind: 'for', first, test, next, body: this.#body() };
  }

  #items(): readonly (Expression | string)[] {
    const items: (Expression | string)[] = [];
    do {
      if (this.at('string')) items.push(this.#tokens[this.#index++].text);
      else items.push(this.expression());
    } while (this.takes('sign', ','));
    return items;
  }

  #return(): Statement {
    const bare = this.at('newline') || this.at('sign', ';') || this.at('sign', '}') || this.at('end');
    const value = bare ? undefined : this.expression();
    if (!this.#inFunction) throw new BcSyntaxError(this.#token.line, 'Return outside of a function.');
    return { kind: 'return', value };
  }

  #define(): Definition {
    const quiet = this.takes('name', 'void');
    const name = this.#name();
    this.#needs('(');
    const parameters = this.at('sign', ')') ? [] : this.#parameters();
    this.#needs(')');
    this.#newlines();
    this.#needs('{');
    while (this.takes('newline') || this.takes('sign', ';'));
    const locals = this.takes('name', 'auto') ? this.#parameters() : [];
    this.#inFunction = true;
    const body = this.#block();
    this.#inFunction = false;
    return { name, quiet, parameters, locals, body };
  }

  #parameters(): readonly Parameter[] {
    const out: Parameter[] = [];
    do {
      this.takes('sign', '*');
      const name = this.#name();
      const array = this.takes('sign', '[');
      if (array) this.#needs(']');
      out.push({ name, array });
    } while (this.takes('sign', ','));
    return out;
  }

  // ---- expressions, from the loosest on ----

  expression(): Expression {
    return this.#chain(['||'], () => this.#chain(['&&'], () => this.#not()));
  }

  #chain(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (this.#token.kind === 'sign' && operators.includes(this.#token.text)) {
      const operator = this.#tokens[this.#index++].text;
      left = { kind: 'binary', operator, left, right: operand() };
    }
    return left;
  }

  #not(): Expression {
    if (this.takes('sign', '!')) return { kind: 'unary', operator: '!', operand: this.#not() };
    return this.#chain([...RELATIONS], () => this.#sum());
  }

  #sum(): Expression {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#power()));
  }

  #power(): Expression {
    const left = this.#unary();
    return this.takes('sign', '^') ? { kind: 'binary', operator: '^', left, right: this.#power() } : left;
  }

  #unary(): Expression {
    if (this.takes('sign', '-')) return { kind: 'unary', operator: '-', operand: this.#unary() };
    for (const [sign, by] of [
      ['++', 1],
      ['--', -1],
    ] as const)
      if (this.takes('sign', sign)) return { kind: 'step', place: this.#place(this.#primary()), by, before: true };
    return this.#primary();
  }

  #place(e: Expression): Place {
    if (e.kind !== 'place') throw this.fault();
    return e.place;
  }

  #primary(): Expression {
    const { kind, text } = this.#token;
    if (kind === 'number') {
      this.#index++;
      return { kind: 'number', text };
    }
    if (this.takes('sign', '(')) {
      const inner = this.expression();
      this.#needs(')');
      return { kind: 'group', inner };
    }
    if (this.takes('sign', '.')) return this.#after({ kind: 'setting', name: 'last' });
    if (kind !== 'name') throw this.fault();
    this.#index++;
    if (text === 'read') {
      this.#needs('(');
      this.#needs(')');
      return { kind: 'builtin', name: 'read', operand: undefined };
    }
    if (text === 'sqrt' || text === 'length' || (text === 'scale' && this.at('sign', '(')))
      return { kind: 'builtin', name: text, operand: this.#condition() };
    if (SETTINGS.has(text)) return this.#after({ kind: 'setting', name: text as 'scale' });
    if (WORDS.has(text)) {
      this.#index--;
      throw this.fault();
    }
    if (this.takes('sign', '(')) {
      const args: Argument[] = [];
      if (!this.at('sign', ')'))
        do args.push(this.#argument());
        while (this.takes('sign', ','));
      this.#needs(')');
      return { kind: 'call', name: text, args };
    }
    if (this.takes('sign', '[')) {
      const index = this.expression();
      this.#needs(']');
      return this.#after({ kind: 'element', name: text, index });
    }
    return this.#after({ kind: 'variable', name: text });
  }

  #argument(): Argument {
    const [name, open, close] = this.#tokens.slice(this.#index, this.#index + 3);
    if (name.kind === 'name' && open?.text === '[' && close?.text === ']') {
      this.#index += 3;
      return { kind: 'array', name: name.text };
    }
    return this.expression();
  }

  /** What may follow a place: an assignment, which binds tighter than comparisons, or a step. */
  #after(place: Place): Expression {
    const { kind, text } = this.#token;
    if (kind === 'sign' && ASSIGNMENTS.has(text)) {
      this.#index++;
      return { kind: 'assign', place, operator: text.slice(0, -1), value: this.#sum() };
    }
    if (this.takes('sign', '++')) return { kind: 'step', place, by: 1, before: false };
    if (this.takes('sign', '--')) return { kind: 'step', place, by: -1, before: false };
    return { kind: 'place', place };
  }
}
