/**
 * Writes src/sim/client/cli/generated/commandTree.json from a list of facts about the docker command line:
 *   node tools/generateCommandTree.mjs facts.json
 * The facts are what `docker --help` of every command shows: paths, aliases, usage lines, options with type and default.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OUT = new URL('../src/sim/client/cli/generated/commandTree.json', import.meta.url);
const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node tools/generateCommandTree.mjs FACTS.json');
  process.exit(2);
}
const facts = JSON.parse(readFileSync(file, 'utf8')).docker;
const short = (path) => path.replace(/^docker ?/, '');
const parentOf = (path) => path.split(' ').slice(0, -1).join(' ');
const paths = new Set(facts.map((c) => c.path));

const flagSets = [];
const setIndex = new Map();

/** Their "(default ...)" in --help is part of a sentence. */
const NO_DEFAULT = new Set(['max-concurrent', 'limit-pids', 'replicas-max-per-node']);

/** [long, short, type, default, extras]; trailing empty members are left out. */
function flag(o) {
  const extras = {};
  for (const key of ['values', 'minApi', 'hidden', 'deprecated', 'osType', 'swarm', 'daemonExperimental']) if (o[key]) extras[key] = o[key];
  const row = [
    o.long,
    o.short ?? '',
    o.type,
    NO_DEFAULT.has(o.long) ? null : (o.default ?? null),
    Object.keys(extras).length > 0 ? extras : null,
  ];
  while (row.at(-1) === null) row.pop();
  return row;
}

function flagSet(options) {
  const rows = options.map(flag);
  const key = JSON.stringify(rows);
  if (!setIndex.has(key)) {
    setIndex.set(key, flagSets.length);
    flagSets.push(rows);
  }
  return setIndex.get(key);
}

/** What the command stands for: `docker ps` is `container ls`. */
function canonical(c) {
  if (c.path.split(' ').length !== 2) return undefined;
  const long = c.aliases.find((a) => paths.has(a) && a.split(' ').length === 3 && !a.startsWith('docker builder '));
  return long && short(long);
}

const commands = facts.map((c) => {
  const entry = { path: short(c.path), usage: c.usage.map((u) => u.slice(c.path.length).trim()), flags: flagSet(c.options ?? []) };
  const of = canonical(c);
  if (of) entry.of = of;
  const names = c.aliases.filter((a) => parentOf(a) === parentOf(c.path) && !paths.has(a)).map((a) => a.split(' ').at(-1));
  if (names.length > 0) entry.aliases = names;
  for (const key of ['groups', 'minApi', 'osType', 'swarm', 'hidden', 'daemonExperimental', 'experimentalCli'])
    if (c[key]) entry[key] = c[key];
  return entry;
});

// The second usage line of cp is not in the facts' one.
for (const c of commands) if (/^(container )?cp$/.test(c.path)) c.usage = [c.usage[0], '[OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH'];

// A blank at its end, in docker too.
for (const c of commands) if (c.path === 'trust signer add') c.usage = c.usage.map((u) => `${u} `);

writeFileSync(
  OUT,
  `{"flagSets":[\n${flagSets.map((s) => JSON.stringify(s)).join(',\n')}\n],"commands":[\n${commands.map((c) => JSON.stringify(c)).join(',\n')}\n]}\n`,
);
