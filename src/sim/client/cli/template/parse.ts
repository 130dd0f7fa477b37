/** Parses Go's text/template into a tree. */
import type { Token } from './lex.ts';
import { lexTemplate, TemplateError } from './lex.ts';
import { GoFloat } from './value.ts';

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | { readonly kind: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined; readonly at: number }
  | { readonly kind: 'break' | 'continue' };

export interface Pipe {
  readonly variables: readonly string[];
  readonly assign: boolean;
  readonly commands: readonly Command[];
}
/** A part of the source that an error may point to. */
export interface Place {
  readonly at: number;
  readonly text: string;
}
export interface Command extends Place {
  readonly operands: readonly Operand[];
}
export type Operand = Place &
  (
    | { readonly kind: 'dot' | 'nil' }
    | { readonly kind: 'literal'; readonly value: string | number | boolean | GoFloat }
    | { readonly kind: 'field'; readonly names: readonly string[] }
    | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly names: readonly string[] }
  );

export interface Template {
  readonly nodes: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
  readonly source: string;
  /** In messages; '' as a rule. */
  readonly name: string;
}

/** Throws {@link TemplateError}: 'template: NAME:LINE: what'. */
export function parseTemplate(source: string, functions: ReadonlySet<string>, name = ''): Template {
  try {
    return { ...new Parser(lexTemplate(source), source, functions).parse(), name };
  } catch (error) {
    if (error instanceof TemplateError) throw new TemplateError(`template: ${name}:${error.message}`);
    throw error;
  }
}

interface Listed {
  readonly nodes: readonly Node[];
  /** What ended the list. */
  readonly end: 'eof' | 'end' | 'else';
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  readonly #functions: ReadonlySet<string>;
  readonly #defined = new Map<string, readonly Node[]>();
  readonly #variables: string[] = ['$'];
  #at = 0;
  #ranges = 0;

  constructor(tokens: readonly Token[], source: string, functions: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#source = source;
    this.#functions = functions;
  }

  parse(): Omit<Template, 'name'> {
    const { nodes, end } = this.#list();
    if (end !== 'eof') this.#fail(`unexpected {{${end}}}`);
    return { nodes, defined: this.#defined, source: this.#source };
  }

  #fail(message: string): never {
    const at = this.#tokens[Math.min(this.#at, this.#tokens.length) - 1]?.at ?? 0;
    throw new TemplateError(`${1 + (this.#source.slice(0, at).match(/\n/g)?.length ?? 0)}: ${message}`);
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) this.#fail('unexpected EOF');
    if (token.kind === 'error') throw new TemplateError(token.text);
    return token;
  }

  /** The next token that is no blank, not taken. */
  #peek(): Token | undefined {
    let at = this.#at;
    while (this.#tokens[at]?.kind === 'space') at++;
    const token = this.#tokens[at];
    if (token?.kind === 'error') throw new TemplateError(token.text);
    return token;
  }

  #skip(): void {
    while (this.#tokens[this.#at]?.kind === 'space') this.#at++;
  }

  #unexpected(token: Token, context: string): never {
    const shown =
      token.kind === 'string' || token.kind === 'rawString' || token.kind === 'char'
        ? JSON.stringify(token.text)
        : token.kind === 'keyword' || token.kind === 'dot' || token.kind === 'nil'
          ? `<${token.text}>`
          : JSON.stringify(token.text.trim());
    return this.#fail(`unexpected ${shown} in ${context}`);
  }

  #list(): Listed {
    const nodes: Node[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#next();
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      const first = this.#peek();
      if (first?.kind === 'keyword') {
        this.#skip();
        this.#next();
        if (first.text === 'end' || first.text === 'else') {
          if (first.text === 'end') this.#close('end');
          return { nodes, end: first.text };
        }
        const node = this.#keyword(first);
        if (node) nodes.push(node);
        continue;
      }
      nodes.push({ kind: 'action', pipe: this.#pipeline('command', 'close') });
    }
    return { nodes, end: 'eof' };
  }

  #close(context: string): void {
    this.#skip();
    const token = this.#next();
    if (token.kind !== 'close') this.#unexpected(token, context);
  }

  #keyword(token: Token): Node | undefined {
    switch (token.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.#control(token.text);
      case 'break':
      case 'continue':
        if (this.#ranges === 0) this.#fail(`{{${token.text}}} outside {{range}}`);
        this.#close(`{{${token.text}}}`);
        return { kind: token.text };
      case 'template':
        return this.#call();
      default:
        return this.#definition(token.text);
    }
  }

  #control(kind: 'if' | 'with' | 'range'): Node {
    const scope = this.#variables.length;
    const pipe = this.#pipeline(kind, 'close');
    if (kind === 'range') this.#ranges++;
    const { nodes: body, end } = this.#list();
    if (kind === 'range') this.#ranges--;
    if (end === 'eof') this.#fail('unexpected EOF');
    let otherwise: readonly Node[] = [];
    if (end === 'else') {
      const next = this.#peek();
      if (next?.kind === 'keyword' && (next.text === 'if' || next.text === 'with')) {
        this.#skip();
        this.#next();
        otherwise = [this.#control(next.text)];
      } else {
        this.#close('else');
        const rest = this.#list();
        if (rest.end !== 'end') this.#fail(rest.end === 'eof' ? 'unexpected EOF' : 'expected end; found {{else}}');
        otherwise = rest.nodes;
      }
    }
    this.#variables.length = scope;
    return { kind, pipe, body, otherwise };
  }

  #name(context: string): { readonly name: string; readonly at: number } {
    this.#skip();
    const token = this.#next();
    if (token.kind !== 'string' && token.kind !== 'rawString') this.#unexpected(token, context);
    return { name: this.#unquote(token), at: token.at };
  }

  #call(): Node {
    const { name, at } = this.#name('template clause');
    const next = this.#peek();
    if (next?.kind === 'close') {
      this.#close('template clause');
      return { kind: 'template', name, pipe: undefined, at };
    }
    return { kind: 'template', name, pipe: this.#pipeline('template clause', 'close'), at };
  }

  #definition(kind: string): Node | undefined {
    const { name, at } = this.#name(`${kind} clause`);
    const pipe = kind === 'block' ? this.#pipeline('block clause', 'close') : undefined;
    if (!pipe) this.#close('define clause');
    // A definition knows none of the variables around it.
    const outer = this.#variables.splice(0, this.#variables.length, '$');
    const { nodes, end } = this.#list();
    this.#variables.splice(0, this.#variables.length, ...outer);
    if (end !== 'end') this.#fail(end === 'eof' ? 'unexpected EOF' : `unexpected {{else}} in ${kind} clause`);
    this.#defined.set(name, nodes);
    return pipe ? { kind: 'template', name, pipe, at } : undefined;
  }

  #pipeline(context: string, end: 'close' | 'rparen'): Pipe {
    this.#skip();
    const variables = this.#declarations(context);
    const commands: Command[] = [];
    for (;;) {
      this.#skip();
      const token = this.#peek();
      if (!token) this.#fail('unexpected EOF');
      if (token.kind === end) {
        this.#skip();
        this.#next();
        if (commands.length === 0) this.#fail(`missing value for ${context}`);
        return { ...variables, commands };
      }
      if (
        token.kind === 'keyword' ||
        token.kind === 'rparen' ||
        token.kind === 'pipe' ||
        token.kind === 'close' ||
        token.kind === 'declare' ||
        token.kind === 'assign' ||
        token.kind === 'comma' ||
        token.kind === 'other'
      ) {
        this.#skip();
        this.#next();
        this.#unexpected(token, context);
      }
      const command = this.#command(end);
      const first = command.operands[0];
      if (commands.length > 0 && (first.kind === 'literal' || first.kind === 'dot' || first.kind === 'nil'))
        this.#fail(`non executable command in pipeline stage ${commands.length + 1}`);
      commands.push(command);
    }
  }

  #declarations(context: string): { readonly variables: readonly string[]; readonly assign: boolean } {
    const start = this.#at;
    const names: string[] = [];
    while (this.#peek()?.kind === 'variable') {
      this.#skip();
      names.push(this.#next().text);
      const next = this.#peek();
      if (next?.kind === 'comma' && context === 'range' && names.length === 1) {
        this.#skip();
        this.#next();
        if (this.#peek()?.kind !== 'variable') this.#fail('range can only initialize variables');
        continue;
      }
      if (next?.kind === 'comma' && (context === 'command' || context === 'range')) this.#fail(`too many declarations in ${context}`);
      if (next?.kind === 'declare' || next?.kind === 'assign') {
        this.#skip();
        this.#next();
        if (next.kind === 'declare') this.#variables.push(...names);
        return { variables: names, assign: next.kind === 'assign' };
      }
      break;
    }
    this.#at = start;
    return { variables: [], assign: false };
  }

  #command(end: 'close' | 'rparen'): Command {
    const operands: Operand[] = [];
    for (;;) {
      this.#skip();
      const token = this.#peek();
      if (!token) this.#fail('unexpected EOF');
      if (token.kind === 'pipe') {
        this.#skip();
        this.#next();
        break;
      }
      if (token.kind === end) break;
      this.#next();
      operands.push(this.#operand(token));
      const next = this.#tokens[this.#at];
      if (
        next?.kind === 'field' &&
        (token.kind === 'string' || token.kind === 'rawString' || token.kind === 'bool' || token.kind === 'nil')
      )
        this.#fail(`unexpected . after term ${JSON.stringify(token.text)}`);
      if (next && next.kind !== 'space' && next.kind !== 'pipe' && next.kind !== 'close' && next.kind !== 'rparen') {
        this.#next();
        this.#unexpected(next, 'operand');
      }
    }
    if (operands.length === 0) this.#fail('empty command');
    return { operands, at: operands[0].at, text: operands.map((o) => o.text).join(' ') };
  }

  /** Fields that follow at once: .A.B.C, and where the first of them stands. */
  #chain(): { readonly names: readonly string[]; readonly at: number | undefined } {
    const names: string[] = [];
    const at = this.#tokens[this.#at]?.kind === 'field' ? this.#tokens[this.#at].at : undefined;
    while (this.#tokens[this.#at]?.kind === 'field') names.push(this.#next().text.slice(1));
    return { names, at };
  }

  /** text/template places a chain of fields at the first field that was added to it. */
  #operand(token: Token): Operand {
    const { at, text } = token;
    switch (token.kind) {
      case 'dot':
        return { kind: 'dot', at, text };
      case 'nil':
        return { kind: 'nil', at, text };
      case 'bool':
        return { kind: 'literal', value: text === 'true', at, text };
      case 'number':
        return { kind: 'literal', value: this.#number(text), at, text };
      case 'char':
        return { kind: 'literal', value: this.#character(text), at, text };
      case 'string':
      case 'rawString':
        return { kind: 'literal', value: this.#unquote(token), at, text };
      case 'identifier':
        if (!this.#functions.has(text)) this.#fail(`function "${text}" not defined`);
        return { kind: 'function', name: text, at, text };
      case 'field': {
        const more = this.#chain();
        const names = [text.slice(1), ...more.names];
        return { kind: 'field', names, at: more.at ?? at, text: `.${names.join('.')}` };
      }
      case 'variable': {
        if (!this.#variables.includes(text)) this.#fail(`undefined variable "${text}"`);
        const { names, at: first } = this.#chain();
        return { kind: 'variable', name: text, names, at: first ?? at, text: [text, ...names].join('.') };
      }
      case 'lparen': {
        const pipe = this.#pipeline('parenthesized pipeline', 'rparen');
        const { names, at: first } = this.#chain();
        const inner = `(${pipe.commands.map((c) => c.text).join(' | ')})`;
        return { kind: 'pipe', pipe, names, at: first ?? at, text: [inner, ...names].join('.') };
      }
      default:
        return this.#unexpected(token, 'operand');
    }
  }

  #number(text: string): number | GoFloat {
    const value = numberValue(text);
    if (Number.isNaN(value)) this.#fail(`illegal number syntax: ${JSON.stringify(text)}`);
    const isFloat = !/^[+-]?0[xX]/.test(text) && /[.eE]/.test(text);
    if (isFloat) return Number.isInteger(value) ? new GoFloat(value) : value;
    if (Math.abs(value) >= 2 ** 63) this.#fail(`integer overflow: ${JSON.stringify(text)}`);
    return value;
  }

  #unquote(token: { readonly kind: string; readonly text: string }): string {
    return unquote(token) ?? this.#fail('invalid syntax');
  }

  #character(text: string): number {
    const inner = text.slice(1, -1);
    const value = this.#unquote({ kind: 'string', text: `"${inner.replace(/\\'/g, "'").replace(/"/g, '\\"')}"` });
    if ([...value].length !== 1) this.#fail(`malformed character constant: ${text}`);
    return value.codePointAt(0)!;
  }
}

function numberValue(text: string): number {
  const digits = text.replace(/_/g, '').replace(/^\+/, '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const plain = digits.replace(/^-/, '');
  return sign * Number(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** strconv.Unquote; null is "invalid syntax". */
function unquote(token: { readonly kind: string; readonly text: string }): string | null {
  const inner = token.text.slice(1, -1);
  if (token.kind === 'rawString') return inner;
  let valid = true;
  const value = inner.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_all, e: string) => {
    if (/^[xuU]/.test(e) && e.length > 1) return String.fromCodePoint(Number.parseInt(e.slice(1), 16));
    if (/^[0-7]{3}$/.test(e)) return String.fromCharCode(Number.parseInt(e, 8));
    valid &&= Object.hasOwn(ESCAPES, e);
    return ESCAPES[e] ?? e;
  });
  return valid ? value : null;
}
