/** From a program's text to its tree, with the messages of jq's grammar (jq manual; the grammar's token names appear in errors). */

import { JQ_PIPES_MAX, PARSER_NESTING_MAX } from '../../../kernel/limits.ts';
import { SyntaxFailure, show, type TokenStream } from './grammar.ts';
import { parseObject } from './objects.ts';
import { parsePatterns } from './patterns.ts';
import { brief } from './print.ts';
import type { CompileError, Definition, Node } from './syntax.ts';
import { TokenReader } from './tokenReader.ts';
import { kindOf } from './values.ts';

const BINARY: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['!=', '==', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const LEVEL = new Map(BINARY.flatMap((ops, level) => ops.map((op) => [op, level] as const)));
const NON_ASSOCIATIVE = new Set([1, 4]);
const STARTS_TERM = new Set(
  '. .. break FIELD LITERAL FORMAT QQSTRING_START - ( [ { reduce foreach if try BINDING $__loc__ IDENT $ def label'.split(' '),
);
const AFTER_DOT = new Set([
  ...LEVEL.keys(),
  ...'end of file|,|;|:|)|]|}|as|then|elif|else|end|catch|?|[|QQSTRING_INTERP_END|.|FIELD'.split('|'),
  '|',
]);

export interface ParsedProgram {
  readonly program?: Node;
  readonly errors: readonly CompileError[];
  /** It begins with `import`, `include` or `module`. */
  readonly modules?: boolean;
}

/** Parses a whole program. An empty one, or one of definitions only, has no `program` and no errors. */
export function parseProgram(text: string): ParsedProgram {
  const errors: CompileError[] = [];
  const parser = new Parser(text, errors);
  if (['import', 'include', 'module'].some((word) => parser.is(word))) return { errors, modules: true };
  try {
    const program = parser.program();
    return errors.length > 0 ? { errors } : { program, errors };
  } catch (failure) {
    if (failure instanceof StackFull) return { errors: [{ message: failure.message, at: failure.token }] };
    if (!(failure instanceof SyntaxFailure)) throw failure;
    const found = show(failure.token.kind);
    const expecting = failure.expecting.length === 0 ? '' : `, expecting ${failure.expecting.map(show).join(' or ')}`;
    errors.push({ message: `syntax error, unexpected ${found}${expecting}`, at: failure.token });
    errors.push(...parser.recover(failure));
    return { errors };
  }
}

/** How much of the stack an expression takes, in pipes. */
const EXPRESSION_WEIGHT = Math.ceil(JQ_PIPES_MAX / PARSER_NESTING_MAX);

/** The program goes deeper than a parser's stack. */
class StackFull extends Error {
  readonly token: TokenReader['token'];
  constructor(token: TokenReader['token']) {
    super('memory exhausted');
    this.token = token;
  }
}

class Parser extends TokenReader implements TokenStream {
  #depth = 0;

  program(): Node | undefined {
    if (!this.is('end of file') && !STARTS_TERM.has(this.token.kind)) this.fail('end of file');
    const defs: Definition[] = [];
    while (this.is('def')) defs.push(this.#definition());
    if (this.is('end of file')) return undefined;
    const body = this.query();
    this.expect('end of file');
    return defs.reduceRight<Node>((rest, def) => ({ kind: 'def', def, body: rest }), body);
  }

  // Queries: pipes, commas, definitions, bindings.

  query(level = 0): Node {
    this.#enter(1);
    const query = this.#query(level);
    this.#depth--;
    return query;
  }

  #enter(weight: number): void {
    this.#depth += weight;
    if (this.#depth > JQ_PIPES_MAX) throw new StackFull(this.token);
  }

  #query(level: number): Node {
    let left = this.#queryItem();
    for (;;) {
      if (level <= 1 && this.is(',')) {
        this.take();
        left = { kind: 'comma', left, right: this.query(2) };
      } else if (level === 0 && this.is('|')) {
        this.take();
        left = { kind: 'pipe', left, right: this.query() };
      } else return left;
    }
  }

  #queryItem(): Node {
    if (this.is('def')) {
      const def = this.#definition();
      return { kind: 'def', def, body: this.query() };
    }
    if (this.accept('label')) {
      const name = String(this.expect('BINDING').value);
      this.expect('|');
      return { kind: 'label', name, body: this.query() };
    }
    const source = this.expression();
    if (!this.accept('as')) return source;
    const patterns = parsePatterns(this);
    this.expect('|');
    return { kind: 'bind', source, patterns, body: this.query() };
  }

  #definition(): Definition {
    this.take();
    const name = String(this.expect('IDENT').value);
    const params: string[] = [];
    if (!this.is(':') && !this.is('(')) this.fail(':', '(');
    if (this.accept('(')) {
      do {
        const param = this.expect('IDENT', 'BINDING');
        params.push(param.kind === 'BINDING' ? `$${param.value}` : String(param.value));
        if (!this.is(';') && !this.is(')')) this.fail(';', ')');
      } while (this.accept(';'));
      this.take();
    }
    this.expect(':');
    const body = this.query();
    this.close('|', ',', ';');
    return { name, params, body };
  }

  // Operators.

  expression(level = 0): Node {
    if (level === BINARY.length) return this.#postfix();
    if (level === 0) this.#enter(EXPRESSION_WEIGHT);
    let left = this.expression(level + 1);
    for (let count = 0; LEVEL.get(this.token.kind) === level; count++) {
      if (count > 0 && NON_ASSOCIATIVE.has(level)) this.fail();
      const op = this.take().kind;
      left = binary(op, left, this.expression(op === '//' ? level : level + 1));
    }
    if (level === 0) this.#depth -= EXPRESSION_WEIGHT;
    return left;
  }

  // Terms and what may follow them.

  #postfix(): Node {
    if (this.is('-')) {
      this.take();
      return { kind: 'negate', body: this.#postfix() };
    }
    if (this.is('try')) return this.#try();
    let term = this.#term();
    for (;;) {
      if (this.is('FIELD')) term = this.#index(term, { kind: 'literal', value: String(this.take().value) });
      else if (this.accept('?')) term = { kind: 'try', body: term };
      else if (this.accept('.')) {
        if (this.is('[')) term = this.#bracket(term, true);
        else if (this.is('FORMAT') || this.is('QQSTRING_START')) term = this.#index(term, this.string());
        else this.fail('FORMAT', 'QQSTRING_START', '[');
      } else if (this.is('[')) term = this.#bracket(term, false);
      else return term;
    }
  }

  #index(of: Node, key: Node): Node {
    return { kind: 'index', of, key, optional: this.accept('?') };
  }

  #bracket(of: Node, dotted: boolean): Node {
    const open = this.take();
    return this.within('(', open, () => {
      if (this.accept(']')) return { kind: 'iterate', of, optional: this.accept('?') };
      let from: Node | undefined;
      if (dotted || !this.is(':')) {
        from = this.query();
        if (dotted) {
          this.close('|', ',', ']');
          return this.#index(of, from);
        }
        if (!this.is(':') && !this.is(']')) this.fail('|', ',', ':', ']');
        if (this.accept(']')) return this.#index(of, from);
      }
      this.expect(':');
      const to = from !== undefined && this.is(']') ? undefined : this.query();
      this.close('|', ',', ']');
      return { kind: 'slice', of, from, to, optional: this.accept('?') };
    });
  }

  #try(): Node {
    const start = this.take();
    const body = this.#postfix();
    if (!this.accept('catch')) return { kind: 'try', body };
    return this.within('catch', start, () => ({ kind: 'try', body, handler: this.#postfix() }));
  }

  #term(): Node {
    const token = this.token;
    switch (token.kind) {
      case 'LITERAL':
        return { kind: 'literal', value: this.take().value ?? null };
      case 'QQSTRING_START':
        return this.string();
      case 'FORMAT':
        return this.#format();
      case '.':
        return this.#dot();
      case '..':
        this.take();
        return { kind: 'call', name: 'recurse', args: [], at: token };
      case 'FIELD':
        return this.#index({ kind: 'identity' }, { kind: 'literal', value: String(this.take().value) });
      case 'BINDING':
        return { kind: 'variable', name: String(this.take().value), at: token };
      case '$__loc__':
        this.take();
        return { kind: 'literal', value: this.location(token) };
      case '$':
        this.take();
        return this.fail('$');
      case 'IDENT':
        return this.#call();
      case '(': {
        const open = this.take();
        return this.within('(', open, () => {
          const body = this.query();
          this.close('|', ',', ')');
          return body;
        });
      }
      case '[':
        return this.#array();
      case '{':
        return parseObject(this);
      case 'if':
        return this.#if();
      case 'reduce':
      case 'foreach':
        return this.#fold();
      case 'break':
        return this.#break();
      default:
        return this.fail();
    }
  }

  #dot(): Node {
    const dot = this.take();
    if (this.is('FORMAT') || this.is('QQSTRING_START')) return this.#index({ kind: 'identity' }, this.string());
    if (AFTER_DOT.has(this.token.kind)) return { kind: 'identity' };
    return this.within('dot', dot, () => {
      if (this.is('IDENT')) this.take();
      return this.fail();
    });
  }

  #break(): Node {
    const start = this.take();
    return this.within('break', start, () => {
      const name = this.expect('BINDING');
      return { kind: 'break', name: String(name.value), at: { start: start.start, end: name.end } };
    });
  }

  #format(): Node {
    const name = String(this.take().value);
    return this.is('QQSTRING_START') ? this.#stringBody(name) : { kind: 'format', name };
  }

  string(): Node {
    if (!this.is('FORMAT')) return this.#stringBody('text');
    const name = String(this.take().value);
    if (!this.is('QQSTRING_START')) this.fail('QQSTRING_START');
    return this.#stringBody(name);
  }

  #stringBody(format: string): Node {
    this.take();
    const parts: (string | Node)[] = [];
    while (!this.is('QQSTRING_END')) {
      if (this.is('QQSTRING_TEXT')) parts.push(String(this.take().value));
      else if (this.accept('QQSTRING_INTERP_START')) {
        parts.push(this.query());
        if (!this.is('QQSTRING_INTERP_END')) this.fail('QQSTRING_INTERP_END', '|', ',');
        this.take();
      } else this.fail('QQSTRING_TEXT', 'QQSTRING_INTERP_START', 'QQSTRING_END');
    }
    this.take();
    if (parts.every((part) => typeof part === 'string')) return { kind: 'literal', value: parts.join('') };
    return { kind: 'string', parts, format };
  }

  #call(): Node {
    const at = this.take();
    const name = String(at.value);
    if (!this.is('(')) {
      if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
      return name === 'null' ? { kind: 'literal', value: null } : { kind: 'call', name, args: [], at };
    }
    this.take();
    const args: Node[] = [];
    do {
      args.push(this.query());
      if (!this.is(';') && !this.is(')')) this.fail(';', ')');
    } while (this.accept(';'));
    this.take();
    return { kind: 'call', name, args, at };
  }

  #array(): Node {
    const open = this.take();
    return this.within('(', open, () => {
      if (this.accept(']')) return { kind: 'array' };
      const body = this.query();
      this.close('|', ',', ']');
      return { kind: 'array', body };
    });
  }

  #if(): Node {
    const start = this.take();
    const test = this.query();
    if (!this.is('then')) this.fail('then', '|', ',');
    this.take();
    return this.within('then', start, () => {
      const then = this.query();
      return { kind: 'if', test, then, otherwise: this.#else() };
    });
  }

  #else(): Node {
    if (this.accept('end')) return { kind: 'identity' };
    if (this.accept('elif')) {
      const test = this.query();
      if (!this.is('then')) this.fail('then', '|', ',');
      this.take();
      const then = this.query();
      return { kind: 'if', test, then, otherwise: this.#else() };
    }
    if (!this.is('else')) this.fail();
    this.take();
    const otherwise = this.query();
    if (!this.is('end')) this.fail('end', '|', ',');
    this.take();
    return otherwise;
  }

  #fold(): Node {
    const kind = this.take().kind;
    const source = this.expression();
    if (!this.is('as')) this.fail();
    this.take();
    const patterns = parsePatterns(this);
    this.expect('(');
    const init = this.query();
    this.close('|', ',', ';');
    const update = this.query();
    if (kind === 'reduce') {
      this.close('|', ',', ')');
      return { kind, source, patterns, init, update };
    }
    if (!this.is(';') && !this.is(')')) this.fail('|', ',', ';', ')');
    if (this.accept(')')) return { kind: 'foreach', source, patterns, init, update };
    this.take();
    const extract = this.query();
    this.close('|', ',', ')');
    return { kind: 'foreach', source, patterns, init, update, extract };
  }

  keyQuery(): Node {
    const { start } = this.token;
    const key = this.query();
    if (key.kind === 'literal' && typeof key.value !== 'string')
      this.errors.push({
        message: `Cannot use ${kindOf(key.value)} (${brief(key.value)}) as object key`,
        at: { start, end: this.before.end },
      });
    return key;
  }
}

function binary(op: string, left: Node, right: Node): Node {
  if (op === '//') return { kind: 'alternative', left, right };
  if (op === '=') return { kind: 'assign', left, right };
  if (op === '|=') return { kind: 'modify', left, right };
  if (op === 'and' || op === 'or') return { kind: op, left, right };
  if (['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>='].includes(op)) return { kind: 'binary', op: op as '+', left, right };
  return { kind: 'update', op: op.slice(0, -1) as '+', left, right };
}
