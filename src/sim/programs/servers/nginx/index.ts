/** nginx: a master that reads the configuration and workers that answer. */
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getenv, readText, sleep, spawn, write } from '../../../kernel/syscalls.ts';
import { HELP, parseArguments } from './arguments.ts';
import { buildReport } from './build.ts';
import { ConfigError } from './configFile.ts';
import type { Worker } from './exchange.ts';
import { ErrorLog } from './log.ts';
import { master } from './master.ts';
import type { Configuration } from './model.ts';
import { createPaths } from './paths.ts';
import { resolveUpstreams } from './proxy.ts';
import { checkUser, readConfiguration } from './readConfiguration.ts';
import { sendSignal } from './sendSignal.ts';
import { openSockets, type Sockets } from './sockets.ts';

const DEFAULT_VERSION = '1.29.1';

/** nginx [OPTION]... */
export const program: Program = { name: 'nginx', main, memory: 7 << 20 };

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('NGINX_VERSION')) ?? DEFAULT_VERSION;
  const product = `nginx/${version}`;
  const parsed = parseArguments(argv.slice(1));
  if (typeof parsed === 'string') {
    yield* write(2, `nginx: ${parsed}\n`);
    return 1;
  }
  if (parsed.version !== '' || parsed.help) {
    yield* write(2, `nginx version: ${product}\n${parsed.version === 'V' ? yield* buildReport() : ''}${parsed.help ? HELP : ''}`);
    return 0;
  }
  let config: Configuration;
  let upstreams: Worker['upstreams'];
  try {
    config = yield* readConfiguration(parsed);
    if (parsed.signal === undefined) yield* checkUser(config);
    upstreams = parsed.signal === undefined ? yield* resolveUpstreams(config) : new Map();
    if (parsed.signal === undefined) yield* createPaths(config.user ?? 'nginx');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    yield* new ErrorLog(2, 'emerg').line('emerg', error.message);
    if (parsed.test) yield* write(2, `nginx: [emerg] ${error.message}\nnginx: configuration file ${parsed.config} test failed\n`);
    else yield* write(2, `nginx: [emerg] ${error.message}\n`);
    return 1;
  }
  if (parsed.test) {
    if (!parsed.quiet)
      yield* write(
        2,
        `nginx: the configuration file ${parsed.config} syntax is ok\nnginx: configuration file ${parsed.config} test is successful\n`,
      );
    if (parsed.dump) yield* write(1, `# configuration file ${parsed.config}:\n${yield* readText(parsed.config)}\n`);
    return 0;
  }
  if (parsed.signal !== undefined) return yield* sendSignal(config, parsed.signal);
  let sockets: Sockets;
  try {
    sockets = yield* openSockets(config, new Map());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (let i = 0; i < 5; i++) {
      for (const message of error.message.split('\n')) {
        yield* new ErrorLog(2, 'emerg').line('emerg', message);
        yield* write(2, `nginx: [emerg] ${message}\n`);
      }
      yield* sleep(500_000);
    }
    yield* write(2, 'nginx: [emerg] still could not bind()\n');
    return 1;
  }
  const run = () => master(parsed, product, config, upstreams, sockets, argv);
  if (!config.daemon) return yield* run();
  yield* spawn({ main: run, argv: ['nginx'], newSession: true });
  return 0;
}
