import { expect, test } from 'vitest';
import { encodeJson, firstJsonNode, goSyntaxError } from './goJson.ts';

test.each([
  ['not json', "invalid character 'o' in literal null (expecting 'u')"],
  ['{bad', "invalid character 'b' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a":', 'unexpected EOF'],
  ['hello', "invalid character 'h' looking for beginning of value"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['{"a":[1,-2.5e3,true,null,"\\u00e9"]} rest', undefined],
])('%j', (text, message) => {
  expect(goSyntaxError(text)).toBe(message);
});

test('nests as deep as Go does, whatever the stack', () => {
  expect(goSyntaxError('['.repeat(10_000) + ']'.repeat(10_000))).toBeUndefined();
  expect(goSyntaxError('['.repeat(10_001))).toBe("invalid character '[' exceeded max depth");
});

test('a value as it was written', () => {
  expect(firstJsonNode('{"a":[1.50,"\\ud800x",null],"a":{}} rest')).toEqual({
    node: {
      kind: 'object',
      members: [
        ['a', { kind: 'array', items: [{ kind: 'number', text: '1.50' }, { kind: 'string', value: '\ufffdx' }, { kind: 'null' }] }],
        ['a', { kind: 'object', members: [] }],
      ],
    },
    rest: ' rest',
  });
});

test('a bigint is written as a bare number', () => {
  expect(encodeJson({ time: 1, timeNano: 1795519498123456789n })).toBe('{"time":1,"timeNano":1795519498123456789}');
});
