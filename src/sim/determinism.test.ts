import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What would make two runs of the same log differ, and what to use instead. */
const BANNED: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\bnew Date\b|\bDate\s*\(|\bDate\.(now|parse|UTC)\b/, 'the scheduler (`now`, `wallClock`) and lib/goTime'],
  [/\bMath\.random\b/, 'scheduler.rng or `randomBelow`'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\b/, '`sleep` or scheduler.after'],
  [/\.localeCompare\b/, 'lib/compare.ts'],
  [/\bIntl\./, 'plain code: its answers differ between engines'],
  [/\.toLocale\w*\(/, 'toString, toUpperCase or toLowerCase'],
  [/\b(WeakRef|FinalizationRegistry)\b/, 'explicit removal'],
  [/\bperformance\./, 'the scheduler'],
  // The square root is left out: IEEE 754 has it rounded correctly, as it has + - * /.
  [
    /\bMath\.(a?sinh?|a?cosh?|a?tanh?|atan2|exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot)\b/,
    'lib/math: their last bits differ between engines',
  ],
  // Powers of two and of BigInts are exact everywhere.
  [/(?<=[\w)\]])(?<!\b(?:2|1024|\d+n))\s?\*\*=?\s?(?=[\w(])/, 'pow of lib/math: its last bits differ between engines'],
  [/\bcrypto\.(subtle|getRandomValues|randomUUID|randomBytes)\b/, 'scheduler.rng and @noble/hashes'],
];

/**
 * Inside, everything is a coroutine that the scheduler steps (docs/decisions/0001). Promises are for the edge: where a lazy part is
 * fetched while the world stands still, and where the host waits for that.
 */
const PROMISE: readonly [word: RegExp, instead: string] = [
  /\b(async|await)\b|\bnew Promise\b|\bPromise\.\w+|\.(then|finally)\(/,
  'a coroutine; `load` of kernel/sim.ts and lib/fetchOnce.ts for a lazy part',
];
const EDGE: readonly string[] = [
  'src/sim/client/testing/play.ts',
  'src/sim/kernel/scheduler.ts',
  'src/sim/kernel/testing.ts',
  'src/sim/lib/fetchOnce.ts',
  'src/sim/programs/languages/node/quickjs.ts',
  'src/sim/programs/languages/python/vm/image.ts',
  'src/sim/programs/lazy.ts',
  'src/sim/shell/testing.ts',
  'src/sim/world/programs.ts',
  'src/sim/world/services/dockerHost.ts',
  'src/sim/world/testing.ts',
  'src/sim/world/world.ts',
];

/**
 * The files that may write `new RegExp(`: their patterns are our own text. A person's pattern goes through lib/regex, since the host's
 * matcher may never end with it.
 */
const OWN_PATTERNS: readonly string[] = [
  'api/route.ts',
  'client/cli/contexts.ts',
  'client/cli/flags/validators.ts',
  'daemon/images/registryClient.ts',
  'lib/regex/charSet.ts',
  'lib/regex/pattern.ts',
  'oci/reference.ts',
  'programs/hashes.ts',
  'programs/machineFacts.ts',
  'programs/packages/apk.ts',
  'programs/packages/database.ts',
  'programs/procps/processTable.ts',
  'programs/servers/httpd/index.ts',
  'programs/vi/exCommand.ts',
];
const PATTERN: readonly [RegExp, string] = [/\bnew RegExp\(/, 'lib/regex'];

/** The code with its comments and strings blanked out (lines kept): talk about a banned word is no use of it. */
function bare(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (text) => text.replace(/[^\n]/g, ' '));
}

function findings(file: string, source: string): string[] {
  const out: string[] = [];
  const ownPatterns = OWN_PATTERNS.some((own) => file.endsWith(`src/sim/${own}`));
  for (const [index, line] of bare(source).split('\n').entries())
    for (const [word, instead] of [...BANNED, ...(EDGE.includes(file) ? [] : [PROMISE]), ...(ownPatterns ? [] : [PATTERN])]) {
      const match = word.exec(line);
      if (match) out.push(`${file}:${index + 1}: ${match[0]} (use ${instead})`);
    }
  return out;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
}

it('finds what it looks for', () => {
  const bad = [
    'const t = Date.now();',
    '// Date.now() in a comment',
    "const s = 'Math.random';",
    'a.localeCompare(b); new Intl.Collator();',
    'setTimeout(f, performance.now());',
    'Math.sqrt(x) + Math.atan2(y, x) + Math.abs(z);',
    'const big = 2 ** 53 + 1024 ** 2 + Number(2n ** 63n) + x ** y;',
    'const module = await load();',
    'fetched.then(use);',
    'new RegExp(argv[1]);',
  ];
  expect(findings('src/sim/kernel/scheduler.ts', 'await loaded;')).toEqual([]);
  expect(findings('bad.ts', bad.join('\n'))).toEqual([
    'bad.ts:1: Date.now (use the scheduler (`now`, `wallClock`) and lib/goTime)',
    'bad.ts:4: .localeCompare (use lib/compare.ts)',
    'bad.ts:4: Intl. (use plain code: its answers differ between engines)',
    'bad.ts:5: setTimeout (use `sleep` or scheduler.after)',
    'bad.ts:5: performance. (use the scheduler)',
    'bad.ts:6: Math.atan2 (use lib/math: their last bits differ between engines)',
    'bad.ts:7:  **  (use pow of lib/math: its last bits differ between engines)',
    'bad.ts:8: await (use a coroutine; `load` of kernel/sim.ts and lib/fetchOnce.ts for a lazy part)',
    'bad.ts:9: .then( (use a coroutine; `load` of kernel/sim.ts and lib/fetchOnce.ts for a lazy part)',
    'bad.ts:10: new RegExp( (use lib/regex)',
  ]);
});

it('nothing in the simulator depends on the host, the locale or chance, and nothing waits but for the scheduler', () => {
  const files = sources('src/sim');
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => findings(file, readFileSync(file, 'utf8')))).toEqual([]);
});
