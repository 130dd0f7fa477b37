import type { Info } from '../../../api/types/system.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { inspectAll } from '../../cli/inspect.ts';
import type { Engine } from '../../engine/engine.ts';
import { isNotFound } from '../../engine/errors.ts';
import { objectPath } from '../../engine/paths.ts';
import { pathPart } from '../../engine/query.ts';

interface Kind {
  readonly type: string;
  readonly path: (name: string) => string;
  /** Only a manager of a swarm knows these. */
  readonly swarm?: boolean;
  readonly sized?: boolean;
}

const other =
  (collection: string, suffix = '') =>
  (name: string) =>
    `/${collection}/${pathPart(name)}${suffix}`;

/** In the order in which a name is looked up. */
const KINDS: readonly Kind[] = [
  { type: 'container', path: (n) => `${objectPath('containers', n)}/json`, sized: true },
  { type: 'image', path: (n) => `${objectPath('images', n)}/json` },
  { type: 'network', path: (n) => objectPath('networks', n) },
  { type: 'volume', path: (n) => objectPath('volumes', n) },
  { type: 'service', path: other('services'), swarm: true },
  { type: 'task', path: other('tasks'), swarm: true },
  { type: 'node', path: other('nodes'), swarm: true },
  { type: 'plugin', path: other('plugins', '/json') },
  { type: 'secret', path: other('secrets'), swarm: true },
  { type: 'config', path: other('configs'), swarm: true },
];
const TYPES = '"config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"';

export const command = defineCommand({
  path: 'inspect',
  *run({ cli, flags, args }) {
    const type = flags.string('type');
    if (flags.changed('type')) {
      if (type === '') throw new CliError(`type is empty: must be one of ${TYPES}`);
      if (!KINDS.some((k) => k.type === type)) throw new CliError(`unknown type: "${type}": must be one of ${TYPES}`);
    }
    const engine = yield* cli.engine();
    const search = new Search(cli, engine, type, flags.bool('size'));
    yield* inspectAll(cli, args, flags.string('format'), (name) => search.find(name));
  },
});

class Search {
  readonly #cli: Cli;
  readonly #engine: Engine;
  readonly #type: string;
  readonly #size: boolean;
  #manager: boolean | undefined;

  constructor(cli: Cli, engine: Engine, type: string, size: boolean) {
    this.#cli = cli;
    this.#engine = engine;
    this.#type = type;
    this.#size = size;
  }

  *find(name: string): Sim<string> {
    for (const kind of KINDS) {
      if (this.#type !== '' && kind.type !== this.#type) continue;
      if (kind.swarm && this.#type === '' && !(yield* this.#isManager())) continue;
      try {
        const found = yield* this.#engine.text('GET', kind.path(name), { query: { size: this.#size && kind.sized === true } });
        if (this.#size && !kind.sized) yield* this.#cli.err(`WARNING: --size ignored for ${kind.type}\n`);
        return found;
      } catch (error) {
        // A name that cannot be one of this kind may be one of another.
        if (this.#type === '' && isNotFound(error)) continue;
        throw error;
      }
    }
    throw new CliError(`Error: No such ${this.#type === '' ? 'object' : this.#type}: ${name}`);
  }

  *#isManager(): Sim<boolean> {
    if (this.#manager === undefined) {
      const { Swarm } = yield* this.#engine.get<Info>('/info');
      this.#manager = Swarm.ControlAvailable;
    }
    return this.#manager;
  }
}
