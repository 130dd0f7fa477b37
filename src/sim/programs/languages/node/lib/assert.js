// assert.
const { inspect, $same } = require('util');
class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message);
    this.name = 'AssertionError';
    this.generatedMessage = false;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Object.defineProperty(this, 'stack', {
      value: String(this.stack).replace(/^(Assertion)?Error/, 'AssertionError [ERR_ASSERTION]'),
      writable: true,
      configurable: true,
      enumerable: false,
    });
    Object.defineProperty(this, 'name', { enumerable: false });
  }
}
const fail = (message, fallback, facts) => {
  if (message instanceof Error) throw message;
  const e = new AssertionError({ message: message ?? fallback, ...facts });
  e.generatedMessage = message === undefined;
  throw e;
};
const lines = (a, b, head) => {
  const one = inspect(a).split('\n');
  const two = inspect(b).split('\n');
  if (one.length === 1 && two.length === 1 && one[0].length + two[0].length < 65 && (typeof a !== 'object' || a === null))
    return `${head}\n\n${one[0]} !== ${two[0]}\n`;
  return `${head}\n+ actual - expected\n\n${one.map((l) => `+ ${l}`).join('\n')}\n${two.map((l) => `- ${l}`).join('\n')}\n`;
};
const assert = (value, message) => assert.ok(value, message);
Object.assign(assert, {
  AssertionError,
  ok(value, message) {
    if (!value)
      fail(message, arguments.length === 0 ? 'No value argument passed to `assert.ok()`' : 'The expression evaluated to a falsy value', {
        actual: value,
        expected: true,
        operator: '==',
      });
  },
  equal(a, b, message) {
    if (!(a == b || (Number.isNaN(a) && Number.isNaN(b))))
      fail(message, `${inspect(a)} == ${inspect(b)}`, { actual: a, expected: b, operator: '==' });
  },
  notEqual(a, b, message) {
    if (a == b) fail(message, `${inspect(a)} != ${inspect(b)}`, { actual: a, expected: b, operator: '!=' });
  },
  strictEqual(a, b, message) {
    if (!Object.is(a, b))
      fail(message, lines(a, b, 'Expected values to be strictly equal:'), { actual: a, expected: b, operator: 'strictEqual' });
  },
  notStrictEqual(a, b, message) {
    if (Object.is(a, b))
      fail(message, `Expected "actual" to be strictly unequal to: ${inspect(b)}`, { actual: a, expected: b, operator: 'notStrictEqual' });
  },
  deepEqual(a, b, message) {
    if (!$same(a, b, false))
      fail(message, lines(a, b, 'Expected values to be loosely deep-equal:'), { actual: a, expected: b, operator: 'deepEqual' });
  },
  deepStrictEqual(a, b, message) {
    if (!$same(a, b, true))
      fail(message, lines(a, b, 'Expected values to be strictly deep-equal:'), { actual: a, expected: b, operator: 'deepStrictEqual' });
  },
  notDeepStrictEqual(a, b, message) {
    if ($same(a, b, true))
      fail(message, 'Expected "actual" not to be strictly deep-equal to', { actual: a, expected: b, operator: 'notDeepStrictEqual' });
  },
  match(text, pattern, message) {
    if (!pattern.test(text))
      fail(message, `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`, {
        actual: text,
        expected: pattern,
        operator: 'match',
      });
  },
  throws(run, expected, message) {
    try {
      run();
    } catch (error) {
      if (expected instanceof RegExp && !expected.test(String(error))) throw error;
      if (typeof expected === 'function' && expected.prototype && !(error instanceof expected)) throw error;
      if (expected && typeof expected === 'object' && !(expected instanceof RegExp))
        for (const [k, v] of Object.entries(expected)) if (v instanceof RegExp ? !v.test(error[k]) : !$same(error[k], v, true)) throw error;
      return;
    }
    fail(typeof expected === 'string' ? expected : message, 'Missing expected exception.', { operator: 'throws' });
  },
  doesNotThrow: (run) => run(),
  async rejects(promise, expected, message) {
    let failed;
    try {
      await (typeof promise === 'function' ? promise() : promise);
    } catch (error) {
      failed = { error };
    }
    if (!failed) fail(message, 'Missing expected rejection.', { operator: 'rejects' });
    assert.throws(() => {
      throw failed.error;
    }, expected);
  },
  fail: (message = 'Failed') => fail(message, message, { operator: 'fail' }),
  ifError(value) {
    if (value !== null && value !== undefined) throw value;
  },
});
assert.notDeepEqual = assert.notDeepStrictEqual;
assert.strict = Object.assign((...args) => assert(...args), assert, {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  notEqual: assert.notStrictEqual,
});
module.exports = assert;
