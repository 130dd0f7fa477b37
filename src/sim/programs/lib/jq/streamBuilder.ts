import { type Builder, SyntaxProblem } from './valueBuilder.ts';
import type { Json } from './values.ts';

/** Path elements so far: an index, a key, or null before the key is known. */
type Step = number | string | null;
type Seen = 'none' | '[' | '{' | ':' | ',' | 'value';

/** `[path, leaf]` for each leaf, and `[path]` where an array or object closes (manual, "Streaming"). */
export class StreamBuilder implements Builder {
  #path: Step[] = [];
  #next: Json | undefined;
  #seen: Seen = 'none';
  #queue: Json[] = [];

  get open(): boolean {
    return this.#path.length > 0;
  }

  get path(): readonly Json[] {
    return [...this.#path];
  }

  reset(): void {
    this.#path = [];
    this.#next = undefined;
    this.#seen = 'none';
    this.#queue = [];
  }

  value(v: Json): void {
    if (this.#next !== undefined || this.#seen === 'value') throw new SyntaxProblem('Expected separator between values');
    this.#seen = this.open ? 'value' : 'none';
    this.#next = v;
  }

  take(): Json | undefined {
    if (!this.open && this.#next !== undefined) {
      this.#queue.push([[], this.#next]);
      this.#next = undefined;
    }
    return this.#queue.shift();
  }

  takeQueued(): Json | undefined {
    return this.#queue.shift();
  }

  token(c: string): void {
    const last = this.#path[this.#path.length - 1];
    if (c === '[' || c === '{') this.#enter(c, last);
    else if (c === ':') this.#colon(last);
    else if (c === ',') this.#comma(last);
    else this.#leave(c, last);
  }

  #enter(c: '[' | '{', last: Step | undefined): void {
    if (this.#next !== undefined || this.#seen === 'value') throw new SyntaxProblem('Expected a separator between values');
    if (this.#seen === '{') throw new SyntaxProblem(`Expected string key after '{', not '${c}'`);
    if (this.#seen === ',' && typeof last !== 'number') throw new SyntaxProblem(`Expected string key after ',' in object, not '${c}'`);
    this.#path.push(c === '[' ? 0 : null);
    this.#seen = c;
  }

  #colon(last: Step | undefined): void {
    if (last === undefined || typeof last === 'number') throw new SyntaxProblem("':' not as part of an object");
    if (this.#next === undefined || this.#seen === 'none') throw new SyntaxProblem("Expected string key before ':'");
    if (typeof this.#next !== 'string') throw new SyntaxProblem('Object keys must be strings');
    if (this.#seen !== 'value') throw new SyntaxProblem("':' should follow a key");
    this.#path[this.#path.length - 1] = this.#next;
    this.#next = undefined;
    this.#seen = ':';
  }

  #leaf(): void {
    if (this.#next === undefined) return;
    this.#queue.push([[...this.#path], this.#next]);
    this.#next = undefined;
  }

  #comma(last: Step | undefined): void {
    if (this.#seen !== 'value') throw new SyntaxProblem("Expected value before ','");
    if (last === undefined) throw new SyntaxProblem("',' not as part of an object or array");
    if (last === null) throw new SyntaxProblem('Objects must consist of key:value pairs');
    this.#leaf();
    this.#path[this.#path.length - 1] = typeof last === 'number' ? last + 1 : null;
    this.#seen = ',';
  }

  #leave(c: string, last: Step | undefined): void {
    const list = c === ']';
    if (last === undefined) throw new SyntaxProblem(`Unmatched '${c}' at the top-level`);
    if (this.#seen === ',') throw new SyntaxProblem(list ? 'Expected another array element' : 'Expected another key:value pair');
    if (list !== (typeof last === 'number'))
      throw new SyntaxProblem(list ? "Unmatched ']' in the middle of an object" : "Unmatched '}' in the middle of an array");
    if (this.#next !== undefined && last === null) throw new SyntaxProblem('Objects must consist of key:value pairs');
    if (this.#next === undefined && this.#seen === ':') throw new SyntaxProblem('Missing value in key:value pair');
    const empty = this.#seen === '[' || this.#seen === '{';
    if (!empty) {
      this.#leaf();
      this.#queue.push([[...this.#path]]);
    }
    this.#path.pop();
    if (empty) this.#queue.push([[...this.#path], list ? [] : new Map()]);
    this.#seen = this.open ? 'value' : 'none';
  }
}
