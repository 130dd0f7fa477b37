import { expect, test } from 'vitest';
import {
  array,
  bool,
  GoDecodeError,
  goDecode,
  int,
  list,
  map,
  pointer,
  type Shape,
  string,
  strings,
  struct,
  uint,
  words,
} from './goDecode.ts';
import { firstJsonNode } from './goJson.ts';

const limits = struct('demo.Limits', { Memory: int(), Weight: uint('uint16', 16n) });
const port = struct('demo.Port', { Number: int('int'), Open: bool });
const host = struct(
  'demo.Host',
  { Mode: string('demo.Mode'), Ports: map(list(port), 'demo.PortMap'), Size: array(2, uint('uint')) },
  { Limits: limits },
);
const config = struct('demo.Config', { Env: strings, Cmd: words, Labels: map(string()) });
const request = struct('demo.Request', { Host: pointer(host), Notes: list(struct('demo.Note', { text: string() })) }, { Config: config });

function decoded(text: string, shape: Shape = request): unknown {
  try {
    return goDecode(firstJsonNode(text).node, shape);
  } catch (error) {
    if (error instanceof GoDecodeError) return error.message;
    throw error;
  }
}

test.each([
  ['{"Env":["A=1"],"Host":{"Memory":5},"Unknown":[1]}', { Env: ['A=1'], Host: { Memory: 5 } }],
  ['{"ENV":["A=1"],"host":{"memory":5}}', { Env: ['A=1'], Host: { Memory: 5 } }],
  ['{"Env":null,"Host":null,"Labels":{"a":null},"Notes":[null]}', { Labels: { a: '' }, Notes: [{}] }],
  ['{"Env":[null,"b"]}', { Env: ['', 'b'] }],
  ['{"Cmd":"ls"}', { Cmd: ['ls'] }],
  ['{"Host":{"Ports":{"80":null,"81":[{"Number":1}]},"Size":[1]}}', { Host: { Ports: { 80: null, 81: [{ Number: 1 }] }, Size: [1, 0] } }],
])('%s', (text, value) => {
  expect(decoded(text)).toEqual(value);
});

test('a member may have any name', () => {
  const { Labels } = decoded('{"Labels":{"__proto__":"x"}}') as { Labels: object };
  expect(Object.entries(Labels)).toEqual([['__proto__', 'x']]);
});

test.each([
  ['5', 'json: cannot unmarshal number into Go value of type demo.Request'],
  ['[]', 'json: cannot unmarshal array into Go value of type demo.Request'],
  ['{"Env":5}', 'json: cannot unmarshal number into Go struct field Request.Config.Env of type []string'],
  ['{"Env":["a",true]}', 'json: cannot unmarshal bool into Go struct field Request.Config.Env of type string'],
  ['{"Labels":["a"]}', 'json: cannot unmarshal array into Go struct field Request.Config.Labels of type map[string]string'],
  ['{"Host":"x"}', 'json: cannot unmarshal string into Go struct field Request.Host of type demo.Host'],
  ['{"Host":{"Mode":{}}}', 'json: cannot unmarshal object into Go struct field Host.Host.Mode of type demo.Mode'],
  ['{"Host":{"Memory":"1"}}', 'json: cannot unmarshal string into Go struct field Host.Host.Limits.Memory of type int64'],
  ['{"Host":{"Memory":1.5}}', 'json: cannot unmarshal number 1.5 into Go struct field Host.Host.Limits.Memory of type int64'],
  ['{"Host":{"Memory":1e3}}', 'json: cannot unmarshal number 1e3 into Go struct field Host.Host.Limits.Memory of type int64'],
  ['{"Host":{"Weight":70000}}', 'json: cannot unmarshal number 70000 into Go struct field Host.Host.Limits.Weight of type uint16'],
  ['{"Host":{"Ports":{"80":[{"Number":"80"}]}}}', 'json: cannot unmarshal string into Go struct field Port.Host.Ports.Number of type int'],
  ['{"Notes":[{"text":1},5]}', 'json: cannot unmarshal number into Go struct field Note.Notes.text of type string'],
  ['{"Notes":[5,{"text":1}]}', 'json: cannot unmarshal number into Go struct field Request.Notes of type demo.Note'],
  ['{"Cmd":5}', 'json: cannot unmarshal number into Go struct field Request.Config.Cmd of type string'],
  ['{"Cmd":["a",5]}', 'json: cannot unmarshal array into Go struct field Request.Config.Cmd of type string'],
  ['{"Env":5,"Cmd":{}}', 'json: cannot unmarshal object into Go struct field Request.Config.Cmd of type string'],
])('%s: %s', (text, message) => {
  expect(decoded(text)).toBe(message);
});
