/** A running Redis server: its settings, its databases, who is connected. */
import type { Sim } from '../../../kernel/sim.ts';
import { getpid, wallClock, write } from '../../../kernel/syscalls.ts';
import { calendarTime } from '../../../net/http/date.ts';
import type { Duplex } from '../../../net/http/duplex.ts';
import { Database } from './database.ts';
import type { Places } from './persistence.ts';

/** Who is connected, and what the connection remembers. */

export interface Client {
  readonly id: number;
  readonly stream: Duplex;
  readonly address: string;
  name: string;
  db: number;
  authenticated: boolean;
  readonly channels: Set<string>;
  readonly patterns: Set<string>;
  /** Commands after MULTI. */
  queue: string[][] | undefined;
}

/** What INFO tells of the process and of how it was built. */
export interface RunFacts {
  readonly pid: number;
  /** 40 hexadecimal digits, new at each start. */
  readonly runId: string;
  /** '14.2.0' */
  readonly gcc: string;
  /** 'Linux 6.1.0 x86_64' */
  readonly os: string;
  readonly configFile: string;
}

/** Times are microseconds since 1970. */
export class Server {
  readonly version: string;
  readonly config: Map<string, string>;
  readonly databases: Database[];
  readonly clients = new Set<Client>();
  readonly startedAt: number;
  readonly facts: RunFacts;
  commands = 0;
  connections = 0;
  lastSave: number;
  nextClient = 1;
  /** 'M' for a running server, 'C' before it. */
  role = 'C';

  constructor(version: string, config: Map<string, string>, facts: RunFacts, now: number) {
    this.version = version;
    this.config = config;
    this.facts = facts;
    this.databases = Array.from({ length: Number(config.get('databases') ?? 16) }, () => new Database());
    this.startedAt = now;
    this.lastSave = now;
  }

  /** Where the data is kept. */
  get places(): Places {
    const get = (name: string, fallback: string) => this.config.get(name) ?? fallback;
    return {
      folder: get('dir', '/data'),
      dump: get('dbfilename', 'dump.rdb'),
      appendFolder: get('appenddirname', 'appendonlydir'),
      appendName: get('appendfilename', 'appendonly.aof'),
    };
  }

  /** Whether each change is written down at once. */
  get appendOnly(): boolean {
    return this.config.get('appendonly') === 'yes';
  }

  /** '1:M 24 Nov 2026 14:00:00.000 * text': level is . - * or #. */
  *log(level: string, text: string): Sim<void> {
    const now = yield* wallClock();
    const t = calendarTime(now);
    const ms = String(Math.floor(now / 1000) % 1000).padStart(3, '0');
    yield* write(1, `${yield* getpid()}:${this.role} ${t.day} ${t.month} ${t.year} ${t.time}.${ms} ${level} ${text}\n`);
  }
}
