import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type IndexHtmlTransformContext, minifySync, type Plugin, transformWithOxc } from 'vite';
import { bridgeScript } from './src/components/preview/bridge.ts';
import { en } from './src/state/strings/en.ts';

const root = path.dirname(fileURLToPath(import.meta.url));

/** Lazy parts that the first prompt needs: fetched beside the first script, run when asked for. */
const preloaded = ['engine', 'controller', 'systemd'];
/** Fetched once the terminal stands (main.ts makes preloads of them): the daemon that starts a second after the machine, the rest of the page. */
const later = ['dockerd', 'mount', 'DiagramPane', 'Architecture', 'docker'];

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** No script but ours: files of this origin, the inline stand-in, and the bridge inside the preview's sandbox (it inherits this policy). */
function policy(inline: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hash(inline)} ${hash(bridgeScript)}`,
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

async function earlyScript(): Promise<string> {
  const file = path.join(root, 'src/components/terminal/early.ts');
  const source = readFileSync(file, 'utf8').replaceAll(
    '__WELCOME__',
    JSON.stringify([en['welcome.1'], en['welcome.2a'], en['welcome.2b'], en['welcome.2c']]),
  );
  const { code } = await transformWithOxc(source.replace(/declare const .*\n/, ''), file, { lang: 'ts' });
  return minifySync('early.js', `(()=>{${code.replace(/export\s*\{\s*\};?/g, '').replace(/\/\/# sourceMappingURL.*/, '')}})()`).code.trim();
}

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

/** Files of the lazy parts of these names, and of what they import. */
function withImports(bundle: Bundle, names: readonly string[]): Set<string> {
  const files = new Set<string>();
  const add = (file: string) => {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || files.has(file)) return;
    files.add(file);
    chunk.imports.forEach(add);
  };
  for (const name of names)
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk' && chunk.isDynamicEntry && chunk.name === name) add(chunk.fileName);
  return files;
}

/** Puts the stand-in terminal and all CSS into index.html, so that a prompt takes keys before a second request is answered. */
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
        const script = await earlyScript();
        html = html.replace('<!--early-->', () => `<script>${script}</script>`);
        if (!building || !bundle) return html;
        html = html.replace(/<link rel="stylesheet"[^>]*href="\.\/([^"]+\.css)"[^>]*>/g, (_, file: string) => {
          const css = bundle[file];
          if (css?.type !== 'asset') throw new Error(`${file} is not in the bundle`);
          const text = String(css.source).replace(/url\((['"]?)(?:\.\/)?(?:assets\/)?([\w.-]+\.woff2)\1\)/g, 'url(./assets/$2)');
          return `<style>${text}</style>`;
        });
        const now = withImports(bundle, preloaded);
        const links = [...now]
          .filter((file) => !html.includes(`./${file}"`))
          .map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`);
        for (const file of withImports(bundle, later))
          if (!now.has(file) && !html.includes(`./${file}"`)) links.push(`<link data-later crossorigin href="./${file}">`);
        const csp = `<meta http-equiv="Content-Security-Policy" content="${policy(script)}" />`;
        return html.replace('<meta charset="utf-8" />', (meta) => `${meta}\n    ${csp}`).replace('</head>', `${links.join('')}</head>`);
      },
    },
    /** The page's own CSS stands in index.html: a lazy part must not fetch it again. */
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const loaded = chunks.find((chunk) => chunk.isEntry)!.fileName.replace(/^.*\//, './');
        for (const chunk of chunks) chunk.code = chunk.code.replace(/"\.\/index-[\w-]+\.css"/g, () => JSON.stringify(loaded));
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
  plugins: [react(), tailwindcss(), firstPaint()],
  build: {
    target: 'es2022',
    sourcemap: true,
    modulePreload: { polyfill: false },
    // Few files in place of many small ones: each costs a turn on a slow line.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'kernel', test: /src\/sim\/(lib|kernel|net)\//, minShareCount: 2 },
            { name: 'programs-lib', test: /src\/sim\/programs\/lib\//, minShareCount: 2 },
          ],
        },
      },
    },
    assetsInlineLimit: 0,
  },
});
