/**
 * Decoding JSON into Go's types, as encoding/json does it (Go 1.24), for programs that answer with its errors:
 * "json: cannot unmarshal string into Go struct field HostConfig.HostConfig.Resources.Memory of type int64".
 */
import type { JsonNode } from './goJson.ts';

export interface StructField {
  /** As JSON has it; other spellings of upper and lower case are accepted too. */
  readonly name: string;
  readonly shape: Shape;
  /** Names of the embedded structs that it is in. */
  readonly embedded: readonly string[];
}

/** A type of Go. `type` is its name as `reflect.Type.String` has it. */
export type Shape =
  | { readonly kind: 'string' | 'bool' | 'float'; readonly type: string }
  | { readonly kind: 'int'; readonly type: string; readonly min: bigint; readonly max: bigint }
  | { readonly kind: 'slice'; readonly type: string; readonly item: Shape; readonly length: number | undefined }
  | { readonly kind: 'map'; readonly type: string; readonly item: Shape }
  | { readonly kind: 'struct'; readonly type: string; readonly fields: ReadonlyMap<string, StructField> }
  | { readonly kind: 'pointer'; readonly type: string; readonly to: Shape }
  /** strslice.StrSlice: a list of words, or one word. */
  | { readonly kind: 'words'; readonly type: string }
  /** Taken as it is. */
  | { readonly kind: 'any'; readonly type: string };

export const string = (type = 'string'): Shape => ({ kind: 'string', type });
export const bool: Shape = { kind: 'bool', type: 'bool' };
export const words: Shape = { kind: 'words', type: 'strslice.StrSlice' };
export const anything: Shape = { kind: 'any', type: 'interface {}' };
export const list = (item: Shape): Shape => ({ kind: 'slice', type: `[]${item.type}`, item, length: undefined });
export const strings = list(string());
export const array = (length: number, item: Shape): Shape => ({ kind: 'slice', type: `[${length}]${item.type}`, item, length });
export const map = (item: Shape, type = `map[string]${item.type}`): Shape => ({ kind: 'map', type, item });
export const pointer = (to: Shape): Shape => ({ kind: 'pointer', type: `*${to.type}`, to });

/** A signed integer; `type` names one that is not int64. */
export const int = (type = 'int64', bits = 64n): Shape => ({ kind: 'int', type, min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n });
export const uint = (type = 'uint64', bits = 64n): Shape => ({ kind: 'int', type, min: 0n, max: (1n << bits) - 1n });

/** `fields` by their names in JSON. Those of an embedded struct follow under `embeds`, by the name of its type. */
export function struct(
  type: string,
  fields: Readonly<Record<string, Shape>>,
  embeds: Readonly<Record<string, Shape>> = {},
): Shape & { readonly kind: 'struct' } {
  const all: StructField[] = Object.entries(fields).map(([name, shape]) => ({ name, shape, embedded: [] }));
  for (const [outer, shape] of Object.entries(embeds)) {
    if (shape.kind !== 'struct') throw new Error(`${type} cannot embed ${shape.type}`);
    for (const field of shape.fields.values()) all.push({ ...field, embedded: [outer, ...field.embedded] });
  }
  return { kind: 'struct', type, fields: new Map(all.map((field) => [field.name.toLowerCase(), field])) };
}

/** What Go's decoder would answer with. */
export class GoDecodeError extends Error {}

/**
 * The value as plain data: members that are null or not there are left out, unknown ones too. Throws GoDecodeError with the first
 * mismatch, as Go does after it decoded all the rest.
 */
export function goDecode(node: JsonNode, shape: Shape): unknown {
  const decoder = new Decoder();
  const value = decoder.value(node, shape);
  if (decoder.fault !== undefined) throw new GoDecodeError(decoder.fault);
  return value;
}

class Decoder {
  /** The first mismatch. */
  fault: string | undefined;
  /** The innermost struct, and the way to where we are from the outermost. */
  #struct = '';
  #path: readonly string[] = [];

  /** Undefined for null and for what does not fit. */
  value(node: JsonNode, shape: Shape): unknown {
    switch (shape.kind) {
      case 'pointer':
        return node.kind === 'null' ? undefined : this.value(node, shape.to);
      case 'words':
        return this.#words(node);
      case 'any':
        return plain(node);
      case 'struct':
        if (node.kind === 'object') return this.#fields(node.members, shape);
        break;
      case 'map':
        if (node.kind === 'object')
          return Object.fromEntries(node.members.map(([key, member]) => [key, this.#element(member, shape.item)]));
        break;
      case 'slice':
        if (node.kind === 'array') return this.#items(node.items, shape);
        break;
      case 'string':
        if (node.kind === 'string') return node.value;
        break;
      case 'bool':
        if (node.kind === 'bool') return node.value;
        break;
      case 'int':
        if (node.kind !== 'number') break;
        if (/^-?\d+$/.test(node.text) && BigInt(node.text) >= shape.min && BigInt(node.text) <= shape.max) return Number(node.text);
        return this.#mismatch(`number ${node.text}`, shape.type);
      case 'float':
        if (node.kind === 'number') return Number(node.text);
        break;
    }
    return node.kind === 'null' ? undefined : this.#mismatch(node.kind, shape.type);
  }

  #fields(members: readonly (readonly [string, JsonNode])[], shape: Shape & { readonly kind: 'struct' }): object {
    const out: Record<string, unknown> = {};
    const [outerStruct, outerPath] = [this.#struct, this.#path];
    for (const [key, member] of members) {
      const field = shape.fields.get(key.toLowerCase());
      if (!field) continue;
      this.#struct = shape.type.replace(/^.*\./, '');
      this.#path = [...outerPath, ...field.embedded, field.name];
      const value = this.value(member, field.shape);
      if (value !== undefined) out[field.name] = value;
      this.#struct = outerStruct;
      this.#path = outerPath;
    }
    return out;
  }

  #items(items: readonly JsonNode[], shape: Shape & { readonly kind: 'slice' }): unknown[] {
    const { item, length = items.length } = shape;
    return Array.from({ length }, (_, i) => (i < items.length ? this.#element(items[i], item) : zero(item)));
  }

  /** What stands in a list or map is never missing. */
  #element(node: JsonNode, shape: Shape): unknown {
    return this.value(node, shape) ?? zero(shape);
  }

  /** Has an UnmarshalJSON of its own, whose error ends the decoding. */
  #words(node: JsonNode): readonly string[] | undefined {
    if (node.kind === 'null') return undefined;
    if (node.kind === 'string') return [node.value];
    const values =
      node.kind === 'array' ? node.items.map((item) => (item.kind === 'null' ? '' : item.kind === 'string' && item.value)) : [];
    const fitting = values.filter((value) => value !== false);
    if (node.kind === 'array' && fitting.length === values.length) return fitting;
    throw new GoDecodeError(this.#text(node.kind, 'string'));
  }

  #mismatch(value: string, type: string): undefined {
    this.fault ??= this.#text(value, type);
    return undefined;
  }

  #text(value: string, type: string): string {
    const into = this.#path.length > 0 ? `struct field ${[this.#struct, ...this.#path].join('.')} of type` : 'value of type';
    return `json: cannot unmarshal ${value} into Go ${into} ${type}`;
  }
}

function zero(shape: Shape): unknown {
  if (shape.kind === 'string') return '';
  if (shape.kind === 'bool') return false;
  if (shape.kind === 'int' || shape.kind === 'float') return 0;
  return shape.kind === 'struct' ? {} : null;
}

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(([key, member]) => [key, plain(member)]));
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.text);
    case 'null':
      return undefined;
    default:
      return node.value;
  }
}
