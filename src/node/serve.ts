import { existsSync, rmSync } from 'node:fs';
import net from 'node:net';
import { connectFromHost, World } from '../sim/world/index.ts';

const DEFAULT_SOCKET = 'unix:///tmp/drydock.sock';
const SOCKET = { path: '/run/docker.sock' };

interface Options {
  readonly hosts: readonly string[];
  readonly seed: number;
}

function parse(args: readonly string[]): Options {
  const hosts: string[] = [];
  let seed = 1;
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].split(/=(.*)/s);
    if (name === '-H' || name === '--host') hosts.push(inline ?? args[++i] ?? '');
    else if (name === '--seed') seed = Number(inline ?? args[++i]);
    else throw new UsageError(`unknown option ${args[i]}`);
  }
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed takes a whole number');
  return { hosts: hosts.length > 0 ? hosts : [DEFAULT_SOCKET], seed };
}

class UsageError extends Error {}

/** The simulated engine on real sockets, its clock at the pace of the wall clock, until it is interrupted. */
export async function serve(args: readonly string[]): Promise<void> {
  let options: Options;
  try {
    options = parse(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`drydock: ${error.message}\n`);
    process.exitCode = 2;
    return;
  }
  const world = World.create({ seed: options.seed });
  world.onCrash = (error) => process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await world.runFast(() => false, 2_000_000);
  const pace = new Pace(world);
  const { kernel } = world.machines.get('node1')!;
  const servers = await Promise.all(options.hosts.map((host) => listen(host, (socket) => relay(socket, kernel, pace))));
  process.stderr.write('The simulated engine is up. Stop it with Ctrl-C.\n');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
  for (const server of servers) server.close();
  for (const host of options.hosts) if (host.startsWith('unix://')) rmSync(host.slice(7), { force: true });
  process.exit(0);
}

/** Bytes from a real socket to the simulated one and back. */
function relay(socket: net.Socket, kernel: Parameters<typeof connectFromHost>[0], pace: Pace): void {
  pace.now();
  const connection = connectFromHost(kernel, SOCKET, {
    onData: (data) => socket.write(data),
    onEnd: () => socket.end(),
  });
  socket.on('data', (data) => {
    pace.now();
    connection.write(new Uint8Array(data));
    pace.work();
  });
  socket.on('end', () => {
    connection.end();
    pace.work();
  });
  socket.on('close', () => {
    connection.close();
    pace.work();
  });
  socket.on('error', () => connection.close());
  pace.work();
}

/** Steps the world so that its clock follows the wall clock. */
class Pace {
  readonly #world: World;
  #offset: number;
  #timer: NodeJS.Timeout | undefined;
  #immediate = false;

  constructor(world: World) {
    this.#world = world;
    this.#offset = world.now - performance.now() * 1000;
  }

  #target(): number {
    return Math.max(this.#world.now, Math.floor(performance.now() * 1000 + this.#offset));
  }

  /** Brings the clock up to this moment. */
  now(): void {
    this.#world.advance(this.#target(), 2, () => performance.now());
  }

  /** Runs what is due, and comes back for the rest. */
  work(): void {
    if (this.#immediate) return;
    this.#immediate = true;
    setImmediate(() => {
      this.#immediate = false;
      this.#step();
    });
  }

  #step(): void {
    clearTimeout(this.#timer);
    const result = this.#world.advance(this.#target(), 10, () => performance.now());
    if (typeof result === 'object') {
      void result.then(() => this.#step());
      return;
    }
    if (result === 'busy') {
      if (this.#target() - this.#world.now > 250_000) this.#offset = this.#world.now - performance.now() * 1000;
      this.work();
      return;
    }
    const due = this.#world.nextDue();
    if (due !== undefined) this.#timer = setTimeout(() => this.#step(), Math.max(0, Math.min(60_000, (due - this.#target()) / 1000)));
  }
}

function listen(host: string, accept: (socket: net.Socket) => void): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, accept);
  const unix = /^unix:\/\/(.+)$/.exec(host);
  const tcp = /^tcp:\/\/(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(host);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if (unix) {
      if (existsSync(unix[1])) rmSync(unix[1]);
      server.listen(unix[1], () => resolve(server));
    } else if (tcp) {
      const address = tcp[1].replace(/^\[|\]$/g, '') || '127.0.0.1';
      process.stderr.write(
        `[DEPRECATION NOTICE]: API is accessible on http://${address}:${tcp[2] ?? 2375} without encryption. Access to it is full control of the simulated machine.\n`,
      );
      server.listen(Number(tcp[2] ?? 2375), address, () => resolve(server));
    } else reject(new Error(`drydock: ${host}: only unix:// and tcp:// addresses can be served`));
  });
}
