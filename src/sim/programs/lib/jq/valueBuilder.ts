import type { Json } from './values.ts';

/** A mistake in a JSON text, without its position. */
export class SyntaxProblem extends Error {}

/** Puts tokens together; the parser asks after each one whether something is complete. */
export interface Builder {
  readonly open: boolean;
  /** Where it is in the text, if it keeps account of that. */
  readonly path: readonly Json[];
  value(v: Json): void;
  token(c: string): void;
  take(): Json | undefined;
  /** What a single token completed besides the value already taken. */
  takeQueued(): Json | undefined;
  reset(): void;
}

type Frame = { readonly list: Json[] } | { readonly object: Map<string, Json>; key?: string };

/** Whole values. */
export class ValueBuilder implements Builder {
  #stack: Frame[] = [];
  #next: Json | undefined;
  readonly path = [];

  get open(): boolean {
    return this.#stack.length > 0;
  }

  value(v: Json): void {
    if (this.#next !== undefined) throw new SyntaxProblem('Expected separator between values');
    this.#next = v;
  }

  take(): Json | undefined {
    if (this.open || this.#next === undefined) return undefined;
    const value = this.#next;
    this.#next = undefined;
    return value;
  }

  takeQueued(): undefined {
    return undefined;
  }

  reset(): void {
    this.#stack = [];
    this.#next = undefined;
  }

  token(c: string): void {
    const top = this.#stack[this.#stack.length - 1];
    if (c === '[' || c === '{') {
      if (this.#stack.length >= 10_000) throw new SyntaxProblem('Exceeds depth limit for parsing');
      if (this.#next !== undefined) throw new SyntaxProblem('Expected separator between values');
      this.#stack.push(c === '[' ? { list: [] } : { object: new Map() });
    } else if (c === ':') this.#colon(top);
    else if (c === ',') this.#comma(top);
    else if (c === ']') this.#closeList(top);
    else this.#closeObject(top);
  }

  #colon(top: Frame | undefined): void {
    if (this.#next === undefined) throw new SyntaxProblem("Expected string key before ':'");
    if (top === undefined || 'list' in top || top.key !== undefined) throw new SyntaxProblem("':' not as part of an object");
    if (typeof this.#next !== 'string') throw new SyntaxProblem('Object keys must be strings');
    top.key = this.#next;
    this.#next = undefined;
  }

  #comma(top: Frame | undefined): void {
    if (this.#next === undefined) throw new SyntaxProblem("Expected value before ','");
    if (top === undefined) throw new SyntaxProblem("',' not as part of an object or array");
    this.#store(top);
  }

  #store(top: Frame): void {
    if ('list' in top) top.list.push(this.#next as Json);
    else {
      if (top.key === undefined) throw new SyntaxProblem('Objects must consist of key:value pairs');
      top.object.set(top.key, this.#next as Json);
      top.key = undefined;
    }
    this.#next = undefined;
  }

  #closeList(top: Frame | undefined): void {
    if (top === undefined || !('list' in top)) throw new SyntaxProblem("Unmatched ']'");
    if (this.#next !== undefined) this.#store(top);
    else if (top.list.length > 0) throw new SyntaxProblem('Expected another array element');
    this.#stack.pop();
    this.#next = top.list;
  }

  #closeObject(top: Frame | undefined): void {
    if (top === undefined) throw new SyntaxProblem("Unmatched '}'");
    if (this.#next !== undefined) {
      if ('list' in top) throw new SyntaxProblem('Objects must consist of key:value pairs');
      this.#store(top);
    } else {
      if ('list' in top || top.key !== undefined) throw new SyntaxProblem("Unmatched '}'");
      if (top.object.size > 0) throw new SyntaxProblem('Expected another key-value pair');
    }
    this.#stack.pop();
    this.#next = (top as { readonly object: Map<string, Json> }).object;
  }
}
