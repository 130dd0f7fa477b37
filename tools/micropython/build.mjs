/**
 * Makes src/sim/programs/languages/python/vm/micropython.wasm.gz from the published WebAssembly of MicroPython, by rewriting it:
 *
 * - it can be suspended in the middle of a system call and resumed later (Binaryen's Asyncify), so that `time.sleep`, `input` and `accept` block
 *   one simulated process and nothing else;
 * - every loop burns fuel: the interpreter's own loop hands the processor back when it is used up (`tick`, which suspends), other loops stop the program
 *   when they run far beyond it (`overrun`);
 * - messages are worded as CPython words them;
 * - dictionaries keep the order of insertion, as CPython's do;
 * - its stack may be larger than the 64 KB that it was linked with.
 *
 *     node tools/micropython/build.mjs        needs the network once, for npx binaryen
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { reword } from './messages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const source = path.join(root, 'node_modules/@micropython/micropython-webassembly-pyscript/micropython.wasm');
const target = path.join(root, 'src/sim/programs/languages/python/vm/micropython.wasm.gz');
/** The file of 1.27.0: names of functions below are numbers of its functions. */
const SOURCE_SHA256 = '06338c955b03c5700aa0069015d3e392d76836ef8e2ce25bedbe59b88ccd373c';
/** mp_execute_bytecode. */
const INTERPRETER = '$972';
/** What mp_js_init says of the stack; our loader gives it this much (vm/instance.ts) and a reserve. */
const STACK_SAID = 32_768;
const STACK = 160 * 1024;
/** mp_map_init: what it stores first are the map's flags. */
const MAP_INIT = '$386';
/** all_keys_are_qstr, and with is_ordered. */
const HASHED = 1;
const ORDERED = 5;
/** How many turns other loops may take beyond the fuel: a few seconds. */
const OVERRUN = 40_000_000;
/** Imports that may suspend. */
const SUSPENDING = ['env.invoke_*', 'env.__syscall_*', 'wasi_snapshot_preview1.fd_*', 'env.tick'];

const work = mkdtempSync(path.join(tmpdir(), 'micropython-'));
/** What the module uses; newer ones would change how its imports are written. */
const FEATURES = ['mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'bulk-memory', 'multivalue', 'reference-types'].map(
  (f) => `--enable-${f}`,
);
const binaryen = (tool, ...args) => execFileSync('npx', ['--yes', '--package=binaryen@132.0.0', tool, ...FEATURES, ...args], { cwd: work });

const sha = createHash('sha256').update(readFileSync(source)).digest('hex');
if (sha !== SOURCE_SHA256) throw new Error(`${source} is another file (${sha}): look up the numbers of its functions first`);

binaryen('wasm-dis', source, '-o', 'in.wat');
writeFileSync(
  path.join(work, 'out.wat'),
  reword(orderDictionaries(limitStack(burnFuel(readFileSync(path.join(work, 'in.wat'), 'latin1'))))),
  'latin1',
);
binaryen(
  'wasm-opt',
  'out.wat',
  '-o',
  'out.wasm',
  '--strip-debug',
  '--asyncify',
  `--pass-arg=asyncify-imports@${SUSPENDING.join(',')}`,
  '-O2',
);
const made = gzipSync(readFileSync(path.join(work, 'out.wasm')), { level: 9 });
writeFileSync(target, made);
console.log(`${path.relative(root, target)}: ${made.length} bytes`);

/** Adds the counter to each loop. */
function burnFuel(wat) {
  const [head, ...functions] = wat.split(/(?=\n \(func )/);
  const burn = (limit, then) =>
    ` (global.set $fuel (i32.sub (global.get $fuel) (i32.const 1))) (if (i32.lt_s (global.get $fuel) (i32.const ${limit})) (then (call $${then})))`;
  const changed = functions.map((text) => {
    const added = text.includes(`(func ${INTERPRETER} `) ? burn(0, 'tick') : burn(-OVERRUN, 'overrun');
    return text.replace(/\(loop( \$[^\s()]+)?( \((type|result)[^()]*\))*/g, (loop) => loop + added);
  });
  const at = head.indexOf(' (global $global$0');
  const declared =
    ' (import "env" "tick" (func $tick))\n (import "env" "overrun" (func $overrun))\n (global $fuel (mut i32) (i32.const 0))\n (export "fuel" (global $fuel))\n';
  return head.slice(0, at) + declared + head.slice(at) + changed.join('');
}

/** The first constant of mp_js_init is the size of the stack. */
function limitStack(wat) {
  const name = /\(export "mp_js_init" \(func (\$\d+)\)\)/.exec(wat)[1];
  const at = wat.indexOf(`(func ${name} `);
  const said = wat.indexOf(`(i32.const ${STACK_SAID})`, at);
  if (said < 0 || said - at > 500) throw new Error('mp_js_init does not set the stack as expected');
  return `${wat.slice(0, said)}(i32.const ${STACK})${wat.slice(said + `(i32.const ${STACK_SAID})`.length)}`;
}

/** New maps are ordered ones: found by looking through them, which is fast enough for the dictionaries of small programs. */
function orderDictionaries(wat) {
  const at = wat.indexOf(`(func ${MAP_INIT} `);
  const end = wat.indexOf('\n (func ', at);
  const body = wat.slice(at, end);
  const store = /\(i32\.store\s+\(local\.get \$0\)\s+\(i32\.const 1\)\s+\)/;
  if (!store.test(body)) throw new Error('mp_map_init is not as expected');
  return wat.slice(0, at) + body.replace(store, (text) => text.replace(`(i32.const ${HASHED})`, `(i32.const ${ORDERED})`)) + wat.slice(end);
}
