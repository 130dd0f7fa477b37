/** Web sites of the simulated internet, chosen by the Host field as virtual hosts are. Their pages are our own words. */

import type { Sim } from '../../../kernel/sim.ts';
import { own } from '../../../lib/dictionary.ts';
import type { ResponseWriter } from '../../../net/http/server.ts';
import { serveHttp } from '../../../net/http/server.ts';
import { type Certificate, PUBLIC_AUTHORITY } from '../../../net/tls.ts';
import { github, rawFiles } from './github.ts';
import { httpbin } from './httpbin.ts';
import { page, plain, redirect } from './pages.ts';
import type { Site } from './site.ts';

const EXAMPLE = page(
  'Example Domain',
  '<h1>Example Domain</h1>\n<p>This name is kept free for examples in documents. Use it without asking anybody.</p>\n<p><a href="https://www.iana.org/domains/example">More about it</a></p>',
);

const clientAddress: Site = function* ({ res, conn }) {
  yield* plain(res, `${'address' in conn.peer ? conn.peer.address : ''}\n`);
};

/** Sites that speak https only, as most do, send plain requests on. */
const secureOnly = (site: Site): Site =>
  function* (request) {
    if (request.secure) return yield* site(request);
    yield* redirect(request.res, `https://${request.host}${request.req.target}`, 301);
  };

const titled = (title: string, text: string): Site => {
  const whole = page(title, `<h1>${title}</h1>\n<p>${text}</p>`);
  return function* ({ req, res }) {
    if (req.path === '/') return yield* html(res, 200, whole);
    yield* html(res, 404, page('404 Not Found', '<h1>Not Found</h1>\n<p>Nothing of that name is simulated here.</p>'));
  };
};

const example: Site = function* ({ req, res }) {
  res.headers.set('Cache-Control', 'max-age=86000');
  yield* html(res, req.path === '/' || req.path === '/index.html' ? 200 : 404, EXAMPLE);
};

/** A package archive: the page of its folder. The package managers' own files are served where they are simulated. */
const archive = (folder: string): Site =>
  titled('Index of /', `<a href="${folder}/">${folder}/</a>: the packages of this archive are not simulated as files.`);

const SITES: Readonly<Record<string, Site>> = {
  'example.com': example,
  'www.example.com': example,
  'example.org': example,
  'www.example.org': example,
  'example.net': example,
  'httpbin.org': httpbin,
  'ifconfig.me': clientAddress,
  'icanhazip.com': clientAddress,
  'github.com': secureOnly(github),
  'raw.githubusercontent.com': secureOnly(rawFiles),
  'docs.docker.com': secureOnly(titled('Docker Docs', 'The manual of the real Docker is outside; drydock has no internet.')),
  'www.docker.com': secureOnly(titled('Docker', 'The real page is outside.')),
  'deb.debian.org': archive('debian'),
  'security.debian.org': archive('debian-security'),
  'archive.ubuntu.com': archive('ubuntu'),
  'security.ubuntu.com': archive('ubuntu'),
  'dl-cdn.alpinelinux.org': archive('alpine'),
  'pypi.org': secureOnly(titled('PyPI', 'Packages are not simulated as files.')),
  'registry.npmjs.org': secureOnly(function* ({ req, res }) {
    res.headers.set('Content-Type', 'application/json');
    yield* res.writeHead(req.path === '/' ? 200 : 404);
    yield* res.end(req.path === '/' ? '{}' : '{"error":"Not found"}');
  }),
};

function* html(res: ResponseWriter, status: number, text: string): Sim<void> {
  res.headers.set('Content-Type', 'text/html');
  yield* res.writeHead(status);
  yield* res.end(text);
}

function certificateOf(name: string, names: readonly string[]): Certificate {
  const good: Certificate = { names: [name, `*.${name}`], issuer: PUBLIC_AUTHORITY };
  switch (name) {
    case 'expired.badssl.com':
      return { ...good, expired: true };
    case 'self-signed.badssl.com':
      return { ...good, issuer: '*.badssl.com' };
    case 'wrong.host.badssl.com':
      return { ...good, names: ['*.badssl.com', 'badssl.com'] };
  }
  // Asked by address or by a name that is not here: the first site's, as servers do.
  return names.includes(name) ? good : { names: ['example.com', '*.example.com'], issuer: PUBLIC_AUTHORITY };
}

/** Serves on a listening socket for ever. `names` are all hosts that share it. */
export function serveSites(listenFd: number, secure: boolean, names: readonly string[]): Sim<never> {
  return serveHttp(
    listenFd,
    function* (req, res, conn) {
      const host = (req.headers.get('Host') ?? '').toLowerCase().replace(/:\d+$/, '');
      const site =
        own(SITES, host) ?? (names.includes(host) ? titled(host, 'This site is reachable, its pages are not simulated.') : undefined);
      if (site) return yield* site({ req, res, conn, host, secure });
      yield* html(res, 404, page('404 Not Found', '<h1>Not Found</h1>'));
    },
    secure ? { certificate: (name) => certificateOf(name, names) } : {},
  );
}
