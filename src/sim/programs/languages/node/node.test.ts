import { expect, it } from 'vitest';
import { networkedMachine } from '../../../net/testing.ts';
import { programs } from './index.ts';

/** Runs a command on a machine with node; `files` stand in /home/student. */
async function run(command: readonly string[], files: Record<string, string> = {}, options: { stdin?: string; tty?: boolean } = {}) {
  const { machine } = networkedMachine({
    programs,
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`/home/student/${name}`, text])),
  });
  return await machine.runLazy(command, options);
}
const node = (source: string, files: Record<string, string> = {}) => run(['node', 'app.js'], { 'app.js': source, ...files });

it('-e runs a text, -p prints it, standard input is a script', async () => {
  expect(await run(['node', '-e', 'console.log(process.argv.length)'])).toEqual({ stdout: '1\n', stderr: '', exit: 0 });
  expect(await run(['node', '-p', '[1, 2].map((n) => n * 2)'])).toEqual({ stdout: '[ 2, 4 ]\n', stderr: '', exit: 0 });
  expect(await run(['node'], {}, { stdin: 'process.exitCode = 3; console.log(__filename)' })).toEqual({
    stdout: '[stdin]\n',
    stderr: '',
    exit: 3,
  });
});

it.each<[source: string, stdout: string]>([
  ["console.log('hello', 1, { a: [1, 2], b: { c: { d: {} } } })", 'hello 1 { a: [ 1, 2 ], b: { c: { d: {} } } }\n'],
  [
    'class P { constructor() { this.x = 1; } } console.log(new P(), [new Map([[1, new Set([2])]])], P)',
    'P { x: 1 } [ Map(1) { 1 => Set(1) { 2 } } ] [class P]\n',
  ],
  ['const o = { n: 1 }; o.me = o; console.log(o)', '<ref *1> { n: 1, me: [Circular *1] }\n'],
  ["console.log('%s is %d', 'x', 4.5, [null, undefined])", 'x is 4.5 [ null, undefined ]\n'],
  ["console.log(Buffer.from('hé'), Promise.resolve(1), () => {})", '<Buffer 68 c3 a9> Promise { 1 } [Function (anonymous)]\n'],
  [
    'setTimeout(() => console.log(5), 0); setImmediate(() => console.log(6)); Promise.resolve().then(() => console.log(3)).then(() => console.log(4)); process.nextTick(() => console.log(2)); console.log(1)',
    '1\n2\n3\n4\n5\n6\n',
  ],
  ["console.log(require('crypto').createHash('sha256').update('abc').digest('hex').slice(0, 16))", 'ba7816bf8f01cfea\n'],
  ["const start = Date.now(); while (Date.now() - start < 1000); console.log('a second later')", 'a second later\n'],
  ['try { null.x } catch (e) { console.log(e instanceof TypeError) }', 'true\n'],
])('%s', async (source, stdout) => {
  expect(await node(source)).toEqual({ stdout, stderr: '', exit: 0 });
});

it('modules: relative files, JSON, packages, circles', async () => {
  const files = {
    'lib/a.js': "exports.early = 1; exports.b = require('./b').name; exports.dir = __dirname;",
    'lib/b.js': "exports.name = 'b saw ' + require('./a').early;",
    'data.json': '{"n": 7}',
    'node_modules/pkg/package.json': '{"exports": {".": {"import": "./m.mjs", "require": "./c.cjs"}}}',
    'node_modules/pkg/c.cjs': "module.exports = 'required';",
    'node_modules/pkg/m.mjs': "export default 'imported';",
    'main.mjs':
      "import pkg from 'pkg'; import { early } from './lib/a.js'; import fs, { existsSync } from 'node:fs'; const n = await Promise.resolve(existsSync('data.json')); console.log(pkg, early, n, import.meta.url, typeof fs.readFile);",
  };
  expect(await node("console.log(require('./lib/a'), require('./data').n, require('pkg'))", files)).toEqual({
    stdout: "{ early: 1, b: 'b saw 1', dir: '/home/student/lib' } 7 required\n",
    stderr: '',
    exit: 0,
  });
  expect(await run(['node', 'main.mjs'], files)).toEqual({
    stdout: 'imported 1 true file:///home/student/main.mjs function\n',
    stderr: '',
    exit: 0,
  });
});

it('an error that nobody catches shows its line, its stack and the version', async () => {
  expect(await node("function f() {\n  throw new TypeError('bad');\n}\nf();\n")).toEqual({
    stdout: '',
    stderr: `/home/student/app.js:2
  throw new TypeError('bad');
  ^

TypeError: bad
    at f (/home/student/app.js:2:9)
    at Object.<anonymous> (/home/student/app.js:4:1)
    at Module._compile (node:internal/modules/cjs/loader:1554:14)
    at Object..js (node:internal/modules/cjs/loader:1706:10)
    at Module.load (node:internal/modules/cjs/loader:1289:32)
    at Function._load (node:internal/modules/cjs/loader:1108:12)
    at TracingChannel.traceSync (node:diagnostics_channel:322:14)
    at wrapModuleLoad (node:internal/modules/cjs/loader:220:24)
    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:170:5)
    at node:internal/main/run_main_module:36:49

Node.js v26.7.0
`,
    exit: 1,
  });
});

it('a rejection that nobody handles ends the program', async () => {
  const { stderr, exit } = await node(
    "async function main() {\n  await null;\n  throw new Error('late');\n}\nmain();\nsetTimeout(() => console.log('never'), 10);",
  );
  expect([stderr.split('\n').slice(0, 5), exit]).toEqual([
    ['/home/student/app.js:3', "  throw new Error('late');", '  ^', '', 'Error: late'],
    1,
  ]);
  expect((await node("const p = Promise.reject(new Error('x')); p.catch(() => console.log('handled'))")).stdout).toBe('handled\n');
});

it('a server and its clients', async () => {
  const source = `const http = require('http');
const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (c) => (body += c));
  req.on('end', () => res.writeHead(201, { 'X-Was': req.method }).end(body.toUpperCase()));
});
server.listen(8080, async () => {
  const r = await fetch('http://localhost:8080/x', { method: 'POST', body: 'abc' });
  console.log(r.status, r.headers.get('x-was'), await r.text());
  http.get('http://localhost:8080/', (res) => { console.log(res.statusCode); res.resume(); res.on('end', () => server.close(() => console.log('closed'))); });
});`;
  expect(await node(source)).toEqual({ stdout: '201 POST ABC\n201\nclosed\n', stderr: '', exit: 0 });
});

it('a loop without an end keeps the processor busy and says so once', async () => {
  const { machine } = networkedMachine({ programs });
  const endless = ['node', '-e', "process.on('exit', () => console.log('never')); while (true);"];
  await expect(machine.runLazy(endless, { timeout: 60_000_000 })).rejects.toThrow(
    `The command did not end: ${endless.join(' ')}\ndrydock: the program ran for a second without a return to its event loop; it is not run further, and the process keeps its processor busy until it is killed\n`,
  );
});

it('memory has an end', async () => {
  const { stderr, exit } = await run([
    'node',
    '--max-old-space-size=32',
    '-e',
    'const all = []; for (;;) all.push(new Array(1000).fill(1.5));',
  ]);
  expect([stderr.trimEnd().split('\n').at(-1), exit]).toEqual([
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    134,
  ]);
});

it('the prompt', async () => {
  const { stdout } = await run(['node'], {}, { tty: true, stdin: 'const a = 2\na * 21\nx\n{a}\n.exit\n' });
  expect(stdout.replace(/\x1b\[\d+m/g, '')).toContain(
    '> undefined\r\n> 42\r\n> Uncaught ReferenceError: x is not defined\r\n> { a: 2 }\r\n> ',
  );
});
