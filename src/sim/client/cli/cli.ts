/** What every command works with: streams, environment, settings and the connection to the daemon. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { environ, getpid, isatty, kill, sigaction, statOrNull, wallClock, write } from '../../kernel/syscalls.ts';
import { Engine } from '../engine/engine.ts';
import { parseHost } from '../engine/host.ts';
import type { ConfigFile } from './configFile.ts';
import { loadConfigFile } from './configFile.ts';
import { ContextStore, DEFAULT_CONTEXT } from './contexts.ts';
import { CliError } from './errors.ts';
import type { Flags } from './flags/flags.ts';

export const CLIENT_VERSION = '28.2.2';
export const CLIENT_API_VERSION = '1.50';
export const GIT_COMMIT = 'e6534b4';
export const GO_VERSION = 'go1.24.3';
export const BUILD_TIME = 'Fri May 30 12:07:14 2025';

const DEFAULT_HOST = 'unix:///var/run/docker.sock';

export class Cli {
  readonly env: ReadonlyMap<string, string>;
  /** Flags before the command. */
  readonly global: Flags;
  #engine: Engine | undefined;
  #config: ConfigFile | undefined;

  constructor(env: ReadonlyMap<string, string>, global: Flags) {
    this.env = env;
    this.global = global;
  }

  static *create(global: Flags): Sim<Cli> {
    return new Cli(yield* environ(), global);
  }

  get home(): string {
    return this.env.get('HOME') ?? '/root';
  }

  get configDir(): string {
    return this.global.changed('config') ? this.global.string('config') : this.defaultConfigDir;
  }

  get defaultConfigDir(): string {
    return this.env.get('DOCKER_CONFIG') || `${this.home}/.docker`;
  }

  *config(): Sim<ConfigFile> {
    if (!this.#config) {
      const { file, warning } = yield* loadConfigFile(this.configDir);
      this.#config = file;
      if (warning !== '') yield* this.err(`${warning}\n`);
    }
    return this.#config;
  }

  /** Forgets what was read, after the file was written. */
  reloadConfig(): void {
    this.#config = undefined;
  }

  *contextName(): Sim<string> {
    if (this.global.string('context') !== '') return this.global.string('context');
    if (this.global.changed('host')) return 'default';
    if (this.env.get('DOCKER_HOST')) return 'default';
    return this.env.get('DOCKER_CONTEXT') || (yield* this.config()).currentContext || 'default';
  }

  contexts(): ContextStore {
    const self = this;
    return new ContextStore(this.configDir, function* () {
      const [host] = self.global.list('host');
      return parseHost(host ?? (self.env.get('DOCKER_HOST') || DEFAULT_HOST)).host;
    });
  }

  /** Ends the connections, if any was made. */
  *close(): Sim<void> {
    if (this.#engine) yield* this.#engine.close();
  }

  /** The daemon to talk to. Nothing is sent yet. */
  *engine(): Sim<Engine> {
    if (!this.#engine) {
      const host = yield* this.#host();
      if ((yield* this.contextName()) === DEFAULT_CONTEXT) yield* this.#checkTls();
      const { httpHeaders } = yield* this.config();
      this.#engine = new Engine(parseHost(host), { apiVersion: this.env.get('DOCKER_API_VERSION') ?? '', headers: httpHeaders });
    }
    return this.#engine;
  }

  /** Throws when the flags before the command contradict each other. */
  checkGlobal(): void {
    if (this.global.changed('context') && this.global.list('host').length > 0)
      throw new CliError('conflicting options: cannot specify both --host and --context');
  }

  /** TLS itself is not simulated; that its files are missing is noticed as docker notices it. */
  *#checkTls(): Sim<void> {
    const { global, env } = this;
    const verify = global.changed('tlsverify') || Boolean(env.get('DOCKER_TLS_VERIFY'));
    const wanted = verify || (global.changed('tls') ? global.bool('tls') : Boolean(env.get('DOCKER_TLS')));
    if (!wanted) return;
    const dir = env.get('DOCKER_CERT_PATH') || this.configDir;
    for (const [flag, file] of [
      ['tlscacert', 'ca.pem'],
      ['tlscert', 'cert.pem'],
      ['tlskey', 'key.pem'],
    ] as const) {
      if (flag !== 'tlscacert' && !global.changed(flag)) continue;
      const path = global.changed(flag) ? global.string(flag) : `${dir}/${file}`;
      if (!(yield* statOrNull(path)))
        throw new CliError(`Failed to initialize: unable to resolve docker endpoint: open ${path}: no such file or directory`);
    }
    throw new CliError('drydock: TLS between the client and the daemon is not simulated');
  }

  *#host(): Sim<string> {
    const hosts = this.global.list('host');
    if (hosts.length > 0) {
      if (hosts.length > 1) throw new CliError('Failed to initialize: unable to resolve docker endpoint: Specify only one -H');
      return hosts[0];
    }
    const name = yield* this.contextName();
    if (name === DEFAULT_CONTEXT) return this.env.get('DOCKER_HOST') || DEFAULT_HOST;
    try {
      return (yield* this.contexts().get(name)).Endpoints.docker?.Host || DEFAULT_HOST;
    } catch (error) {
      if (error instanceof CliError) throw new CliError(`Failed to initialize: unable to resolve docker endpoint: ${error.message}`);
      throw error;
    }
  }

  out(text: string | Uint8Array): Sim<void> {
    return put(1, text);
  }

  err(text: string | Uint8Array): Sim<void> {
    return put(2, text);
  }

  isTerminal(fd: 0 | 1 | 2): Sim<boolean> {
    return isatty(fd);
  }

  /** Seconds since 1970, with a fraction. */
  *now(): Sim<number> {
    return (yield* wallClock()) / 1e6;
  }
}

/** A broken pipe on standard output ends a Go program by SIGPIPE, as it would end any other. */
function* put(fd: number, text: string | Uint8Array): Sim<void> {
  if (text.length === 0) return;
  try {
    yield* write(fd, text);
  } catch (error) {
    if (!isErrno(error, 'EPIPE')) throw error;
    yield* sigaction('SIGPIPE', 'default');
    yield* kill(yield* getpid(), 'SIGPIPE');
  }
}
