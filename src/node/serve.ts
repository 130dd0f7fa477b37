import { lstatSync, rmSync } from 'node:fs';
import net from 'node:net';
import { World } from '../sim/world/index.ts';
import { eachOption, parseDate, parseSeed, UsageError } from './options.ts';
import { Pace } from './pace.ts';

const DEFAULT_SOCKET = 'unix:///tmp/drydock.sock';
/** The machine boots in this time, before the first client may come. */
const BOOT_US = 2_000_000;
const MACHINE = 'node1';
const SOCKET = { path: '/run/docker.sock' };

export interface ServeOptions {
  readonly hosts: readonly string[];
  readonly seed: number;
  readonly epochUs: number;
}

function readOptions(args: readonly string[]): ServeOptions {
  const hosts: string[] = [];
  let seed = parseSeed(undefined);
  let epochUs: number | undefined;
  eachOption(args, (name, value) => {
    if (name === '-H' || name === '--host') hosts.push(value);
    else if (name === '--seed') seed = parseSeed(value);
    else if (name === '--date') epochUs = parseDate(value);
    else throw new UsageError(`unknown option ${name}`);
  });
  // Clients compare the engine's times with their own clock ("Up 2 minutes", `events --until 0s`).
  return { hosts: hosts.length > 0 ? hosts : [DEFAULT_SOCKET], seed, epochUs: epochUs ?? parseDate('now') - BOOT_US };
}

/** The simulated engine on real sockets, its clock at the pace of the wall clock, until it is interrupted. */
export async function serve(args: readonly string[]): Promise<void> {
  const engine = await startEngine(readOptions(args));
  process.stderr.write('The simulated engine is up. Stop it with Ctrl-C.\n');
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
  await Promise.race([interrupted, engine.failed]);
  engine.close();
  process.exit(0);
}

export interface RunningEngine {
  readonly world: World;
  /** Rejects when a part of the simulator cannot be loaded: the engine goes no further. */
  readonly failed: Promise<never>;
  /** Stops listening (which removes a Unix socket's file), drops its clients and the clock. */
  close(): void;
}

/** Boots a machine and listens on `hosts`. */
export async function startEngine(options: ServeOptions): Promise<RunningEngine> {
  const world = World.create({ seed: options.seed, epochUs: options.epochUs });
  world.onCrash = (error) => process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await world.runFast(() => false, BOOT_US);
  let fail!: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const pace = new Pace(world, fail);
  const sockets = new Set<net.Socket>();
  const accept = (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    relay(socket, world, pace);
  };
  const servers: net.Server[] = [];
  const close = () => {
    pace.stop();
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
  };
  // One after the other: when an address cannot be had, those before it are given back.
  try {
    for (const host of options.hosts) servers.push(await listen(host, accept));
  } catch (error) {
    close();
    throw error;
  }
  return { world, failed, close };
}

/** Bytes from a real socket to the simulated one and back. */
function relay(socket: net.Socket, world: World, pace: Pace): void {
  pace.now();
  let over = false;
  const connection = world.connectFromHost(MACHINE, SOCKET, {
    onData(data) {
      // What is said in one step goes out in one piece.
      socket.cork();
      if (!socket.write(data)) connection.pause();
      process.nextTick(() => socket.uncork());
    },
    onEnd() {
      over = true;
      socket.end();
      // What the client still sends is for nobody.
      socket.resume();
    },
    onDrain: () => socket.resume(),
  });
  socket.on('data', (data) => {
    if (over) return;
    pace.now();
    if (!connection.write(new Uint8Array(data))) socket.pause();
    pace.work();
  });
  socket.on('drain', () => {
    connection.resume();
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

/** Removes what a server that has ended left at the path. Refuses when something else is there, or a server still listens. */
async function clearWay(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) return;
  if (!there.isSocket()) throw new UsageError(`${path}: there is something that is no socket`);
  const answer = await new Promise<string>((resolve) => {
    const probe = net.connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve('connected');
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  if (answer === 'connected') throw new UsageError(`${path}: another server listens there`);
  if (answer !== 'ECONNREFUSED') throw new UsageError(`${path}: cannot tell whether a server listens there (${answer})`);
  rmSync(path);
}

function listen(host: string, accept: (socket: net.Socket) => void): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, accept);
  const unix = /^unix:\/\/(.+)$/.exec(host);
  const tcp = /^tcp:\/\/(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(host);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new UsageError(`${host}: ${error.message}`)));
    if (unix) {
      clearWay(unix[1]).then(() => server.listen(unix[1], () => resolve(server)), reject);
    } else if (tcp) {
      const address = tcp[1].replace(/^\[|\]$/g, '') || '127.0.0.1';
      process.stderr.write(
        `[DEPRECATION NOTICE]: API is accessible on http://${address}:${tcp[2] ?? 2375} without encryption. Access to it is full control of the simulated machine.\n`,
      );
      server.listen(Number(tcp[2] ?? 2375), address, () => resolve(server));
    } else reject(new UsageError(`${host}: only unix:// and tcp:// addresses can be served`));
  });
}
