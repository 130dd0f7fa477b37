// Writes src/sim/programs/families.json: which files of that folder hold programs under other names than their own.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';
import { root, run } from './install.mjs';

const server = await createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true } });
const { programFiles } = await server.ssrLoadModule('/src/sim/programs/index.ts');
const families = {};
for (const [file, names] of Object.entries(programFiles())) {
  const own = file
    .replace(/\/index\.ts$/, '')
    .replace(/^.*\//, '')
    .replace(/\.ts$/, '');
  if (names.length !== 1 || names[0] !== own) families[file] = names;
}
const lines = Object.entries(families).map(
  ([file, names]) => `  ${JSON.stringify(file)}: [${names.map((n) => JSON.stringify(n)).join(', ')}]`,
);
const list = 'src/sim/programs/families.json';
writeFileSync(path.join(root, list), `{\n${lines.join(',\n')}\n}\n`);
run('npx', ['biome', 'format', '--write', list]);
await server.close();
