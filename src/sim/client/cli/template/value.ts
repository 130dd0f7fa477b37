/** Values of a template: JSON values, Go maps, and structs with named fields and methods. */

/** A struct or an object with methods, as templates see it. */
export class GoStruct {
  /** For error messages: '*formatter.ContainerContext'. */
  readonly typeName: string;
  readonly fields: ReadonlyMap<string, GoField>;
  /** How `json` writes it, where that differs from its fields. */
  readonly toJson: (() => string) | undefined;
  /** How it prints, where that differs from {a b c}. */
  readonly print: (() => string) | undefined;

  constructor(typeName: string, fields: Readonly<Record<string, GoField>>, toJson?: () => string, print?: () => string) {
    this.typeName = typeName;
    this.fields = new Map(Object.entries(fields));
    this.toJson = toJson;
    this.print = print;
  }
}

export type GoMethod = (...args: GoValue[]) => GoValue;
export type GoField = GoValue | GoMethod;
/** null is a nil pointer, undefined is no value at all. A JSON object is a struct; a map is a {@link GoMap}. */
export type GoValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | readonly GoValue[]
  | GoFloat
  | GoNamed
  | GoMap
  | GoStruct
  | GoObject;
export interface GoObject {
  readonly [key: string]: GoValue;
}

/** On a {@link GoObject}: names in JSON of members that have another one there, undefined for those which JSON leaves out. */
export const JSON_NAMES = Symbol('json');

/** A float64 whose value is whole: 1.0 is no int. Other numbers with a fraction are plain numbers. */
export class GoFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A string of a type of its own: a mode with methods, a port, the digits of a number in plain JSON (json.Number). */
export class GoNamed {
  readonly typeName: string;
  readonly text: string;
  readonly methods: Readonly<Record<string, GoMethod>>;
  constructor(typeName: string, text: string, methods: Readonly<Record<string, GoMethod>> = {}) {
    this.typeName = typeName;
    this.text = text;
    this.methods = methods;
  }
}

/** On lists whose elements are no strings by their type, whatever they hold: []interface {}. */
const ANY_ELEMENTS = Symbol('[]interface {}');

export function anyList(values: readonly GoValue[]): readonly GoValue[] {
  const list = [...values];
  Object.defineProperty(list, ANY_ELEMENTS, { value: true });
  return list;
}

/** A map: prints as map[k:v], keys sorted. */
export class GoMap {
  readonly entries: ReadonlyMap<string, GoValue>;
  /** Plain JSON: the elements are of any type, so that a missing one is no value rather than ''. */
  readonly ofAny: boolean;
  /** Keys of a type of their own. */
  readonly keyOf: ((key: string) => GoNamed) | undefined;
  constructor(entries: ReadonlyMap<string, GoValue>, ofAny = false, keyOf?: (key: string) => GoNamed) {
    this.ofAny = ofAny;
    this.keyOf = keyOf;
    this.entries = new Map([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }
}

/** Nil of a list and of a map: they print as empty ones, and JSON has null. */
export const NIL_LIST: readonly GoValue[] = [];
export const NIL_ANY_LIST: readonly GoValue[] = anyList([]);
export const NIL_MAP = new GoMap(new Map());

export function isObject(value: GoValue): value is GoObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof GoMap) &&
    !(value instanceof GoStruct) &&
    !(value instanceof GoNamed) &&
    !(value instanceof GoFloat)
  );
}

/** Go's name of a value's type. */
export function typeOf(value: GoValue): string {
  if (value === null || value === undefined) return 'nil';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (value instanceof GoFloat) return 'float64';
  if (typeof value === 'bigint') return 'int64';
  if (typeof value === 'string') return 'string';
  if (value instanceof GoNamed) return value.typeName;
  if (Array.isArray(value))
    return !Object.hasOwn(value, ANY_ELEMENTS) && (value as readonly GoValue[]).every((v) => typeof v === 'string')
      ? '[]string'
      : '[]interface {}';
  if (value instanceof GoStruct) return value.typeName;
  if (value instanceof GoMap && !value.ofAny && [...value.entries.values()].every((v) => typeof v === 'string')) return 'map[string]string';
  return 'map[string]interface {}';
}

/** What {{if}} and {{with}} ask. */
export function truth(value: GoValue): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value !== 0 && value !== 0n;
  if (typeof value === 'string') return value !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof GoMap) return value.entries.size > 0;
  if (value instanceof GoNamed) return value.text !== '';
  return value instanceof GoFloat ? value.value !== 0 : true;
}

/** As fmt's %v. */
export function printValue(value: GoValue): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : printFloat(value);
  if (value instanceof GoFloat) return printFloat(value.value);
  if (value instanceof GoNamed) return value.text;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly GoValue[]).map(printValue).join(' ')}]`;
  if (value instanceof GoMap) return `map[${[...value.entries].map(([k, v]) => `${k}:${printValue(v)}`).join(' ')}]`;
  if (value instanceof GoStruct) {
    if (value.print) return value.print();
    return `{${[...value.fields.values()].map((v) => (typeof v === 'function' ? '' : printValue(v))).join(' ')}}`;
  }
  return `{${Object.values(value as GoObject)
    .map(printValue)
    .join(' ')}}`;
}

/** As %g with as many digits as are needed: with an exponent below 1e-4 and from 1e6 up. */
export function printFloat(n: number): string {
  const scientific = n.toExponential();
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  const text = exponent < -4 || exponent >= 6 ? scientific : String(n);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** As encoding/json, but without escaping `<`, `>` and `&`. */
export function jsonOf(value: GoValue): string {
  if (value === undefined || value === null || value === NIL_LIST || value === NIL_ANY_LIST || value === NIL_MAP) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (value instanceof GoFloat) return String(value.value);
  if (value instanceof GoNamed) return value.typeName === 'json.Number' ? value.text : JSON.stringify(value.text);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly GoValue[]).map(jsonOf).join(',')}]`;
  const pairs = (list: Iterable<readonly [string, GoValue]>): string =>
    `{${[...list].map(([k, v]) => `${JSON.stringify(k)}:${jsonOf(v)}`).join(',')}}`;
  if (value instanceof GoMap) return pairs(value.entries);
  if (value instanceof GoStruct) {
    if (value.toJson) return value.toJson();
    return pairs([...value.fields].flatMap(([k, v]) => (typeof v === 'function' ? [] : [[k, v] as const])));
  }
  const names = (value as { readonly [JSON_NAMES]?: ReadonlyMap<string, string | undefined> })[JSON_NAMES];
  return pairs(
    Object.entries(value as GoObject).flatMap(([k, v]) => {
      const name = names?.has(k) ? names.get(k) : k;
      return name === undefined ? [] : [[name, v] as const];
    }),
  );
}
