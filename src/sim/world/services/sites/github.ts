/** github.com: git over http, a page per repository, and single files on raw.githubusercontent.com. */
import type { Sim } from '../../../kernel/sim.ts';
import type { ResponseWriter } from '../../../net/http/server.ts';
import { advertise, uploadPack } from '../../../programs/lib/git/uploadPack.ts';
import { page, plain } from './pages.ts';
import { aboutRepository, hostedRepository, repositoryNames } from './repositories/index.ts';
import type { Site } from './site.ts';

const missing = (): string =>
  `drydock: this repository is not simulated. These are:\n${repositoryNames()
    .map((name) => `  https://github.com/${name}\n`)
    .join('')}`;

export const github: Site = function* ({ req, res }) {
  const m = /^\/([^/]+\/[^/]+?)(?:\.git)?(?:\/(info\/refs|git-upload-pack|git-receive-pack))?\/?$/.exec(req.path);
  if (m === null) {
    const list = repositoryNames().map((name) => `<li><a href="/${name}">${name}</a></li>`);
    const body = `<h1>Repositories</h1>\n<ul>\n${list.join('\n')}\n</ul>`;
    return yield* html(res, req.path === '/' ? 200 : 404, page('GitHub', req.path === '/' ? body : '<h1>Not Found</h1>'));
  }
  const [, name, service] = m;
  const repo = hostedRepository(name);
  if (service === undefined) {
    if (repo === undefined) return yield* html(res, 404, page('Not Found', '<h1>Not Found</h1>'));
    const files = [...repo.files.keys()].map((path) => `<li>${path}</li>`).join('\n');
    return yield* html(res, 200, page(name, `<h1>${name}</h1>\n<p>${aboutRepository(name)}</p>\n<ul>\n${files}\n</ul>`));
  }
  if (service === 'git-receive-pack' || req.query.get('service') === 'git-receive-pack')
    return yield* plain(res, 'Nobody may write here.\n', 401);
  if (repo === undefined) return yield* plain(res, missing(), 404);
  res.headers.set('Cache-Control', 'no-cache');
  if (service === 'info/refs') {
    res.headers.set('Content-Type', 'application/x-git-upload-pack-advertisement');
    return yield* res.end(advertise(repo));
  }
  const answer = uploadPack(repo, yield* req.body.bytes());
  res.headers.set('Content-Type', 'application/x-git-upload-pack-result');
  yield* res.end(answer);
};

/** `/owner/name/branch/path`, or `/owner/name/refs/heads/branch/path`: the main branch's file. */
export const rawFiles: Site = function* ({ req, res }) {
  const m = /^\/([^/]+\/[^/]+)\/(?:refs\/heads\/)?[^/]+\/(.+)$/.exec(req.path);
  const text = m === null ? undefined : hostedRepository(m[1])?.files.get(m[2]);
  if (text === undefined) return yield* plain(res, '404: Not Found', 404);
  yield* plain(res, text);
};

function* html(res: ResponseWriter, status: number, text: string): Sim<void> {
  res.headers.set('Content-Type', 'text/html; charset=utf-8');
  yield* res.writeHead(status);
  yield* res.end(text);
}
