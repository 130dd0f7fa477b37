/** What the arguments of a command are, as docker completes them. */
import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../cli.ts';
import type { CommandNode } from '../tree.ts';
import { DIRECTORIES, ERROR, FILES, NOTHING, type Offer } from './candidates.ts';
import { containers, images, networkMembers, networks, offered, stacks, swarmObjects, volumes } from './objects.ts';

const list = (text: string): readonly string[] => text.split(',').map((path) => path.trim());
const table = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(rows).flatMap(([kind, paths]) => list(paths).map((path) => [path, kind] as const)));

/** Kind of object by command; a number after ':' is how many arguments have it. */
const KINDS = table({
  'containers all': 'container export,container inspect,container logs,container rename,container restart,container update',
  'containers live':
    'container commit,container diff,container kill,container port,container stats,container stop,container top,container wait,checkpoint ls',
  'containers running': 'container attach,container exec,container pause',
  'containers paused': 'container unpause',
  'containers stopped': 'container rm,container start',
  images: 'container create,container run:1,image history:1,image inspect,image push:1,image rm,image save,image tag',
  networks: 'network connect:1,network disconnect:1,network inspect,network rm',
  volumes: 'volume inspect,volume rm,volume update',
  contexts: 'context export:1,context inspect,context rm,context update:1,context use:1',
  nodes: 'node demote,node inspect,node promote,node ps,node rm,node update',
  services: 'service inspect,service logs,service ps,service rm,service rollback,service scale,service update',
  configs: 'config inspect,config rm',
  secrets: 'secret inspect,secret rm',
  stacks: 'stack deploy,stack ps,stack rm,stack services',
  directories: 'image build',
  files:
    'logout,search,checkpoint rm,container cp,context export,context import,image import,image ls,network prune,secret create,swarm join,swarm join-token,help',
});

/** Commands that leave their arguments to the shell, by noun. */
const OF_THE_SHELL = /^(manifest|trust|plugin (?!create|ls))/;

/** `args` are those before the one that is typed. */
export function* argumentsOf(cli: Cli, node: CommandNode, args: readonly string[], force: boolean): Sim<Offer> {
  const path = node.implementation;
  if (path === 'network connect' && args.length === 1) return yield* offered(containers(cli, 'all'));
  if (path === 'network disconnect' && args.length === 1) {
    const members = yield* offered(networkMembers(cli, args[0]));
    return members.directive === ERROR ? NOTHING : members;
  }
  if (path === 'container rm' && force) return yield* offered(containers(cli, 'all'));
  const kind = KINDS.get(`${path}:${args.length + 1}`) ?? KINDS.get(path) ?? (OF_THE_SHELL.test(path) ? 'files' : '');
  const [noun, set] = kind.split(' ');
  switch (noun) {
    case 'containers':
      return yield* offered(containers(cli, set as 'all'));
    case 'images':
      return yield* offered(images(cli));
    case 'networks':
      return yield* offered(networks(cli));
    case 'volumes':
      return yield* offered(volumes(cli));
    case 'contexts':
      return yield* contextNames(cli);
    case 'nodes':
    case 'services':
    case 'configs':
    case 'secrets':
      return yield* offered(swarmObjects(cli, noun));
    case 'stacks':
      return yield* offered(stacks(cli));
    case 'directories':
      return { list: [], directive: DIRECTORIES };
    case 'files':
      return { list: [], directive: FILES };
    default:
      return NOTHING;
  }
}

export function* contextNames(cli: Cli): Sim<Offer> {
  const current = yield* cli.contextName();
  const all = yield* cli.contexts().list();
  return {
    list: all.map(({ Name }) => ({ text: Name, about: Name === current ? 'current' : undefined })),
    directive: NOTHING.directive,
  };
}
