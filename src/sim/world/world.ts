/**
 * The whole simulation: machines, wires, registries, and the log of what was done to them. Everything that happens follows
 * from the header and the log.
 */
import type { SimTime } from '../kernel/clock.ts';
import { Scheduler } from '../kernel/scheduler.ts';
import type { SocketAddress } from '../kernel/syscalls.ts';
import type { EditorRequest } from '../kernel/tty/pty.ts';
import { Internet } from '../net/internet.ts';
import { NetWorld } from '../net/network.ts';
import { type EditedFile, editFile } from './editedFile.ts';
import { connectFromHost, type HostConnection } from './hostConnection.ts';
import {
  checkPreset,
  checkReplayable,
  type FileRequest,
  type Input,
  type InputLog,
  LOG_FORMAT,
  type PreviewRequest,
  parseInputLog,
  type WorldHeader,
} from './inputLog.ts';
import { bootMachine, createMachine, type Machine } from './machine.ts';
import { MachineViewer } from './machineView.ts';
import { MessageLog } from './messages.ts';
import { fetchPreview, type PreviewFetch, type PreviewResponse } from './preview.ts';
import { createPrograms, minimal } from './programs.ts';
import { registryViews } from './registryViews.ts';
import type { TreeEntry } from './rootfs/tree.ts';
import { createDockerHost, type DockerHost } from './services/dockerHost.ts';
import { connectRegistries } from './services/registry.ts';
import type { RegistrySource } from './services/registrySource.ts';
import { connectWebsites } from './services/websites.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { type Login, Terminal } from './terminals.ts';
import type { TerminalView, WorldView } from './view.ts';

/** Tuesday 2026-11-24 14:00:00 UTC: the day on which every world begins that is not told another. */
const EPOCH_US = 1_795_528_800_000_000;
const GATEWAY = '192.168.56.1';
/** Steps between two looks at the wall clock. */
const PIECE = 4_000;

/** What the header holds, and what it does not: a world with any of the latter is not one that its log could make again. */
export interface WorldOptions {
  readonly seed: number;
  readonly preset?: string;
  /** Microseconds since 1970 at the world's start; for a client outside that compares with a clock of its own. */
  readonly epochUs?: number;
  readonly hostname?: string;
  readonly address?: string;
  readonly files?: readonly TreeEntry[];
  /** The student's home begins without dot files, as that of a recording does. */
  readonly emptyHome?: boolean;
  readonly login?: Login;
  readonly registry?: RegistrySource;
  readonly engine?: 'product' | 'recorded';
}

const UNLOGGED_OPTIONS = ['hostname', 'address', 'files', 'emptyHome', 'login', 'registry', 'engine'] as const;

export class World {
  readonly scheduler: Scheduler;
  readonly #header: WorldHeader;
  /** What came into this world beside its header and its log. */
  readonly #unlogged = new Set<string>();
  readonly machines = new Map<string, Machine>();
  readonly dockers = new Map<string, DockerHost>();
  readonly #viewers = new Map<string, MachineViewer>();
  readonly #messages: MessageLog;
  readonly #entries: Input[] = [];
  readonly #terminals: Terminal[] = [];
  #terminalViews: readonly TerminalView[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #login: Login | undefined;
  readonly #previewWaiters = new Map<number, (response: PreviewResponse) => void>();
  /** Those that are under way, by number. */
  readonly #fetches = new Map<number, PreviewFetch>();
  #previews = 0;
  readonly #fileWaiters = new Map<number, (answer: EditedFile) => void>();
  #files = 0;
  #dirty = true;
  #view: WorldView | undefined;
  #version = 0;
  /** Something inside threw what no program should: a fault of the simulator, told once to whoever drives it. */
  onCrash: ((error: unknown) => void) | undefined;

  private constructor(options: WorldOptions) {
    checkPreset(options.preset ?? 'node1');
    for (const name of UNLOGGED_OPTIONS) if (options[name] !== undefined) this.#unlogged.add(name);
    this.#header = {
      format: LOG_FORMAT,
      seed: options.seed,
      preset: options.preset ?? 'node1',
      ...(options.epochUs === undefined ? {} : { epochUs: options.epochUs }),
    };
    this.#login = options.login;
    this.scheduler = new Scheduler({ seed: options.seed });
    this.#messages = new MessageLog(() => this.#touch());
    const net = new NetWorld(this.scheduler);
    const internet = new Internet(net, `${GATEWAY}/24`);
    connectRegistries(net, internet, options.registry, options.epochUs ?? EPOCH_US);
    connectWebsites(net, internet, options.epochUs ?? EPOCH_US);
    this.#addMachine(net, internet, options);
  }

  static create(options: WorldOptions): World {
    return new World(options);
  }

  #addMachine(net: NetWorld, internet: Internet, options: WorldOptions): void {
    const name = options.hostname ?? 'node1';
    const address = options.address ?? '192.168.56.10';
    const epochUs = options.epochUs ?? EPOCH_US;
    const programs = createPrograms(() => this.dockers.get(name)?.programs ?? []);
    const machine = createMachine({
      name,
      address,
      bits: 24,
      nameserver: GATEWAY,
      scheduler: this.scheduler,
      net,
      internet,
      epochUs,
      programs,
      installed: options.engine === 'recorded' ? minimal(programs.installed) : programs.installed,
      extraFiles: options.files,
      emptyHome: options.emptyHome,
    });
    machine.kernel.onCrash = (process, error) => {
      const fault = new Error(
        `${process.argv.join(' ')}: ${error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)}`,
      );
      this.onCrash?.(fault);
    };
    const docker = createDockerHost({
      machine,
      epochUs,
      engine: options.engine ?? 'product',
      messages: this.#messages,
      registry: options.registry,
      onWritten: (id, bytes) => {
        viewer.written(id, bytes);
        this.#touch();
      },
    });
    this.machines.set(name, machine);
    this.dockers.set(name, docker);
    const viewer = new MachineViewer(name, address, machine.kernel, docker.version);
    this.#viewers.set(name, viewer);
    machine.kernel.onProcessChange(() => {
      viewer.processesMoved();
      this.#touch();
    });
    docker.records.subscribe(() => this.#touch());
    bootMachine(machine);
  }

  #touch(): void {
    this.#dirty = true;
  }

  // ---- time ----

  get now(): SimTime {
    return this.scheduler.now;
  }

  /** When something is due next; undefined when nothing will happen without an input. */
  nextDue(): SimTime | undefined {
    return this.scheduler.nextDue();
  }

  /**
   * Runs what is due up to virtual time `to`, for about `budgetMs` of the host's time. 'busy' means that work is left, a promise
   * that a lazy part loads: call again after it.
   */
  advance(to: SimTime, budgetMs: number, wallNow: () => number): 'idle' | 'busy' | Promise<void> {
    const deadline = wallNow() + budgetMs;
    // A step may be long (a megabyte that is written), so the clock is looked at between the turns of tasks too.
    const late = () => wallNow() >= deadline;
    for (;;) {
      const result = this.scheduler.runUntil(to, PIECE, late);
      if (result !== 'busy' || this.now >= to || wallNow() >= deadline) {
        this.#publish();
        return result;
      }
    }
  }

  /** Runs without a clock outside, as fast as it goes, until `done` or until virtual time `limit`. */
  async runFast(done: () => boolean, limit: SimTime): Promise<void> {
    while (!done() && this.now < limit) {
      const result = this.scheduler.runUntil(limit, Number.POSITIVE_INFINITY, done);
      if (typeof result === 'object') await result;
      else if (result === 'idle') break;
    }
    this.#publish();
  }

  // ---- view ----

  get view(): WorldView {
    this.#lookAtTerminals();
    if (!this.#view || this.#dirty) this.#buildView();
    return this.#view!;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #buildView(): void {
    this.#dirty = false;
    const machines = new Map([...this.#viewers].map(([name, viewer]) => [name, viewer.view(this.dockers.get(name)!.records.snapshot())]));
    const messages = this.#messages.snapshot();
    const old = this.#view;
    const terminals = this.#terminalViews;
    const same =
      old?.messages === messages &&
      old.terminals === terminals &&
      [...machines].every(([name, machine]) => old.machines.get(name) === machine);
    if (same) return;
    const sameMachines = old && [...machines].every(([n, m]) => old.machines.get(n) === m);
    const sameTransfers = old && [...machines].every(([n, m]) => old.machines.get(n)?.transfers === m.transfers);
    this.#view = {
      version: ++this.#version,
      now: this.now,
      machines: sameMachines ? old.machines : machines,
      registries: sameTransfers ? old.registries : registryViews(machines.values()),
      messages,
      terminals,
    };
  }

  /** Nobody tells when a shell begins to read a line, so each terminal is asked when the world has worked. */
  #lookAtTerminals(): void {
    const views = this.#terminalViews;
    if (views.length === this.#terminals.length && this.#terminals.every((terminal, i) => terminal.view === views[i])) return;
    this.#terminalViews = this.#terminals.map((terminal) => terminal.view);
    this.#touch();
  }

  #publish(): void {
    this.#lookAtTerminals();
    if (!this.#dirty) return;
    const before = this.#view;
    this.#buildView();
    if (this.#view !== before) for (const listener of this.#listeners) listener();
  }

  // ---- inputs ----

  get header(): WorldHeader {
    return this.#unlogged.size === 0 ? this.#header : { ...this.#header, unlogged: [...this.#unlogged] };
  }

  get log(): InputLog {
    return { header: this.header, entries: this.#entries };
  }

  #machine(name: string): Machine {
    const machine = this.machines.get(name);
    if (!machine) throw new Error(`There is no machine ${name}.`);
    return machine;
  }

  #record(input: Input): void {
    this.#entries.push(input);
    this.#apply(input);
  }

  #apply(input: Input): void {
    switch (input.kind) {
      case 'open': {
        const { kernel } = this.#machine(input.machine);
        this.#terminals.push(new Terminal(input.machine, kernel, { rows: input.rows, columns: input.columns }, this.#login));
        return;
      }
      case 'keys':
        return this.#terminal(input.terminal).type(input.data);
      case 'resize':
        return this.#terminal(input.terminal).resize({ rows: input.rows, columns: input.columns });
      case 'close':
        return this.#terminal(input.terminal).close();
      case 'file': {
        const id = this.#files++;
        editFile(this.#machine(input.machine).kernel, input.file, (answer) => {
          this.#fileWaiters.get(id)?.(answer);
          this.#fileWaiters.delete(id);
        });
        return;
      }
      case 'http': {
        const id = this.#previews++;
        const fetch = fetchPreview(this.#machine(input.machine).kernel, input.request, (response) => {
          this.#fetches.delete(id);
          this.#previewWaiters.get(id)?.(response);
          this.#previewWaiters.delete(id);
        });
        this.#fetches.set(id, fetch);
        return;
      }
      case 'cancel':
        this.#fetches.get(input.request)?.cancel();
    }
  }

  #terminal(id: number): Terminal {
    const terminal = this.#terminals[id];
    if (!terminal) throw new Error(`There is no terminal ${id}.`);
    return terminal;
  }

  openTerminal(machine: string, size: { rows: number; columns: number }): number {
    this.#record({ at: this.now, kind: 'open', machine, rows: size.rows, columns: size.columns });
    return this.#terminals.length - 1;
  }

  input(terminal: number, data: string): void {
    this.#record({ at: this.now, kind: 'keys', terminal, data });
  }

  resize(terminal: number, rows: number, columns: number): void {
    this.#record({ at: this.now, kind: 'resize', terminal, rows, columns });
  }

  closeTerminal(terminal: number): void {
    this.#record({ at: this.now, kind: 'close', terminal });
  }

  onOutput(terminal: number, listener: (data: Uint8Array) => void): () => void {
    return this.#terminal(terminal).onOutput(listener);
  }

  onEditorRequest(terminal: number, listener: (request: EditorRequest) => void): void {
    this.#terminal(terminal).onEditorRequest = listener;
  }

  /** Reads a file of the machine for the page's editor, or saves it (with a text). The answer comes when a process there has done so. */
  editFile(machine: string, file: FileRequest, answered: (answer: EditedFile) => void): void {
    this.#fileWaiters.set(this.#files, answered);
    this.#record({ at: this.now, kind: 'file', machine, file });
  }

  /** When a file was changed last (µs since 1970; 0: it is not there), as seen from outside: no process looks, so it is no input. */
  fileTime(machine: string, path: string): number {
    return this.#machine(machine).kernel.find(path)?.inode.mtime ?? 0;
  }

  /** Asks for a page from a machine's own network, as a browser on it would. Answers through `onHttpResponse`. */
  httpRequest(machine: string, request: Pick<PreviewRequest, 'url'> & Partial<PreviewRequest>): number {
    const full: PreviewRequest = {
      url: request.url,
      method: request.method ?? 'GET',
      headers: request.headers ?? [],
      body: request.body ?? '',
      ...(request.socket === undefined ? {} : { socket: request.socket }),
    };
    this.#record({ at: this.now, kind: 'http', machine, request: full });
    return this.#previews - 1;
  }

  /** A bash of root without a terminal, for a driver that wants the answer to each command. What it is given is not logged. */
  openSession(machine: string, options: Omit<SessionOptions, 'hostname'>): Session {
    this.#unlogged.add('the commands of a driver');
    return openSession(this.#machine(machine).kernel, { ...options, hostname: machine });
  }

  /** A connection from outside to a socket of a machine; see {@link connectFromHost}. What comes through it is not logged. */
  connectFromHost(machine: string, address: SocketAddress, handlers: Parameters<typeof connectFromHost>[2]): HostConnection {
    this.#unlogged.add('connections from outside');
    return connectFromHost(this.#machine(machine).kernel, address, handlers);
  }

  /** Gives a request up whose answer nobody waits for any more. */
  cancelRequest(id: number): void {
    if (this.#fetches.has(id)) this.#record({ at: this.now, kind: 'cancel', request: id });
  }

  onHttpResponse(id: number, listener: (response: PreviewResponse) => void): void {
    this.#previewWaiters.set(id, listener);
  }

  // ---- replay ----

  /** Does to this fresh world what a log says. Call again after a promise; `true` when all of it is done. */
  replayStep(log: InputLog, deadline: () => boolean): true | 'busy' | Promise<void> {
    checkReplayable(log.header);
    for (let i = this.#entries.length; i < log.entries.length; i = this.#entries.length) {
      const entry = log.entries[i];
      while (this.now < entry.at) {
        // The clock is looked at between the turns of tasks too: a thousand forks are a long piece.
        const result = this.scheduler.runUntil(entry.at, PIECE, deadline);
        if (typeof result === 'object') return result;
        if (deadline()) return 'busy';
      }
      this.#record(entry);
    }
    this.#publish();
    return true;
  }

  /** The world that a header describes, before any input. Throws for one that it does not describe wholly. */
  static begin(header: WorldHeader): World {
    checkReplayable(header);
    return World.create({ seed: header.seed, preset: header.preset, epochUs: header.epochUs });
  }

  /** A world that has lived through a whole log, which is checked first. */
  static async replay(saved: unknown): Promise<World> {
    const log = parseInputLog(saved);
    const world = World.begin(log.header);
    for (;;) {
      const result = world.replayStep(log, () => false);
      if (result === true) return world;
      if (result !== 'busy') await result;
    }
  }
}
