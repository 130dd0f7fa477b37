import { PARSER_NESTING_MAX } from '../../kernel/limits.ts';
import { ShellError } from '../state/errors.ts';

/** What arithmetic needs of the shell's variables. */
export interface ArithmeticScope {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  element(name: string, subscript: string): string | undefined;
  setElement(name: string, subscript: string, value: string): void;
  /** With `set -u`, a name without a value is an error. */
  readonly nounset: boolean;
}

type Node =
  | { readonly op: 'number'; readonly value: bigint }
  | { readonly op: 'name'; readonly name: string; readonly subscript?: string }
  | { readonly op: 'assign'; readonly operator: string; readonly target: Target; readonly value: Node; readonly token: number }
  | { readonly op: 'step'; readonly by: bigint; readonly prefix: boolean; readonly target: Target }
  | { readonly op: 'unary'; readonly operator: string; readonly value: Node }
  | { readonly op: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node; readonly token: number }
  | { readonly op: 'choose'; readonly test: Node; readonly yes: Node; readonly no: Node };
type Target = { readonly op: 'name'; readonly name: string; readonly subscript?: string };

const RECURSION_MAX = 1024;
const cache = new Map<string, Node | null>();

/** Evaluates a 64-bit integer expression as `$(( ))` does. `prefix` goes before messages (`let: `, `((: `). */
export function evaluateArithmetic(text: string, scope: ArithmeticScope, prefix = '', depth = 0): bigint {
  let node = cache.get(text);
  if (node === undefined) {
    node = new Parser(text, prefix).parse();
    if (cache.size > 5000) cache.clear();
    cache.set(text, node);
  }
  return node === null ? 0n : new Evaluator(text, scope, prefix, depth).run(node);
}

function fail(prefix: string, text: string, message: string, token: number): never {
  throw new ShellError(`${prefix}${text.trimStart()}: ${message} (error token is "${text.slice(token).trimStart()}")`);
}

const TOKEN =
  /\s*(\d+#[0-9A-Za-z@_]*|\d[0-9A-Za-z_]*|[A-Za-z_]\w*|\*\*=?|<<=|>>=|\+\+|--|&&|\|\||[-+*/%&|^<>=!]=|<<|>>|[-+*/%&|^<>=!~?:,()[\]]|\S)/y;
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^=']);

class Parser {
  readonly #text: string;
  readonly #prefix: string;
  #token = '';
  #depth = 0;
  #at = 0;
  #end = 0;
  #last = 0;

  constructor(text: string, prefix: string) {
    this.#text = text;
    this.#prefix = prefix;
  }

  parse(): Node | null {
    this.#next();
    if (this.#token === '') return null;
    const node = this.#comma();
    if (this.#token !== '') this.#fail('syntax error in expression');
    return node;
  }

  #next(): void {
    this.#last = this.#at;
    TOKEN.lastIndex = this.#end;
    const match = TOKEN.exec(this.#text);
    if (!match) {
      this.#token = '';
      this.#at = this.#text.length;
      return;
    }
    const before = this.#token;
    this.#token = match[1];
    this.#end = TOKEN.lastIndex;
    this.#at = this.#end - this.#token.length;
    if (!/^[\w\-+*/%&|^<>=!~?:,()[\]]/.test(this.#token))
      this.#fail(/[\w)\]]$/.test(before) ? 'syntax error: invalid arithmetic operator' : 'syntax error: operand expected');
  }

  #is(token: string): boolean {
    return this.#token === token;
  }

  #fail(message: string): never {
    return fail(this.#prefix, this.#text, message, this.#token === '' ? this.#last : this.#at);
  }

  #comma(): Node {
    let node = this.#assignment();
    while (this.#token === ',') {
      const token = this.#at;
      this.#next();
      node = { op: 'binary', operator: ',', left: node, right: this.#assignment(), token };
    }
    return node;
  }

  #assignment(): Node {
    const node = this.#conditional();
    if (!ASSIGN.has(this.#token)) return node;
    if (node.op !== 'name') this.#fail('attempted assignment to non-variable');
    const operator = this.#token.slice(0, -1);
    this.#next();
    const token = this.#at;
    return { op: 'assign', operator, target: node, value: this.#assignment(), token };
  }

  #conditional(): Node {
    const test = this.#binary(0);
    if (this.#token !== '?') return test;
    this.#next();
    if (this.#is('') || this.#is(':')) this.#fail('expression expected');
    const yes = this.#comma();
    if (!this.#is(':')) this.#fail("`:' expected for conditional expression");
    this.#next();
    if (this.#is('')) this.#fail('expression expected');
    return { op: 'choose', test, yes, no: this.#assignment() };
  }

  #binary(level: number): Node {
    if (level === LEVELS.length) return this.#power();
    let left = this.#binary(level + 1);
    while (LEVELS[level].includes(this.#token)) {
      const operator = this.#token;
      this.#next();
      const token = this.#at;
      left = { op: 'binary', operator, left, right: this.#binary(level + 1), token };
    }
    return left;
  }

  #power(): Node {
    const left = this.#unary();
    if (this.#token !== '**') return left;
    this.#next();
    const right = this.#power();
    return { op: 'binary', operator: '**', left, right, token: this.#last };
  }

  #unary(): Node {
    if (this.#depth >= PARSER_NESTING_MAX) this.#fail('expression recursion level exceeded');
    this.#depth++;
    const node = this.#operand();
    this.#depth--;
    return node;
  }

  #operand(): Node {
    const operator = this.#token;
    if (operator === '!' || operator === '~' || operator === '-' || operator === '+') {
      this.#next();
      return { op: 'unary', operator, value: this.#unary() };
    }
    if (operator === '++' || operator === '--') {
      this.#next();
      if (!/^[A-Za-z_]/.test(this.#token)) {
        const value = this.#unary();
        return { op: 'unary', operator: operator[0], value: { op: 'unary', operator: operator[0], value } };
      }
      return { op: 'step', by: operator === '++' ? 1n : -1n, prefix: true, target: this.#name() };
    }
    return this.#primary();
  }

  #name(): Target {
    const name = this.#token;
    this.#next();
    if (this.#token !== '[') return { op: 'name', name };
    let depth = 0;
    let i = this.#at;
    for (; i < this.#text.length; i++) {
      if (this.#text[i] === '[') depth++;
      if (this.#text[i] === ']' && --depth === 0) break;
    }
    if (i >= this.#text.length)
      throw new ShellError(
        `${this.#prefix}${this.#text.trimStart()}: bad array subscript (error token is "${this.#text.slice(this.#last)}")`,
      );
    const subscript = this.#text.slice(this.#at + 1, i);
    this.#end = i + 1;
    this.#next();
    return { op: 'name', name, subscript };
  }

  #primary(): Node {
    const token = this.#token;
    if (token === '(') {
      this.#next();
      const node = this.#comma();
      if ((this.#token as string) !== ')') this.#fail("missing `)'");
      this.#next();
      return node;
    }
    if (/^\d/.test(token)) {
      const value = parseNumber(
        token,
        () => fail(this.#prefix, this.#text, 'value too great for base', this.#at),
        () => fail(this.#prefix, this.#text, 'invalid arithmetic base', this.#at),
        () => fail(this.#prefix, this.#text, 'invalid integer constant', this.#at),
      );
      this.#next();
      if (this.#token === '=' || ASSIGN.has(this.#token)) this.#fail('attempted assignment to non-variable');
      return { op: 'number', value };
    }
    if (/^[A-Za-z_]/.test(token)) {
      const target = this.#name();
      if (this.#token === '++' || this.#token === '--') {
        const by = this.#token === '++' ? 1n : -1n;
        this.#next();
        return { op: 'step', by, prefix: false, target };
      }
      return target;
    }
    return this.#fail('syntax error: operand expected');
  }
}

function parseNumber(token: string, tooGreat: () => never, badBase: () => never, badConstant: () => never): bigint {
  const hash = token.indexOf('#');
  let base = 10;
  let digits = token;
  if (hash > 0) {
    base = Number(token.slice(0, hash));
    digits = token.slice(hash + 1);
    if (base < 2 || base > 64) badBase();
    if (digits === '') badConstant();
  } else if (/^0[xX]/.test(token)) {
    base = 16;
    digits = token.slice(2);
  } else if (token[0] === '0' && token.length > 1) {
    base = 8;
    digits = token.slice(1);
  }
  let value = 0n;
  for (const c of digits) {
    let digit: number;
    if (c >= '0' && c <= '9') digit = c.charCodeAt(0) - 48;
    else if (c >= 'a' && c <= 'z') digit = c.charCodeAt(0) - 87;
    else if (c >= 'A' && c <= 'Z') digit = c.charCodeAt(0) - (base <= 36 ? 55 : 29);
    else digit = c === '@' ? 62 : 63;
    if (digit >= base) tooGreat();
    value = BigInt.asIntN(64, value * BigInt(base) + BigInt(digit));
  }
  return value;
}

const truth = (b: boolean): bigint => (b ? 1n : 0n);

class Evaluator {
  readonly #text: string;
  readonly #scope: ArithmeticScope;
  readonly #prefix: string;
  readonly #depth: number;

  constructor(text: string, scope: ArithmeticScope, prefix: string, depth: number) {
    this.#text = text;
    this.#scope = scope;
    this.#prefix = prefix;
    this.#depth = depth;
  }

  run(node: Node): bigint {
    switch (node.op) {
      case 'number':
        return node.value;
      case 'name':
        return this.#read(node);
      case 'assign': {
        const right = node.value;
        const value =
          node.operator === '' ? this.run(right) : this.#binary(node.operator, this.#read(node.target), this.run(right), node.token);
        return this.#write(node.target, value);
      }
      case 'step': {
        const old = this.#read(node.target);
        const now = this.#write(node.target, BigInt.asIntN(64, old + node.by));
        return node.prefix ? now : old;
      }
      case 'unary': {
        const value = this.run(node.value);
        if (node.operator === '!') return truth(value === 0n);
        return BigInt.asIntN(64, node.operator === '-' ? -value : node.operator === '~' ? ~value : value);
      }
      case 'choose':
        return this.run(node.test) !== 0n ? this.run(node.yes) : this.run(node.no);
      case 'binary':
        if (node.operator === '&&') return truth(this.run(node.left) !== 0n && this.run(node.right) !== 0n);
        if (node.operator === '||') return truth(this.run(node.left) !== 0n || this.run(node.right) !== 0n);
        return this.#binary(node.operator, this.run(node.left), this.run(node.right), node.token);
    }
  }

  #read(target: Target): bigint {
    const text = target.subscript !== undefined ? this.#scope.element(target.name, target.subscript) : this.#scope.get(target.name);
    if (text === undefined && this.#scope.nounset) throw new ShellError(`${target.name}: unbound variable`, { fatal: true });
    if (!text) return 0n;
    if (/^-?[1-9]\d{0,17}$/.test(text) || text === '0') return BigInt(text);
    if (this.#depth > RECURSION_MAX) {
      throw new ShellError(`${this.#prefix}${this.#text}: expression recursion level exceeded (error token is "${text}")`);
    }
    return evaluateArithmetic(text, this.#scope, this.#prefix, this.#depth + 1);
  }

  #write(target: Target, value: bigint): bigint {
    if (target.subscript !== undefined) this.#scope.setElement(target.name, target.subscript, value.toString());
    else this.#scope.set(target.name, value.toString());
    return value;
  }

  #binary(operator: string, a: bigint, b: bigint, token: number): bigint {
    switch (operator) {
      case '+':
        return BigInt.asIntN(64, a + b);
      case '-':
        return BigInt.asIntN(64, a - b);
      case '*':
        return BigInt.asIntN(64, a * b);
      case '/':
      case '%':
        if (b === 0n) fail(this.#prefix, this.#text, 'division by 0', token);
        return BigInt.asIntN(64, operator === '/' ? a / b : a % b);
      case '**': {
        if (b < 0n) fail(this.#prefix, this.#text, 'exponent less than 0', token);
        let result = 1n;
        for (let base = a, n = b; n > 0n; n >>= 1n) {
          if (n & 1n) result = BigInt.asIntN(64, result * base);
          base = BigInt.asIntN(64, base * base);
        }
        return result;
      }
      case '<<':
        return BigInt.asIntN(64, a << (b & 63n));
      case '>>':
        return a >> (b & 63n);
      case '<':
        return truth(a < b);
      case '>':
        return truth(a > b);
      case '<=':
        return truth(a <= b);
      case '>=':
        return truth(a >= b);
      case '==':
        return truth(a === b);
      case '!=':
        return truth(a !== b);
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      default:
        return b;
    }
  }
}
