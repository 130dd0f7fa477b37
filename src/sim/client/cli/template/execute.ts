/** Runs a parsed template over a value. */
import type { TemplateFunction } from './functions.ts';
import { TemplateError } from './lex.ts';
import type { Command, Node, Operand, Pipe, Place, Template } from './parse.ts';
import type { GoMethod, GoValue } from './value.ts';
import { GoMap, GoNamed, GoStruct, isObject, printValue, truth, typeOf } from './value.ts';

export interface ExecuteOptions {
  readonly functions: Readonly<Record<string, TemplateFunction>>;
  /** How a key that a map lacks is treated: an error, or '<no value>'. */
  readonly missingKey: 'error' | 'default';
}

/** Throws {@link TemplateError}: 'template: :1:2: executing "" at <.X>: what'. */
export function executeTemplate(template: Template, data: GoValue, options: ExecuteOptions): string {
  return new Run(template, options, data).all();
}

/** The same for what ignores errors: the text up to the first one. */
export function executePart(template: Template, data: GoValue, options: ExecuteOptions): string {
  return new Run(template, options, data).part();
}

class Loop extends Error {
  readonly what: 'break' | 'continue';
  constructor(what: 'break' | 'continue') {
    super(what);
    this.what = what;
  }
}

const START: Place = { at: 0, text: '' };

class Run {
  readonly #template: Template;
  readonly #options: ExecuteOptions;
  readonly #variables: [name: string, value: GoValue][];
  readonly #data: GoValue;
  /** What was looked at last: errors name it, as in text/template, even where another part is to blame. */
  #place: Place = START;
  #out = '';

  constructor(template: Template, options: ExecuteOptions, data: GoValue) {
    this.#template = template;
    this.#options = options;
    this.#data = data;
    this.#variables = [['$', data]];
  }

  all(): string {
    try {
      this.#nodes(this.#template.nodes, this.#data);
    } catch (error) {
      if (error instanceof TemplateError) error.written = this.#out;
      throw error;
    }
    return this.#out;
  }

  /** What was written until the end, or until something went wrong. */
  part(): string {
    try {
      return this.all();
    } catch (error) {
      if (error instanceof TemplateError) return this.#out;
      throw error;
    }
  }

  #fail(message: string): never {
    const { at, text } = this.#place;
    const before = this.#template.source.slice(0, at);
    const line = 1 + (before.match(/\n/g)?.length ?? 0);
    const column = at - (before.lastIndexOf('\n') + 1);
    const { name } = this.#template;
    throw new TemplateError(`template: ${name}:${line}:${column}: executing "${name}" at <${text}>: ${message}`);
  }

  #nodes(nodes: readonly Node[], dot: GoValue): void {
    for (const node of nodes) this.#node(node, dot);
  }

  #node(node: Node, dot: GoValue): void {
    switch (node.kind) {
      case 'text':
        this.#out += node.text;
        return;
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.#out += value === undefined ? '<no value>' : printValue(value);
        return;
      }
      case 'if':
      case 'with': {
        const scope = this.#variables.length;
        const value = this.#pipe(node.pipe, dot);
        if (truth(value)) this.#nodes(node.body, node.kind === 'with' ? value : dot);
        else this.#nodes(node.otherwise, dot);
        this.#variables.length = scope;
        return;
      }
      case 'range':
        this.#range(node, dot);
        return;
      case 'template':
        this.#call(node, dot);
        return;
      default:
        throw new Loop(node.kind);
    }
  }

  #call(node: Node & { readonly kind: 'template' }, dot: GoValue): void {
    const body = this.#template.defined.get(node.name);
    if (!body) {
      const argument = node.pipe ? ` ${node.pipe.commands.map((c) => c.text).join(' | ')}` : '';
      this.#place = { at: node.at, text: `{{template ${JSON.stringify(node.name)}${argument}}}` };
      this.#fail(`template ${JSON.stringify(node.name)} not defined`);
    }
    const value = node.pipe ? this.#pipe(node.pipe, dot) : undefined;
    const outer = this.#variables.splice(0);
    this.#variables.push(['$', value]);
    this.#nodes(body, value);
    this.#variables.splice(0, this.#variables.length, ...outer);
  }

  #range(node: Node & { readonly kind: 'if' | 'with' | 'range' }, dot: GoValue): void {
    const scope = this.#variables.length;
    const value = this.#pipe({ ...node.pipe, variables: [] }, dot);
    const entries = this.#entries(value);
    if (entries.length === 0) this.#nodes(node.otherwise, dot);
    for (const [key, item] of entries) {
      const mark = this.#variables.length;
      const names = node.pipe.variables;
      if (names.length === 1) this.#bind(names[0], item, node.pipe.assign);
      else if (names.length === 2) {
        this.#bind(names[0], key, node.pipe.assign);
        this.#bind(names[1], item, node.pipe.assign);
      }
      try {
        this.#nodes(node.body, item);
      } catch (error) {
        if (!(error instanceof Loop)) throw error;
        if (error.what === 'break') break;
      } finally {
        this.#variables.length = mark;
      }
    }
    this.#variables.length = scope;
  }

  #entries(value: GoValue): readonly (readonly [GoValue, GoValue])[] {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) return (value as readonly GoValue[]).map((item, i) => [i, item]);
    if (value instanceof GoMap) return [...value.entries].map(([key, item]) => [value.keyOf?.(key) ?? key, item] as const);
    if (typeof value === 'number' && Number.isInteger(value)) return Array.from({ length: value }, (_x, i) => [i, i] as const);
    return this.#fail(`range can't iterate over ${printValue(value)}`);
  }

  #bind(name: string, value: GoValue, assign: boolean): void {
    if (!assign) {
      this.#variables.push([name, value]);
      return;
    }
    const found = this.#variables.findLast(([n]) => n === name);
    if (!found) this.#fail(`undefined variable: ${name}`);
    found[1] = value;
  }

  #pipe(pipe: Pipe, dot: GoValue): GoValue {
    let value: GoValue;
    pipe.commands.forEach((command, i) => {
      value = this.#command(command, dot, i > 0 ? [value] : []);
    });
    for (const name of pipe.variables) this.#bind(name, value, pipe.assign);
    return value;
  }

  #command(command: Command, dot: GoValue, final: readonly GoValue[]): GoValue {
    const [first, ...rest] = command.operands;
    this.#place = first;
    const extra = rest.length + final.length;
    switch (first.kind) {
      case 'function':
        return this.#function(command, first, rest, dot, final);
      case 'field':
        return this.#fields(dot, first.names, first, rest, dot, final);
      case 'variable':
      case 'pipe': {
        if (first.names.length === 0 && extra > 0) this.#fail(`can't give argument to non-function ${first.text}`);
        const start = first.kind === 'variable' ? this.#variable(first.name) : this.#pipe(first.pipe, dot);
        return this.#fields(start, first.names, first.kind === 'variable' ? first : undefined, rest, dot, final);
      }
      case 'nil':
        return this.#fail('nil is not a command');
      default:
        if (extra > 0) this.#fail(`can't give argument to non-function ${first.text}`);
        return this.#operand(first, dot);
    }
  }

  #variable(name: string): GoValue {
    return this.#variables.findLast(([n]) => n === name)?.[1];
  }

  /** An argument. */
  #operand(operand: Operand, dot: GoValue): GoValue {
    this.#place = operand;
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'literal':
        return operand.value;
      default:
        return this.#command({ operands: [operand], at: operand.at, text: operand.text }, dot, []);
    }
  }

  #function(
    command: Command,
    first: Operand & { readonly kind: 'function' },
    rest: readonly Operand[],
    dot: GoValue,
    final: readonly GoValue[],
  ): GoValue {
    const { name } = first;
    if (name === 'and' || name === 'or') {
      if (rest.length + final.length === 0) this.#fail(`wrong number of args for ${name}: want at least 1 got 0`);
      let value: GoValue;
      for (const operand of rest) {
        value = this.#operand(operand, dot);
        if (truth(value) === (name === 'or')) return value;
      }
      return final.length > 0 ? final[0] : value;
    }
    const f = this.#options.functions[name];
    const count = rest.length + final.length;
    if (f.variadic ? count < f.parameters.length : count !== f.parameters.length)
      this.#fail(`wrong number of args for ${name}: want ${f.variadic ? 'at least ' : ''}${f.parameters.length} got ${count}`);
    const args = this.#arguments(f.parameters, rest, dot, final);
    try {
      return f.call(...args);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.#place = command;
      const what = name === 'call' ? error.message.replace('CALLEE', rest[0]?.text ?? 'nil') : error.message;
      return this.#fail(`error calling ${name}: ${what}`);
    }
  }

  #arguments(parameters: readonly string[], operands: readonly Operand[], dot: GoValue, final: readonly GoValue[]): readonly GoValue[] {
    return [
      ...operands.map((operand, i) => {
        const wanted = parameters[i] ?? 'any';
        const value = this.#operand(operand, dot);
        if (wanted === 'any' || typeOf(value) === wanted) return value;
        this.#place = operand;
        if (operand.kind === 'literal') this.#fail(`expected ${wanted === 'int' ? 'integer' : wanted}; found ${operand.text}`);
        return this.#fail(`wrong type for value; expected ${wanted}; got ${this.#typeOf(value)}`);
      }),
      ...final.map((value) => {
        const wanted = parameters[operands.length] ?? 'any';
        if (wanted === 'any' || typeOf(value) === wanted) return value;
        return this.#fail(`wrong type for value; expected ${wanted}; got ${this.#typeOf(value)}`);
      }),
    ];
  }

  /** In plain JSON null is a nil of any type. */
  #typeOf(value: GoValue): string {
    return value === undefined && this.#options.missingKey === 'error' ? 'interface {}' : typeOf(value);
  }

  /** Only the last field of a chain takes the arguments. */
  #fields(
    start: GoValue,
    names: readonly string[],
    place: Place | undefined,
    rest: readonly Operand[],
    dot: GoValue,
    final: readonly GoValue[],
  ): GoValue {
    if (place) this.#place = place;
    return names.reduce<GoValue>((value, name, i) => {
      const last = i === names.length - 1;
      return this.#field(value, name, last ? rest : [], dot, last ? final : []);
    }, start);
  }

  #field(value: GoValue, name: string, rest: readonly Operand[], dot: GoValue, final: readonly GoValue[]): GoValue {
    const count = rest.length + final.length;
    if (value === undefined) {
      if (this.#options.missingKey === 'error') this.#fail(`nil data; no entry for key ${JSON.stringify(name)}`);
      return undefined;
    }
    if (value === null) this.#fail(`nil pointer evaluating interface {}.${name}`);
    if (value instanceof GoStruct) {
      if (!value.fields.has(name)) this.#fail(`can't evaluate field ${name} in type ${value.typeName}`);
      const field = value.fields.get(name);
      const method: GoMethod = typeof field === 'function' ? field : () => field;
      if (count !== method.length) this.#fail(`wrong number of args for ${name}: want ${method.length} got ${count}`);
      return method(...this.#arguments(Array<string>(method.length).fill('string'), rest, dot, final));
    }
    if (value instanceof GoNamed && Object.hasOwn(value.methods, name)) {
      if (count > 0) this.#fail(`wrong number of args for ${name}: want 0 got ${count}`);
      return value.methods[name]();
    }
    if (value instanceof GoMap) {
      if (count > 0) this.#fail(`${name} is not a method but has arguments`);
      if (!value.entries.has(name) && this.#options.missingKey === 'error') this.#fail(`map has no entry for key ${JSON.stringify(name)}`);
      return value.entries.get(name);
    }
    if (isObject(value) && Object.hasOwn(value, name)) {
      if (count > 0) this.#fail(`${name} has arguments but cannot be invoked as function`);
      return value[name];
    }
    return this.#fail(`can't evaluate field ${name} in type ${this.#options.missingKey === 'error' ? 'interface {}' : typeOf(value)}`);
  }
}
