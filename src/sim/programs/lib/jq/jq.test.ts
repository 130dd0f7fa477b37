/** jq as a program: what is typed, what comes out. The answers were read off jq 1.8.2. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe, read, spawn, write } from '../../../kernel/syscalls.ts';
import { testMachine } from '../../../kernel/testing.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { program } from '../../jq.ts';

const machine = testMachine({
  programs: [program],
  files: {
    '/home/student/web.json':
      '[{"Name":"/web","State":{"Running":true,"Pid":42},"Ports":{"80/tcp":[{"HostPort":"8080"}]}},{"Name":"/db","State":{"Running":false,"Pid":0},"Ports":{}}]\n',
    '/home/student/bad.json': '{"a":1}\n{bad\n',
    '/home/student/prog.jq': '# what it is called\n.[0]\n| .Name\n',
  },
});

const jq = (args: readonly string[], stdin = '') => machine.run(['jq', ...args], { stdin, cwd: '/home/student' });
/** All results of a filter on one input, one a line. */
const filter = (text: string, input = 'null') => {
  const { stdout, stderr } = jq(['-c', text], `${input}\n`);
  return stdout + stderr;
};

describe('filters', () => {
  test.each([
    ['paths and pipes', '.[0].State.Pid, .[].Name', '[{"State":{"Pid":42},"Name":"/web"}]', '42\n"/web"\n'],
    ['select and interpolation', '.[] | select(.n > 1) | "\\(.n)!"', '[{"n":1},{"n":2}]', '"2!"\n'],
    ['slices and negative indexes', '.[1:], .[-1], .[:-1]', '[1,2,3]', '[2,3]\n3\n[1,2]\n'],
    ['alternatives', '.a // "x", (.b // empty), [.c[]?]', '{"a":null}', '"x"\n[]\n'],
    ['objects of several values', '{a: (1,2), b}', '{"b":3}', '{"a":1,"b":3}\n{"a":2,"b":3}\n'],
    ['the order of products', '[(1,2) + (10,20)]', 'null', '[11,12,21,22]\n'],
    ['reduce', 'reduce .[] as [$k, $v] ({}; .[$k] = $v)', '[["a",1],["b",2]]', '{"a":1,"b":2}\n'],
    ['foreach with extraction', '[foreach .[] as $x (0; . + $x; [$x, .])]', '[1,2]', '[[1,1],[2,3]]\n'],
    ['recursion without end of stack', 'def f: if . > 100000 then . else . + 1 | f end; f', '0', '100001\n'],
    ['closures', 'def f($a; g): [$a, (. | g)]; f(1, 2; . * 2)', '4', '[1,8]\n[2,8]\n'],
    ['label and break', '[label $out | .[] | if . > 2 then break $out else . end]', '[1,2,3,1]', '[1,2]\n'],
    ['try catches inside only', '[.[] | try (if . > 1 then error("big") else . end) catch "c"]', '[1,2]', '[1,"c"]\n'],
    ['alternative patterns', '[.[] as [$a] ?// $a | $a]', '[[1],2]', '[1,2]\n'],
    ['updates', '.a += 1 | .b.c |= "x" | .l[1:] = [9]', '{"a":1,"l":[1,2,3]}', '{"a":2,"l":[1,9],"b":{"c":"x"}}\n'],
    ['an update without result deletes', '.[] |= empty', '{"a":1}', '{}\n'],
    ['paths of bounded filters', '[path(limit(2; .[]))], del(first(.[]))', '[1,2,3]', '[[0],[1]]\n[2,3]\n'],
    ['entries', 'with_entries(.value += 1)', '{"b":1,"a":2}', '{"b":2,"a":3}\n'],
    ['groups', 'group_by(.s) | map({s: .[0].s, n: length})', '[{"s":"b"},{"s":"a"},{"s":"b"}]', '[{"s":"a","n":1},{"s":"b","n":2}]\n'],
    ['regular expressions', '[scan("[a-z]+")], gsub("(?<x>\\\\d)"; "<\\(.x)>")', '"ab1cd"', '["ab","cd"]\n"ab<1>cd"\n'],
    ['formats', '@csv, @tsv, @sh', '["a\\"b",1,null]', null],
    ['dates', 'todate, (todate | fromdate), strftime("%d %b")', '1700000000', '"2023-11-14T22:13:20Z"\n1700000000\n"14 Nov"\n'],
    ['streams', 'tostream', '{"a":[1]}', '[["a",0],1]\n[["a",0]]\n[["a"]]\n'],
    [
      'numbers keep their text until computed with',
      '., .[0] + 1',
      '[100000000000000000000000001,1.50]',
      '[100000000000000000000000001,1.50]\n1e+26\n',
    ],
    ['keys keep their order, numbers among them', '.', '{"b1":1,"443":2,"80":3}', '{"b1":1,"443":2,"80":3}\n'],
    ['jq sorts all kinds', 'sort', '[{"a":1},[0],"a",1,true,false,null]', '[null,false,true,1,"a",[0],{"a":1}]\n'],
  ] as const)('%s', (_name, text, input, expected) => {
    if (expected !== null) expect(filter(text, input)).toBe(expected);
    else expect(jq(['-r', text], input).stdout).toBe('"a""b",1,\na"b\t1\t\n\'a"b\' 1 null\n');
  });

  test('what a step leaves empty is null for the next', () => {
    expect(filter('reduce range(3) as $x (0; empty)')).toBe('null\n');
  });
});

describe('mistakes', () => {
  test.each([
    ['.a', '"x"', 'jq: error (at <stdin>:1): Cannot index string with string ("a")\n', 5],
    ['.[]', '5', 'jq: error (at <stdin>:1): Cannot iterate over number (5)\n', 5],
    ['{} - 1', 'null', 'jq: error (at <stdin>:1): object ({}) and number (1) cannot be subtracted\n', 5],
    ['error({a: 1})', 'null', 'jq: error (at <stdin>:1) (not a string): {"a":1}\n', 5],
    ['.', '{bad', 'jq: parse error: Invalid numeric literal at line 2, column 0\n', 5],
    ['.', '[1', 'jq: parse error: Unfinished JSON term at EOF at line 2, column 0\n', 5],
    ['.', '{"a" 1}', 'jq: parse error: Expected separator between values at line 1, column 7\n', 5],
    [
      '.[',
      '1',
      'jq: error: syntax error, unexpected end of file at <top-level>, line 1, column 2:\n    .[\n     ^\njq: 1 compile error\n',
      3,
    ],
    [
      'if . then 1',
      '1',
      "jq: error: syntax error, unexpected end of file at <top-level>, line 1, column 11:\n    if . then 1\n              ^\njq: error: Possibly unterminated 'if' statement at <top-level>, line 1, column 1:\n    if . then 1\n    ^^^^^^^^^^^\njq: 2 compile errors\n",
      3,
    ],
    [
      '{a b}',
      '1',
      "jq: error: syntax error, unexpected IDENT, expecting '}' at <top-level>, line 1, column 4:\n    {a b}\n       ^\njq: 1 compile error\n",
      3,
    ],
    [
      '.[] | nosuch',
      '1',
      'jq: error: nosuch/0 is not defined at <top-level>, line 1, column 7:\n    .[] | nosuch\n          ^^^^^^\njq: 1 compile error\n',
      3,
    ],
    ['import "x" as x; .', '1', 'drydock: jq modules (import, include) are not simulated\n', 3],
  ] as const)('%s on %s', (text, input, stderr, exit) => {
    expect(jq([text], `${input}\n`)).toEqual({ stdout: '', stderr, exit });
  });

  test('results before the mistake stay', () => {
    expect(jq(['-c', '.', 'bad.json'])).toEqual({
      stdout: '{"a":1}\n',
      stderr: 'jq: parse error: Invalid numeric literal at line 3, column 0\n',
      exit: 5,
    });
  });

  test('a file that is missing', () => {
    expect(jq(['.', 'nosuch'])).toEqual({
      stdout: '',
      stderr: 'jq: error: Could not open file nosuch: No such file or directory\n',
      exit: 2,
    });
  });
});

describe('options', () => {
  test.each([
    ['-r .[].Name web.json', '/web\n/db\n'],
    ['-j .[].State.Pid web.json', '420'],
    ['-cr .[0].Ports|keys[] web.json', '80/tcp\n'],
    ['-n --arg n web --argjson p 80 -c {name:$n,port:$p}', '{"name":"web","port":80}\n'],
    ['-nc $ARGS.positional --args a b', '["a","b"]\n'],
    ['-rf prog.jq web.json', '/web\n'],
    ['-n --tab [1]', '[\n\t1\n]\n'],
    ['-n --indent 1 [1]', '[\n 1\n]\n'],
    ['-Snc {b:1,a:2}', '{"a":2,"b":1}\n'],
    ['-na "é"', '"\\u00e9"\n'],
    ['-V', 'jq-1.8.2\n'],
    [
      '-Cnc [null,"a",{"k":1}]',
      '\x1b[1;39m[\x1b[0m\x1b[0;90mnull\x1b[0m\x1b[1;39m,\x1b[0m\x1b[0;32m"a"\x1b[0m\x1b[1;39m,\x1b[0m\x1b[1;39m{\x1b[0m\x1b[1;34m"k"\x1b[0m\x1b[1;39m:\x1b[0m\x1b[0;39m1\x1b[0m\x1b[1;39m}\x1b[0m\x1b[1;39m]\x1b[0m\n',
    ],
  ])('%s', (args, stdout) => {
    expect(jq(args.split(' '))).toEqual({ stdout, stderr: '', exit: 0 });
  });

  test('the last result decides with -e', () => {
    const status = (input: string, text: string) => jq(['-e', text], input).exit;
    expect([status('1', '.'), status('null', '.'), status('1 false', '.'), status('1', 'empty'), status('', '.')]).toEqual([0, 1, 1, 4, 4]);
  });

  test('raw and slurped input', () => {
    expect(jq(['-R', '.'], 'a\nb').stdout).toBe('"a"\n"b"\n');
    expect(jq(['-Rs', '.'], 'a\nb').stdout).toBe('"a\\nb"\n');
    expect(jq(['-s', '-c', '.'], '1 [2]').stdout).toBe('[1,[2]]\n');
    expect(jq(['-nc', '[inputs]'], '1\n2\n').stdout).toBe('[1,2]\n');
  });

  test('halt_error has a status and no prefix', () => {
    expect(jq(['-n', '"bye\\n" | halt_error(3)'])).toEqual({ stdout: '', stderr: 'bye\n', exit: 3 });
  });
});

test('a terminal gets colours', () => {
  expect(machine.run(['jq', '-nc', '[1]'], { tty: true }).stdout).toBe('\x1b[1;39m[\x1b[0m\x1b[0;39m1\x1b[0m\x1b[1;39m]\x1b[0m\r\n');
});

test('a value is answered as soon as its line is there, not at the end of the input', () => {
  const { stdout } = machine.run(function* () {
    const [inRead, inWrite] = yield* pipe();
    const [outRead, outWrite] = yield* pipe();
    const pid = yield* spawn({
      path: '/usr/bin/jq',
      argv: ['jq', '--unbuffered', '-c', '.a'],
      fds: new Map([
        [0, inRead],
        [1, outWrite],
      ]),
    });
    yield* write(inWrite, '{"a":1}\n');
    const first = decodeUtf8(yield* read(outRead, 100));
    yield* write(1, encodeUtf8(`first ${first}`));
    yield* write(1, `pid ${pid > 0}\n`);
    return 0;
  });
  expect(stdout).toBe('first 1\npid true\n');
});

describe('properties', () => {
  const json = fc.jsonValue({ maxDepth: 4 });

  test('what is printed reads back', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(jq(['.'], JSON.stringify(value)).stdout)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['tojson | fromjson'],
    ['fromstream(tostream)'],
    ['. as $v | reduce paths as $p (.; setpath($p; $v | getpath($p)))'],
    ['walk(.)'],
    ['if type == "object" then with_entries(.) else . end'],
    ['if type == "array" then reverse | reverse else . end'],
  ])('%s is the identity', (text) => {
    fc.assert(
      fc.property(json, (value) => {
        expect(filter(`. as $given | (${text}) == $given`, JSON.stringify(value))).toBe('true\n');
      }),
      { numRuns: 40 },
    );
  });

  test('@base64d undoes @base64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(filter('@base64 | @base64d', JSON.stringify(text))).toBe(filter('.', JSON.stringify(text)));
      }),
      { numRuns: 40 },
    );
  });
});
