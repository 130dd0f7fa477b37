/**
 * Runs a row of a command's table: `expect(await play(row)).toEqual(row)`. `npm run test:client` runs the same tables with the real
 * docker in place of ours (tools/realClient).
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { bind, listen, readFile, run, socket, thread } from '../../kernel/syscalls.ts';
import { testMachine } from '../../kernel/testing.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { serveHttp } from '../../net/http/server.ts';
import { program } from '../docker.ts';
import { asStated, type ClientCase, contentOf, Script, words } from './case.ts';

export { type ClientCase, frames, lines, pathStat, text } from './case.ts';

const HOME = '/root';

export async function play(stated: ClientCase): Promise<ClientCase> {
  const files = Object.fromEntries(Object.entries(stated.files ?? {}).map(([name, content]) => [`${HOME}/${name}`, content]));
  const machine = testMachine({ programs: [program], files: { '/var/run/': '', ...files } });
  const script = new Script(stated.engine);
  const leaves: Record<string, unknown> = {};
  const result = await machine.runLazy(
    function* () {
      yield* serve('/var/run/docker.sock', script);
      const exit = yield* run({ path: '/usr/bin/docker', argv: ['docker', ...words(stated.docker)] });
      for (const name of Object.keys(stated.leaves ?? {})) leaves[name] = yield* contentLeft(`${HOME}/${name}`);
      return exit;
    },
    { stdin: stated.stdin ?? '', cwd: HOME, env: { HOME, PATH: '/usr/bin', ...stated.env } },
  );
  return asStated(stated, { ...result, engine: script.said }, leaves);
}

function* serve(path: string, script: Script): Sim<void> {
  const fd = yield* socket('unix', 'stream');
  yield* bind(fd, { path });
  yield* listen(fd);
  yield* thread(function* () {
    yield* serveHttp(fd, function* (req, res) {
      res.headers.set('Api-Version', '1.51');
      res.headers.set('Ostype', 'linux');
      const sent = yield* req.body.bytes();
      if (req.target === '/_ping') return yield* res.end(req.method === 'HEAD' ? undefined : 'OK');
      const [status, answer] = script.answer(req.method, req.target, sent);
      if (status === 101) {
        const stream = yield* res.hijack();
        yield* stream.write(encodeUtf8('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'));
        yield* stream.write(answer.data);
        return yield* stream.close();
      }
      for (const [name, value] of Object.entries(answer.headers)) res.headers.set(name, value);
      yield* res.writeHead(status);
      yield* res.end(answer.data.length === 0 ? undefined : answer.data);
    });
  });
}

function* contentLeft(path: string): Sim<unknown> {
  try {
    return contentOf(yield* readFile(path));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}
