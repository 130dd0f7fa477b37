/** Stops an engine that would go on in a wrong state. Stays on in production. */
export function assert(condition: unknown, message = 'assertion failed'): asserts condition {
  if (!condition) throw new Error(message);
}
