/** Stands in for src/sim/client/testing/play.ts: the same rows, run by the real docker against a server on a socket. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asStated, type ClientCase, contentOf, type Exchange, Script, words } from '../../src/sim/client/testing/case.ts';

export { Answer, type ClientCase, frames, lines, pathStat, text } from '../../src/sim/client/testing/case.ts';

export async function play(stated: ClientCase): Promise<ClientCase> {
  const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
  const socket = `${home}.sock`;
  for (const [name, content] of Object.entries(stated.files ?? {})) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(join(home, name), content);
  }
  const tidy = (output: string) => output.replaceAll(socket, '/var/run/docker.sock').replaceAll(home, '/root');
  const script = new Script(stated.engine);
  const server = serve(script, (sent) => (sent[0] === 0x7b ? Buffer.from(tidy(`${sent}`)) : sent));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    const result = await docker(words(stated.docker), {
      cwd: home,
      stdin: stated.stdin ?? '',
      env: { HOME: home, ...(stated.docker.startsWith('context') ? {} : { DOCKER_HOST: `unix://${socket}` }), ...stated.env },
    });
    const leaves = Object.fromEntries(Object.keys(stated.leaves ?? {}).map((name) => [name, contentLeft(join(home, name), tidy)]));
    const engine = inStatedOrder(stated.engine ?? [], script.said);
    return asStated(stated, { engine, stdout: tidy(result.stdout), stderr: tidy(result.stderr), exit: result.exit }, leaves);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(home, { recursive: true });
  }
}

/** `tidied` is what the script sees of a body. */
function serve(script: Script, tidied: (sent: Buffer) => Buffer): Server {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (data) => chunks.push(data));
    req.on('end', () => {
      res.setHeader('Api-Version', '1.51');
      res.setHeader('Ostype', 'linux');
      if (req.url === '/_ping') return res.end(req.method === 'HEAD' ? undefined : 'OK');
      const [status, answer] = script.answer(req.method ?? '', req.url ?? '', tidied(Buffer.concat(chunks)));
      res.writeHead(status, answer.headers);
      res.end(answer.data);
    });
  });
  server.on('upgrade', (req, socket, head: Buffer) => {
    let sent = head;
    let answered = false;
    const missing = () => Number(req.headers['content-length'] ?? 0) - sent.length;
    const answer = () => {
      if (answered || missing() > 0) return;
      answered = true;
      const [status, { data, headers }] = script.answer(req.method ?? '', req.url ?? '', tidied(sent));
      if (status === 101) {
        socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
        return socket.end(data);
      }
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${status} Error\r\n${fields.join('')}Content-Length: ${data.length}\r\n\r\n${Buffer.from(data)}`);
    };
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!answered) sent = Buffer.concat([sent, data]);
      answer();
    });
    answer();
  });
  return server;
}

interface Run {
  readonly cwd: string;
  readonly stdin: string;
  readonly env: Readonly<Record<string, string>>;
}

function docker(args: readonly string[], { cwd, stdin, env }: Run): Promise<{ stdout: string; stderr: string; exit: number }> {
  return new Promise((resolve) => {
    const child = spawn('docker', args, { cwd, env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...env }, timeout: 10_000 });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => err.push(data));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('close', (exit) => resolve({ stdout: `${Buffer.concat(out)}`, stderr: `${Buffer.concat(err)}`, exit: exit ?? 124 }));
  });
}

function contentLeft(path: string, tidy: (text: string) => string): unknown {
  let data: Buffer;
  try {
    data = readFileSync(path);
  } catch {
    return null;
  }
  const content = contentOf(data);
  return typeof content === 'string' ? tidy(content) : content;
}

/** The real client asks for several containers at once: the order of its requests is no fact. */
function inStatedOrder(stated: readonly Exchange[], said: readonly Exchange[]): readonly Exchange[] {
  const left = [...said];
  const ordered = stated.flatMap(([request]) => {
    const index = left.findIndex(([asked]) => asked.split('?')[0] === request.split('?')[0]);
    return index < 0 ? [] : left.splice(index, 1);
  });
  return [...ordered, ...left];
}
