import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, minifySync, type Plugin, transformWithOxc } from 'vite';
import { bridgeScript } from './src/components/preview/bridge.ts';
import { en } from './src/state/strings/en.ts';

const root = path.dirname(fileURLToPath(import.meta.url));

/**
 * Lazy parts that the first prompt of the machine needs, in the order of need: fetched beside the first script, run when asked for.
 * The world stands still while a part loads, so what boots the machine (systemd, dockerd) comes along.
 */
const preloaded = ['engine', 'controller', 'systemd', 'dockerd'];

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
        const files = new Set<string>();
        const add = (file: string) => {
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk' || files.has(file)) return;
          files.add(file);
          chunk.imports.forEach(add);
        };
        const entries = Object.values(bundle).filter((chunk) => chunk.type === 'chunk' && chunk.isDynamicEntry);
        for (const name of preloaded) for (const chunk of entries) if (chunk.type === 'chunk' && chunk.name === name) add(chunk.fileName);
        const links = [...files]
          .filter((file) => !html.includes(`./${file}"`))
          .map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`);
        const csp = `<meta http-equiv="Content-Security-Policy" content="${policy(script)}" />`;
        return html.replace('<meta charset="utf-8" />', (meta) => `${meta}\n    ${csp}`).replace('</head>', `${links.join('')}</head>`);
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
    // The page's own CSS stands in index.html: a lazy part must not fetch it again.
    modulePreload: { polyfill: false, resolveDependencies: (_file, deps) => deps.filter((dep) => !/index-[\w-]+\.css$/.test(dep)) },
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
