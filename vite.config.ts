import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type IndexHtmlTransformContext, minifySync, type Plugin, transformWithOxc } from 'vite';
import { bridgeScript } from './src/components/preview/bridge.ts';
import { en } from './src/state/strings/en.ts';
import { wasmModule } from './tools/wasmModule.ts';

const root = path.dirname(fileURLToPath(import.meta.url));

/** Lazy parts that the first prompt needs: fetched beside the first script, run when asked for. */
const preloaded = ['state/engine.ts', 'components/terminal/controller.ts', 'sim/programs/systemd/index.ts'];
/** Fetched once the terminal stands (main.ts makes preloads of them): the daemon that starts a second after the machine, the rest of the page. */
const later = [
  'sim/world/services/dockerd.ts',
  'components/app/mount.tsx',
  'components/diagrams/DiagramPane.tsx',
  'components/diagrams/architecture/Architecture.tsx',
  'sim/client/docker.ts',
];

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** No script but ours: files of this origin, the two of the stand-in, and the bridge inside the preview's sandbox (it inherits this policy). */
function policy(inline: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${inline.map(hash).join(' ')} ${hash(bridgeScript)}`,
    "style-src 'self' 'unsafe-inline'", // xterm.js writes style elements
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** One of the inline scripts of components/terminal/early. */
async function earlyScript(name: string): Promise<string> {
  const file = path.join(root, 'src/components/terminal/early', name);
  const text = readFileSync(file, 'utf8').replaceAll(
    '__WELCOME__',
    JSON.stringify([en['welcome.1'], en['welcome.2a'], en['welcome.2b'], en['welcome.2c']]),
  );
  const { code } = await transformWithOxc(text.replace(/declare const .*\n/, ''), file, { lang: 'ts' });
  return minifySync('early.js', `(()=>{${code.replace(/export\s*\{\s*\};?/g, '').replace(/\/\/# sourceMappingURL.*/, '')}})()`).code.trim();
}

const source = (file: string) => path.join(root, 'src', file);
type ModuleInfo = (id: string) => { readonly importedIds: readonly string[] } | null;
let starts: { readonly first: Set<string>; readonly machine: Set<string> } | undefined;

/**
 * The chunk of a module that is needed from the start: 'first' is what index.html runs, 'machine' what a prompt needs of the simulator
 * besides: the engine and process 1. Each in one file, because every file costs a turn on a slow line.
 */
function startChunk(id: string, infoOf: ModuleInfo): 'first' | 'machine' | null {
  const reach = (from: readonly string[], found = new Set<string>()): Set<string> => {
    for (const each of from) {
      if (found.has(each)) continue;
      found.add(each);
      reach(infoOf(each)?.importedIds ?? [], found);
    }
    return found;
  };
  starts ??= {
    first: reach([source('main.ts')]),
    machine: reach([source('state/engine.ts'), source('sim/programs/systemd/index.ts')]),
  };
  if (id === source('main.ts')) return null; // the entry is a file of its own
  if (starts.first.has(id) || id.includes('vite/preload-helper')) return 'first';
  return starts.machine.has(id) ? 'machine' : null;
}

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

/** Files that hold these modules, and what they import. */
function withImports(bundle: Bundle, modules: readonly string[]): Set<string> {
  const files = new Set<string>();
  const add = (file: string) => {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || files.has(file)) return;
    files.add(file);
    chunk.imports.forEach(add);
  };
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  for (const name of modules) {
    const chunk = chunks.find((candidate) => candidate.moduleIds.includes(source(name)));
    if (!chunk) throw new Error(`${name} is in no chunk`);
    add(chunk.fileName);
  }
  return files;
}

/** What the frame of the page and the stand-in need: tokens, base and components. Fonts, utilities and xterm.js come with the rest. */
function firstStyles(css: string): string {
  const out: string[] = [];
  for (const { index } of css.matchAll(/@layer (?:theme|base|components)\s*\{/g)) {
    let end = css.indexOf('{', index);
    for (let depth = 0; ; end++) {
      if (css[end] === '{') depth++;
      else if (css[end] === '}' && --depth === 0) break;
    }
    out.push(css.slice(index, end + 1));
  }
  if (out.length === 0) throw new Error('the CSS has no layers');
  // The layers keep the order that the whole sheet gives them. Until our fonts are declared there is no point in asking the system for them.
  const fonts = '@layer theme{:root{--font-sans:sans-serif;--font-mono:monospace}}';
  return `@layer properties,theme,base,components,utilities;${out.join('')}${fonts}`;
}

/** Puts the stand-in terminal and the first CSS into index.html, so that a prompt takes keys before a second request is answered. */
function firstPaint(): Plugin {
  let building = false;
  return {
    name: 'drydock-first-paint',
    configResolved(config) {
      building = config.command === 'build';
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        const scripts = { keys: await earlyScript('keys.ts'), screen: await earlyScript('screen.ts') };
        for (const [name, script] of Object.entries(scripts))
          html = html.replace(`<!--early-${name}-->`, () => `<script>${script}</script>`);
        if (!building || !bundle) return html;
        html = html.replace(/<link rel="stylesheet"[^>]*href="\.\/([^"]+\.css)"[^>]*>/g, (_, file: string) => {
          const css = bundle[file];
          if (css?.type !== 'asset') throw new Error(`${file} is not in the bundle`);
          return `<style>${firstStyles(String(css.source))}</style><link rel="stylesheet" media="print" data-rest href="./${file}">`;
        });
        const now = withImports(bundle, preloaded);
        const links = [...now]
          .filter((file) => !html.includes(`./${file}"`))
          .map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`);
        for (const file of withImports(bundle, later))
          if (!now.has(file) && !html.includes(`./${file}"`)) links.push(`<link data-later crossorigin href="./${file}">`);
        const csp = `<meta http-equiv="Content-Security-Policy" content="${policy(Object.values(scripts))}" />`;
        return html.replace('<meta charset="utf-8" />', (meta) => `${meta}\n    ${csp}`).replace('</head>', `${links.join('')}</head>`);
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        // The page's own CSS stands in index.html: a lazy part must not fetch it again.
        const loaded = chunks.find((chunk) => chunk.isEntry)!.fileName.replace(/^.*\//, './');
        for (const chunk of chunks) chunk.code = chunk.code.replace(/"\.\/(?:index|first)-[\w-]+\.css"/g, () => JSON.stringify(loaded));
        // Nearly all of these is called before the first prompt: V8 compiles it beside the download, and not function by function when
        // each is called (https://v8.dev/blog/explicit-compile-hints).
        const eager = withImports(bundle, preloaded);
        for (const chunk of chunks) {
          if (!eager.has(chunk.fileName)) continue;
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
          const map = bundle[`${chunk.fileName}.map`];
          if (map?.type !== 'asset') continue;
          const parsed = JSON.parse(String(map.source)) as { mappings: string };
          map.source = JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` });
        }
      },
    },
    /** `vite preview` serves what a host should: the page's policy as a header too, and no framing by others. */
    configurePreviewServer(server) {
      const html = readFileSync(path.resolve(root, server.config.build.outDir, 'index.html'), 'utf8');
      const csp = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
      server.middlewares.use((_request, response, next) => {
        if (csp) response.setHeader('Content-Security-Policy', `${csp}; frame-ancestors 'none'`);
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('Referrer-Policy', 'no-referrer');
        next();
      });
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss(), wasmModule(), firstPaint()],
  build: {
    target: 'es2022',
    sourcemap: true,
    modulePreload: { polyfill: false },
    // Few files in place of many small ones: each costs a turn on a slow line.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { debugName: 'start', name: (id, context) => startChunk(id, (of) => context.getModuleInfo(of)), priority: 2 },
            { name: 'kernel', test: /src\/sim\/(lib|kernel|net)\//, minShareCount: 2 },
            { name: 'programs-lib', test: /src\/sim\/programs\/lib\//, minShareCount: 2 },
          ],
        },
      },
    },
    assetsInlineLimit: 0,
    // The machine is one file on purpose; tools/bundleBudget.mjs is the limit that counts.
    chunkSizeWarningLimit: 1000,
  },
});
