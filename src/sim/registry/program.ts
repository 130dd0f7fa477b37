/** The program `registry` of the image registry:2: `registry serve CONFIG`. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { bind, getenv, listen, randomBytes, readText, setsockopt, socket, wallClock, write } from '../kernel/syscalls.ts';
import { toHex } from '../lib/bytes.ts';
import { formatRfc3339NanoFixed, instantOf } from '../lib/goTime.ts';
import { calendarTime } from '../net/http/date.ts';
import type { ConnectionInfo, HttpRequest, ResponseWriter } from '../net/http/server.ts';
import { type RegistryConfig, readConfig } from './config.ts';
import { type AccessController, htpasswdAccess } from './distribution/access.ts';
import { DiskStore } from './distribution/diskStore.ts';
import { serveRegistry } from './distribution/server.ts';

const VERSION = '2.8.3';

function* main(argv: readonly string[]): Sim<number> {
  const [, verb, path] = argv;
  if (argv.includes('--version') || argv.includes('-v')) {
    yield* write(1, `${argv[0]} github.com/docker/distribution v${VERSION}\n`);
    return 0;
  }
  if (verb !== 'serve') {
    yield* write(verb === undefined ? 1 : 2, USAGE);
    return verb === undefined ? 0 : 1;
  }
  const file = path ?? (yield* getenv('REGISTRY_CONFIGURATION_PATH'));
  if (file === undefined) return yield* refused('configuration path unspecified');
  let config: RegistryConfig;
  try {
    config = yield* readConfig(yield* readText(file), file);
  } catch (error) {
    if (error instanceof Errno) return yield* refused(`open ${file}: ${error.message.toLowerCase()}`);
    return yield* refused(`error parsing ${file}: ${(error as Error).message}`);
  }
  if (config.tls) {
    yield* write(2, 'drydock: a registry with a TLS certificate of its own is not simulated\n');
    return 1;
  }
  return yield* serve(config);
}

const USAGE =
  'Usage:\n  registry [flags]\n  registry [command]\n\nAvailable Commands:\n  serve           Stores and distributes Docker images\n  help            Help about any command\n\nFlags:\n  -h, --help      How to call it\n  -v, --version   The version\n';

function* refused(text: string): Sim<number> {
  yield* write(2, `configuration error: ${text}\n`);
  yield* write(2, 'Usage:\n  registry serve <config> [flags]\n');
  return 1;
}

function* serve(config: RegistryConfig): Sim<number> {
  const instance = toHex(yield* randomBytes(16));
  const log = function* (level: 'info' | 'warning' | 'error' | 'fatal', text: string): Sim<void> {
    if (LEVELS.indexOf(level) > LEVELS.indexOf(config.logLevel)) return;
    const time = formatRfc3339NanoFixed(instantOf(yield* wallClock()));
    yield* write(
      2,
      `time="${time}" level=${level} msg=${JSON.stringify(text)} go.version=go1.20.8 instance.id=${instance} service=registry version=${VERSION} \n`,
    );
  };
  let access: AccessController | undefined;
  if (config.htpasswd) access = htpasswdAccess(config.htpasswd.realm, config.htpasswd.path);
  if (config.secret === undefined)
    yield* log(
      'warning',
      'No HTTP secret provided - generated random secret. This may cause problems with uploads if multiple registries are behind a load-balancer. To provide a shared secret, fill in http.secret in the configuration file or set the REGISTRY_HTTP_SECRET environment variable.',
    );
  const fd = yield* socket('inet6', 'stream');
  const { address, port } = config.listen;
  try {
    yield* setsockopt(fd, 'SO_REUSEADDR', 1);
    yield* bind(fd, { address: address === '' ? '::' : address, port });
    yield* listen(fd, 128);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* log('fatal', `listen tcp ${address}:${port}: bind: ${error.message.toLowerCase()}`);
    return 1;
  }
  yield* log('info', `listening on ${address === '' ? '[::]' : address}:${port}`);
  return yield* serveRegistry(fd, {
    store: new DiskStore(config.directory),
    access,
    deletes: config.deletes,
    certificate: undefined,
    ...(config.accessLog ? { onRequest: accessLine } : {}),
  });
}

const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'];

/** Apache's combined format on standard output. */
function* accessLine(req: HttpRequest, res: ResponseWriter, conn: ConnectionInfo): Sim<void> {
  const t = calendarTime(yield* wallClock());
  const peer = 'address' in conn.peer ? conn.peer.address : '-';
  const user = '-';
  yield* write(
    1,
    `${peer} - ${user} [${t.day}/${t.month}/${t.year}:${t.time} +0000] "${req.method} ${req.target} ${req.version}" ${res.status} ${res.headers.get('Content-Length') ?? 0} "" "${req.headers.get('User-Agent') ?? ''}"\n`,
  );
}

export const program: Program = { name: 'registry', main, memory: 20 << 20 };
