import type { Sim } from '../../../kernel/sim.ts';
import type { ResponseWriter } from '../../../net/http/server.ts';

export function page(title: string, body: string): string {
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
}

export function* plain(res: ResponseWriter, text: string, status = 200): Sim<void> {
  res.headers.set('Content-Type', 'text/plain; charset=utf-8');
  yield* res.writeHead(status);
  yield* res.end(text);
}

export function* redirect(res: ResponseWriter, location: string, status: number): Sim<void> {
  res.headers.set('Location', location);
  res.headers.set('Content-Type', 'text/html');
  yield* res.writeHead(status);
  yield* res.end('');
}
