/** Builders of what the tests draw. */
import type { ContainerView, ImageView, MachineView, NetworkView, RegistryView, WorldView } from '../../../state/app.ts';

const digits = (n: number) => n.toString(16).padStart(64, '0');

export function container(name: string, rest: Partial<ContainerView> = {}): ContainerView {
  return {
    id: digits([...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7)),
    name,
    image: 'nginx',
    imageId: `sha256:${digits(1)}`,
    command: ['nginx'],
    status: 'running',
    exitCode: 0,
    oomKilled: false,
    health: 'none',
    pid: 1202,
    createdAt: 0,
    startedAt: 0,
    finishedAt: undefined,
    restartCount: 0,
    tty: false,
    autoRemove: false,
    endpoints: [
      { network: 'bridge', networkId: 'bridge-id', interface: 'eth0', address: '172.17.0.2', mac: '02:42:ac:11:00:02', aliases: [] },
    ],
    ports: [],
    mounts: [],
    writableBytes: 1093,
    processes: [],
    ...rest,
  };
}

export function image(tag: string, layers = 2): ImageView {
  return {
    id: `sha256:${digits(tag.length)}${tag}`,
    tags: [tag],
    digests: [],
    size: 192_000_000,
    layers: Array.from({ length: layers }, (_, i) => ({ diffId: `sha256:${digits(i)}`, size: 1000, createdBy: `RUN step ${i}` })),
  };
}

const bridge: NetworkView = { id: 'bridge-id', name: 'bridge', driver: 'bridge', subnet: '172.17.0.0/16', gateway: '172.17.0.1' };
const host: NetworkView = { id: 'host-id', name: 'host', driver: 'host', subnet: undefined, gateway: undefined };
const hub: RegistryView = { host: 'docker.io', title: 'Docker Hub', active: 0, lastRepository: undefined };

export function machine(
  containers: readonly ContainerView[] = [],
  images: readonly ImageView[] = [],
  rest: Partial<MachineView> = {},
): MachineView {
  return {
    name: 'node1',
    address: '192.168.56.10',
    daemon: { running: true, hasRun: true, version: '28.2.2', apiVersion: '1.50', socket: '/var/run/docker.sock' },
    containers: new Map(containers.map((item) => [item.id, item])),
    images: new Map(images.map((item) => [item.id, item])),
    networks: new Map([
      [bridge.id, bridge],
      [host.id, host],
    ]),
    volumes: new Map(),
    transfers: new Map(),
    ...rest,
  };
}

export const worldOf = (node: MachineView): WorldView => ({
  version: 1,
  now: 0,
  machines: new Map([[node.name, node]]),
  registries: [hub],
  messages: [],
  terminals: [],
});
