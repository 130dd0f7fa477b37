/** Expressions, by recursive descent: from assignment, which binds least, to what stands alone. */
import { PARSER_NESTING_MAX } from '../../../kernel/limits.ts';
import { compileAwkRegex } from './regex.ts';
import { type AwkExpr, AwkSyntaxError } from './syntax.ts';
import type { AwkTokens } from './tokens.ts';

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

/** Reads expressions, with the rule that `>` is no comparison in an unparenthesised print. */
export class ExpressionParser {
  readonly #tokens: AwkTokens;
  #depth = 0;
  #noIn = false;
  #noGreater = false;
  /** Locals of the function being read: name to slot. */
  locals: ReadonlyMap<string, number> = new Map();
  /** All of `(a, b)`, which is more than one expression only in print and before `in`. */
  readonly #grouped = new Map<AwkExpr, readonly AwkExpr[]>();

  constructor(tokens: AwkTokens) {
    this.#tokens = tokens;
  }

  /** Expressions with commas between them; `end` may come at once. */
  list(end: string): AwkExpr[] {
    const out: AwkExpr[] = [];
    if (end !== '' && this.#tokens.is(end)) return out;
    for (;;) {
      out.push(this.expr());
      if (!this.#tokens.take(',')) return out;
      this.#tokens.newlines();
    }
  }

  /** The slot of a local variable; -1 for a global one. */
  slot(name: string): number {
    return this.locals.get(name) ?? -1;
  }

  /** What print prints: there `>` outside of parentheses is a redirection. */
  printed(): readonly AwkExpr[] {
    const saved = this.#noGreater;
    this.#noGreater = true;
    const args = this.list('');
    this.#noGreater = saved;
    // `print (a, b) > "f"`: one parenthesised list.
    return (args.length === 1 && args[0].op === 'group' && this.#grouped.get(args[0])) || args;
  }

  /** Where print prints to. */
  redirection(): AwkExpr {
    const saved = this.#noGreater;
    this.#noGreater = true;
    const target = this.#concatenation();
    this.#noGreater = saved;
    return target;
  }

  /** One expression. */
  expr(): AwkExpr {
    return this.#assignment();
  }

  #assignment(): AwkExpr {
    const left = this.#ternary();
    if (this.#tokens.token.kind === 'op' && ['=', '+=', '-=', '*=', '/=', '%=', '^='].includes(this.#tokens.token.text)) {
      const target = left;
      if (target.op !== 'var' && target.op !== 'index' && target.op !== 'field') {
        return this.#lateAssignment(left);
      }
      const kind = this.#tokens.token.text;
      this.#tokens.at++;
      this.#tokens.newlines();
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
    return this.#tokens.fail();
  }

  #lateOperand(target: AwkExpr): AwkExpr {
    if (target.op !== 'var' && target.op !== 'index' && target.op !== 'field') return this.#lateAssignment(target);
    const kind = this.#tokens.token.text;
    this.#tokens.at++;
    this.#tokens.newlines();
    return { op: 'assign', kind, target, value: this.#assignment() };
  }

  #ternary(): AwkExpr {
    const test = this.#or();
    if (!this.#tokens.take('?')) return test;
    this.#tokens.newlines();
    const yes = this.#assignment();
    this.#tokens.newlines();
    this.#tokens.need(':');
    this.#tokens.newlines();
    return { op: 'cond', test, yes, no: this.#assignment() };
  }

  #or(): AwkExpr {
    let left = this.#and();
    while (this.#tokens.take('||')) {
      this.#tokens.newlines();
      left = { op: 'or', left, right: this.#and() };
    }
    return left;
  }

  #and(): AwkExpr {
    let left = this.#in();
    while (this.#tokens.take('&&')) {
      this.#tokens.newlines();
      left = { op: 'and', left, right: this.#in() };
    }
    return left;
  }

  #in(): AwkExpr {
    let left = this.#matching();
    while (!this.#noIn && this.#tokens.is('in', 'keyword')) {
      this.#tokens.at++;
      const name = this.#tokens.token;
      if (name.kind !== 'name') this.#tokens.fail();
      this.#tokens.at++;
      const keys = this.#grouped.get(left) ?? [left];
      left = { op: 'in', keys, array: name.text, slot: this.slot(name.text) };
    }
    return left;
  }

  #matching(): AwkExpr {
    let left = this.#comparison();
    while (this.#tokens.is('~') || this.#tokens.is('!~')) {
      const negated = this.#tokens.token.text === '!~';
      this.#tokens.at++;
      left = { op: 'match', negated, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): AwkExpr {
    const left = this.#concatenation();
    if (
      this.#tokens.token.kind === 'op' &&
      (['<', '<=', '==', '!=', '>='].includes(this.#tokens.token.text) || (this.#tokens.token.text === '>' && !this.#noGreater))
    ) {
      const kind = this.#tokens.token.text;
      this.#tokens.at++;
      return { op: 'binary', kind, left, right: this.#concatenation() };
    }
    return left;
  }

  #startsOperand(): boolean {
    const t = this.#tokens.token;
    if (t.kind === 'number' || t.kind === 'string' || t.kind === 'regex' || t.kind === 'name' || t.kind === 'call' || t.kind === 'builtin')
      return true;
    return t.kind === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(t.text);
  }

  #concatenation(): AwkExpr {
    let left = this.#additive();
    for (;;) {
      if (this.#tokens.is('|') && this.#tokens.ahead(1)?.kind === 'keyword' && this.#tokens.ahead(1)?.text === 'getline') {
        this.#tokens.at += 2;
        left = { op: 'getline', from: 'command', source: left, target: this.#lvalueIfAny() };
        continue;
      }
      if (!this.#startsOperand() || this.#tokens.is('in', 'keyword')) return left;
      // `a -1` was taken as a subtraction already; here + and - begin an operand only behind a finished one.
      if (this.#tokens.is('+') || this.#tokens.is('-')) return left;
      left = { op: 'binary', kind: ' ', left, right: this.#additive() };
    }
  }

  #additive(): AwkExpr {
    let left = this.#multiplicative();
    while (this.#tokens.is('+') || this.#tokens.is('-')) {
      const kind = this.#tokens.token.text;
      this.#tokens.at++;
      left = { op: 'binary', kind, left, right: this.#multiplicative() };
    }
    return left;
  }

  #multiplicative(): AwkExpr {
    let left = this.#unary();
    while (this.#tokens.is('*') || this.#tokens.is('/') || this.#tokens.is('%')) {
      const kind = this.#tokens.token.text;
      this.#tokens.at++;
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
    if (this.#tokens.is('!') || this.#tokens.is('-') || this.#tokens.is('+')) {
      const kind = this.#tokens.token.text as '!';
      this.#tokens.at++;
      return { op: 'unary', kind, value: this.#unary() };
    }
    return this.#power();
  }

  #power(): AwkExpr {
    const base = this.#postfix();
    if (!this.#tokens.take('^')) return base;
    // Right to left; a sign may follow.
    const right = this.#tokens.is('-') || this.#tokens.is('+') || this.#tokens.is('!') ? this.#unary() : this.#power();
    return { op: 'binary', kind: '^', left: base, right };
  }

  #postfix(): AwkExpr {
    const value = this.#primary();
    if ((this.#tokens.is('++') || this.#tokens.is('--')) && (value.op === 'var' || value.op === 'index' || value.op === 'field')) {
      const by = this.#tokens.token.text === '++' ? 1 : -1;
      this.#tokens.at++;
      return { op: 'increment', target: value, by, prefix: false };
    }
    return value;
  }

  #lvalueIfAny(): AwkExpr | undefined {
    if (this.#tokens.token.kind === 'name' || this.#tokens.is('$')) return this.#primary();
    return undefined;
  }

  #primary(): AwkExpr {
    const t = this.#tokens.token;
    this.#tokens.at++;
    switch (t.kind) {
      case 'number':
        return { op: 'number', value: t.value! };
      case 'string':
        return { op: 'string', value: t.text };
      case 'regex':
        return { op: 'regex', source: t.text, regex: compileAwkRegex(t.text) };
      case 'name': {
        if (this.#tokens.take('[')) {
          const saved = [this.#noGreater, this.#noIn] as const;
          [this.#noGreater, this.#noIn] = [false, false];
          const keys = this.list(']');
          [this.#noGreater, this.#noIn] = saved;
          this.#tokens.need(']');
          return { op: 'index', array: t.text, slot: this.slot(t.text), keys };
        }
        return { op: 'var', name: t.text, slot: this.slot(t.text) };
      }
      case 'call':
        return { op: 'call', name: t.text, args: this.#arguments(), line: t.line };
      case 'builtin': {
        if (!this.#tokens.is('(')) {
          if (t.text === 'length') return { op: 'builtin', name: 'length', args: [] };
          return this.#tokens.fail();
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
          if (this.#tokens.take('<')) return { op: 'getline', from: 'file', source: this.#redirectSource(), target };
          return { op: 'getline', from: 'main', source: undefined, target };
        }
        this.#tokens.at--;
        return this.#tokens.fail();
      case 'op':
        if (t.text === '$') {
          if (this.#tokens.is('++') || this.#tokens.is('--')) {
            const by = this.#tokens.token.text === '++' ? 1 : -1;
            this.#tokens.at++;
            return { op: 'field', index: { op: 'increment', target: this.#primary(), by, prefix: true } };
          }
          return {
            op: 'field',
            index: this.#tokens.is('-') || this.#tokens.is('+') || this.#tokens.is('!') ? this.#unary() : this.#primary(),
          };
        }
        if (t.text === '++' || t.text === '--') {
          const target = this.#primary();
          if (target.op !== 'var' && target.op !== 'index' && target.op !== 'field') this.#tokens.fail();
          return { op: 'increment', target, by: t.text === '++' ? 1 : -1, prefix: true };
        }
        if (t.text === '!' || t.text === '-' || t.text === '+') {
          this.#tokens.at--;
          return this.#unary();
        }
        if (t.text === '(') return this.#parenthesised();
        this.#tokens.at--;
        return this.#tokens.fail();
      default:
        this.#tokens.at--;
        return this.#tokens.fail();
    }
  }

  /** `getline < "a" "b"` takes the first operand only. */
  #redirectSource(): AwkExpr {
    return this.#postfix();
  }

  #parenthesised(): AwkExpr {
    const saved = [this.#noGreater, this.#noIn] as const;
    [this.#noGreater, this.#noIn] = [false, false];
    this.#tokens.newlines();
    const items = this.list(')');
    this.#tokens.newlines();
    [this.#noGreater, this.#noIn] = saved;
    this.#tokens.need(')');
    if (items.length === 0) this.#tokens.fail();
    const group: AwkExpr = { op: 'group', value: items[0] };
    if (items.length > 1) this.#grouped.set(group, items);
    return group;
  }

  #arguments(): AwkExpr[] {
    this.#tokens.need('(');
    const saved = [this.#noGreater, this.#noIn] as const;
    [this.#noGreater, this.#noIn] = [false, false];
    this.#tokens.newlines();
    const args = this.list(')');
    this.#tokens.newlines();
    [this.#noGreater, this.#noIn] = saved;
    this.#tokens.need(')');
    return args;
  }
}
