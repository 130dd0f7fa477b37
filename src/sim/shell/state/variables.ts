import { STRING_MAX } from '../../kernel/limits.ts';
import { outOfMemory, ReadonlyError, ShellError } from './errors.ts';
import { hashOrder } from './hashOrder.ts';

/** A shell variable: a string, an indexed array or an associative array, with the attributes of `declare`. */
export interface Variable {
  value: string | undefined;
  array?: Map<number, string>;
  assoc?: Map<string, string>;
  exported?: boolean;
  readonly?: boolean;
  integer?: boolean;
  lower?: boolean;
  upper?: boolean;
  nameref?: boolean;
  trace?: boolean;
  /** Computed on each read (RANDOM, SECONDS, ...). */
  get?: () => string | undefined;
  /** A computed one has been read: only then `set` lists it. */
  seen?: boolean;
  /** Called on assignment instead of storing. */
  set?: (value: string) => void;
}

function copyVariable(v: Variable): Variable {
  return { ...v, array: v.array && new IndexedArray(v.array), assoc: v.assoc && new Map(v.assoc) };
}

/** What an element of an array takes besides its text, bytes. */
const ELEMENT_BYTES = 64;
/** The size of all variables is taken again when this much has been written, or an eighth of them. */
const MEASURE_EACH = 64 * 1024;

/** An indexed array that knows its highest subscript. */
class IndexedArray extends Map<number, string> {
  #top: number | undefined = -1;

  constructor(entries: Iterable<readonly [number, string]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  get top(): number {
    if (this.#top === undefined) {
      this.#top = -1;
      for (const key of this.keys()) this.#top = Math.max(this.#top, key);
    }
    return this.#top;
  }

  override set(key: number, value: string): this {
    if (this.#top !== undefined && key > this.#top) this.#top = key;
    return super.set(key, value);
  }

  override delete(key: number): boolean {
    if (key === this.#top) this.#top = undefined;
    return super.delete(key);
  }
}

function topOf(array: ReadonlyMap<number, string>): number {
  if (array instanceof IndexedArray) return array.top;
  let top = -1;
  for (const key of array.keys()) top = Math.max(top, key);
  return top;
}

/** The scopes of a shell: one table, and for each running function what its `local`s hide. */
export class Variables {
  readonly #table: Map<string, Variable>;
  readonly #scopes: Map<string, Variable | undefined>[] = [];
  /** In dash and BusyBox sh an error of assignment ends the shell. */
  posix = false;
  #written = 0;
  #measureAt = MEASURE_EACH;
  /** Evaluates arithmetic for `declare -i` and subscripts; set by the shell. */
  evaluate: (text: string) => bigint = () => 0n;
  /** Prints a warning at the next chance. */
  warn: (text: string) => void = () => {};
  onChange: ((name: string) => void) | undefined;

  constructor(table: Map<string, Variable> = new Map()) {
    this.#table = table;
  }

  /** A copy for a subshell: nothing done there comes back. */
  fork(): Variables {
    const copy = new Variables(new Map());
    for (const [name, v] of this.#table) copy.#table.set(name, v.get ? v : copyVariable(v));
    for (const scope of this.#scopes) copy.#scopes.push(new Map(scope));
    return copy;
  }

  names(): string[] {
    return [...this.#table.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }

  /** The variable itself, namerefs not followed. */
  raw(name: string): Variable | undefined {
    return this.#table.get(name);
  }

  /** Enough was written since {@link measure} that the kernel should hear of it. */
  get hasGrown(): boolean {
    return this.#written > this.#measureAt;
  }

  /** The bytes that all variables take. */
  measure(): number {
    let bytes = 0;
    for (const v of this.#table.values()) {
      bytes += v.value?.length ?? 0;
      for (const value of (v.array ?? v.assoc)?.values() ?? []) bytes += value.length + ELEMENT_BYTES;
    }
    this.#written = 0;
    this.#measureAt = Math.max(MEASURE_EACH, bytes / 8);
    return bytes;
  }

  define(name: string, v: Variable): void {
    this.#written += (v.value?.length ?? 0) + (v.array?.size ?? 0) * ELEMENT_BYTES;
    this.#table.set(name, v);
  }

  /** Follows namerefs: the name that reads and writes really go to, maybe with a subscript. */
  resolve(name: string): string {
    let at = name;
    for (let i = 0; i < 8; i++) {
      const v = this.#table.get(at);
      if (!v?.nameref || v.value === undefined || v.value === '') return at;
      if (v.value === at) return at;
      at = v.value;
    }
    this.warn(`warning: ${name}: circular name reference`);
    return name;
  }

  find(name: string): Variable | undefined {
    const v = this.#table.get(name);
    return v?.nameref ? this.#table.get(baseName(this.resolve(name))) : v;
  }

  get(name: string): string | undefined {
    const v = this.#table.get(name);
    if (v === undefined) return undefined;
    if (v.nameref) {
      const target = this.resolve(name);
      if (target === name) return v.value;
      const open = target.indexOf('[');
      return open > 0 ? this.element(target.slice(0, open), target.slice(open + 1, -1)) : this.get(target);
    }
    if (v.get) {
      v.seen = true;
      return v.get();
    }
    if (v.array) return v.array.get(0);
    if (v.assoc) return v.assoc.get('0');
    return v.value;
  }

  /** Values of `${name[@]}` in order. */
  values(name: string): string[] {
    const v = this.find(name);
    if (!v) return [];
    if (v.array) return sortedKeys(v.array).map((k) => v.array!.get(k)!);
    if (v.assoc) return hashOrder(v.assoc).map((k) => v.assoc!.get(k)!);
    const value = v.get ? v.get() : v.value;
    return value === undefined ? [] : [value];
  }

  /** Subscripts of `${!name[@]}` in order. */
  keys(name: string): string[] {
    const v = this.find(name);
    if (!v) return [];
    if (v.array) return sortedKeys(v.array).map(String);
    if (v.assoc) return hashOrder(v.assoc);
    return v.value === undefined && !v.get ? [] : ['0'];
  }

  index(name: string, v: Variable | undefined, subscript: string): number {
    const n = Number(this.evaluate(subscript));
    if (n >= 0) return n;
    const top = v?.array ? topOf(v.array) : v?.value !== undefined ? 0 : -1;
    if (n + top + 1 < 0) throw new ShellError(`${name}[${subscript}]: bad array subscript`);
    return n + top + 1;
  }

  /** `subscript` is expanded text: a key, or arithmetic. */
  element(name: string, subscript: string): string | undefined {
    const v = this.find(name);
    if (v?.assoc) return v.assoc.get(subscript);
    let at: number;
    try {
      at = this.index(name, v, subscript);
    } catch (error) {
      if (error instanceof ShellError && error.message.endsWith('bad array subscript')) {
        this.warn(`${name}: bad array subscript`);
        return undefined;
      }
      throw error;
    }
    if (!v) return undefined;
    if (v.array) return v.array.get(at);
    return at === 0 ? (v.get ? v.get() : v.value) : undefined;
  }

  readonlyError(name: string): ReadonlyError {
    return this.posix
      ? new ReadonlyError(`${name}: is read only`, { fatal: true, status: 2 })
      : new ReadonlyError(`${name}: readonly variable`);
  }

  #checked(name: string): Variable {
    let v = this.#table.get(name);
    if (!v) this.#table.set(name, (v = { value: undefined }));
    if (v.readonly) throw this.readonlyError(name);
    return v;
  }

  #convert(v: Variable, value: string, old: string | undefined, append: boolean): string {
    if (v.integer) {
      const n = this.evaluate(value) + (append ? this.evaluate(old || '0') : 0n);
      return BigInt.asIntN(64, n).toString();
    }
    const length = value.length + (append ? (old ?? '').length : 0);
    if (length > STRING_MAX) throw outOfMemory(length);
    this.#written += value.length + ELEMENT_BYTES;
    const text = append ? (old ?? '') + value : value;
    return v.upper ? text.toUpperCase() : v.lower ? text.toLowerCase() : text;
  }

  set(name: string, value: string, append = false): void {
    const at = this.#table.get(name)?.nameref ? this.resolve(name) : name;
    const open = at.indexOf('[');
    if (open > 0) return this.setElement(at.slice(0, open), at.slice(open + 1, -1), value, append);
    const v = this.#checked(at);
    if (v.nameref) v.value = value;
    else if (v.set) v.set(value);
    else if (v.array) v.array.set(0, this.#convert(v, value, v.array.get(0), append));
    else if (v.assoc) v.assoc.set('0', this.#convert(v, value, v.assoc.get('0'), append));
    else v.value = this.#convert(v, value, v.get ? v.get() : v.value, append);
    this.onChange?.(at);
  }

  setElement(name: string, subscript: string, value: string, append = false): void {
    const at = baseName(this.resolve(name));
    const v = this.#checked(at);
    if (v.assoc) {
      v.assoc.set(subscript, this.#convert(v, value, v.assoc.get(subscript), append));
      return;
    }
    const index = this.index(at, v, subscript);
    this.makeArray(v);
    v.array!.set(index, this.#convert(v, value, v.array!.get(index), append));
  }

  makeArray(v: Variable): void {
    if (v.array) return;
    v.array = new IndexedArray(v.value === undefined ? [] : [[0, v.value]]);
    v.value = undefined;
  }

  /** `name=(...)`: elements with their subscripts, or without. */
  setArray(
    name: string,
    elements: readonly { readonly key?: string; readonly value: string; readonly append?: boolean }[],
    append: boolean,
  ): void {
    const at = baseName(this.resolve(name));
    const v = this.#checked(at);
    if (v.assoc) {
      const table = append ? v.assoc : new Map<string, string>();
      for (let i = 0; i < elements.length; i++) {
        const e = elements[i];
        if (e.key !== undefined) table.set(e.key, this.#convert(v, e.value, table.get(e.key), e.append ?? false));
        else {
          table.set(e.value, elements[i + 1]?.key === undefined ? (elements[i + 1]?.value ?? '') : '');
          i++;
        }
      }
      v.assoc = table;
      return;
    }
    this.makeArray(v);
    const table = append ? v.array! : new IndexedArray();
    v.array = table;
    let next = append && table.size > 0 ? topOf(table) + 1 : 0;
    for (const e of elements) {
      if (e.key !== undefined) next = this.index(at, v, e.key);
      table.set(next, this.#convert(v, e.value, table.get(next), e.append ?? false));
      next++;
    }
  }

  /** False if there was none. A readonly one throws. */
  unset(name: string): boolean {
    const v = this.#table.get(name);
    if (!v) return false;
    if (v.readonly) throw this.posix ? this.readonlyError(name) : new ShellError(`${name}: cannot unset: readonly variable`);
    this.#table.delete(name);
    this.onChange?.(name);
    return true;
  }

  unsetElement(name: string, subscript: string): void {
    const v = this.find(name);
    if (!v) return;
    if (v.readonly) throw this.posix ? this.readonlyError(name) : new ShellError(`${name}: cannot unset: readonly variable`);
    if (v.assoc) v.assoc.delete(subscript);
    else if (subscript === '@' || subscript === '*') this.#table.delete(name);
    else if (v.array) v.array.delete(this.index(name, v, subscript));
    else if (this.index(name, v, subscript) === 0) this.#table.delete(name);
  }

  pushScope(): void {
    this.#scopes.push(new Map());
  }

  popScope(): void {
    for (const [name, old] of this.#scopes.pop()!) {
      if (old) this.#table.set(name, old);
      else this.#table.delete(name);
      this.onChange?.(name);
    }
  }

  get depth(): number {
    return this.#scopes.length;
  }

  /** Names that are local to the running function. */
  localNames(): string[] {
    return [...(this.#scopes[this.#scopes.length - 1]?.keys() ?? [])].sort();
  }

  /** Makes `name` local to the running function and gives the new variable (or the one that is local already). */
  makeLocal(name: string, inherit = false): Variable {
    const scope = this.#scopes[this.#scopes.length - 1];
    const old = this.#table.get(name);
    if (scope.has(name) && old) return old;
    if (old?.readonly) throw this.readonlyError(name);
    if (!scope.has(name)) scope.set(name, old);
    const fresh: Variable = inherit && old ? copyVariable(old) : { value: undefined };
    if (old?.exported && inherit) fresh.exported = true;
    this.#table.set(name, fresh);
    return fresh;
  }

  /** The environment for a child process. */
  environment(): Map<string, string> {
    const env = new Map<string, string>();
    for (const [name, v] of this.#table) {
      if (!v.exported || v.array || v.assoc) continue;
      const value = v.get ? v.get() : v.value;
      if (value !== undefined) env.set(name, value);
    }
    return env;
  }
}

function baseName(name: string): string {
  const open = name.indexOf('[');
  return open > 0 ? name.slice(0, open) : name;
}

export function sortedKeys(array: ReadonlyMap<number, string>): number[] {
  return [...array.keys()].sort((a, b) => a - b);
}
