/** For tests: the Engine API as its swagger file describes it, to hold answers against. */
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

type Json = Record<string, unknown>;

interface Operation {
  readonly responses: Readonly<Record<string, { readonly schema?: Json }>>;
}

interface Specification {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Json>>;
}

const ROOT = 'engine-api';

export class ApiSpecification {
  readonly #specification: Specification;
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(yaml: string) {
    this.#specification = parse(yaml) as Specification;
    this.#ajv.addSchema({ $id: ROOT, definitions: jsonSchema(this.#specification.definitions) as Json });
  }

  /** All that it describes: 'GET /containers/{id}/json'. */
  operations(): string[] {
    return Object.entries(this.#specification.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /** The statuses that it names for an operation. */
  statuses(operation: string): number[] {
    return Object.keys(this.#operation(operation).responses).map(Number);
  }

  /**
   * What is wrong with an answer: '/0/Names must be array' and the like; nothing when the body is what the specification says, or it
   * says nothing of the body.
   */
  problems(operation: string, status: number, body: unknown): string[] {
    const schema = this.#operation(operation).responses[status]?.schema;
    if (!schema) return [];
    const key = `${operation} ${status}`;
    let validate = this.#validators.get(key);
    if (!validate) {
      validate = this.#ajv.compile(jsonSchema(schema) as Json);
      this.#validators.set(key, validate);
    }
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.replace(/\/\d+(?=\/|$)/g, '/*')} ${message}`);
  }

  #operation(operation: string): Operation {
    const [method, path] = operation.split(' ');
    const found = this.#specification.paths[path]?.[method.toLowerCase()];
    if (!found) throw new Error(`the specification has no ${operation}`);
    return found;
  }
}

/**
 * Swagger 2 as JSON Schema: references lead to the definitions that were added; x-nullable is a type of its own, and so is a list or a
 * map that Go left nil: the real engine sends null for those whatever the specification says.
 */
function jsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const out: Json = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === '$ref') out.$ref = `${ROOT}${member}`;
    else if (key === 'example' || key === 'examples' || key === 'discriminator') continue;
    else out[key] = jsonSchema(member);
  }
  const nullable = (value as Json)['x-nullable'] === true || out.type === 'array' || out.type === 'object';
  if (!nullable) return out;
  if (typeof out.type === 'string') {
    const { type, enum: values, ...rest } = out;
    return { ...rest, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
  }
  return { anyOf: [out, { type: 'null' }] };
}
