// A static server on loopback that sends what a good host sends: text gzipped.
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const packed = new Set(['.html', '.js', '.css', '.svg']);

/** Serves a folder; resolves to its address and a function that ends it. */
export function serveFolder(folder) {
  const zipped = new Map();
  const server = http.createServer((request, response) => {
    const name = new URL(request.url, 'http://x').pathname;
    const file = path.join(folder, name.endsWith('/') ? `${name}index.html` : name);
    const extension = path.extname(file);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const head = { 'Content-Type': types[extension] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' };
    if (!packed.has(extension)) {
      response.writeHead(200, head);
      createReadStream(file).pipe(response);
      return;
    }
    if (!zipped.has(file)) zipped.set(file, gzipSync(readFileSync(file), { level: 9 }));
    response.writeHead(200, { ...head, 'Content-Encoding': 'gzip' }).end(zipped.get(file));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() })),
  );
}
