/** What the drawing and its table say about the machine's things: pure words, no places. */
import type { ContainerView, ImageView, MachineView, NetworkView, TransferView, VolumeView, WorldView } from '../../../state/app.ts';
import { shortId, size } from '../../../state/format.ts';
import { type StringKey, t } from '../../../state/strings/index.ts';
import { meaningOf, stateOf } from '../kit/containerState.ts';
import type { TableRow } from '../kit/types.ts';

/** The name that people type: 'nginx:latest' for docker.io/library/nginx:latest. */
export function imageName(image: ImageView): string {
  const name = image.tags[0] ?? image.digests[0]?.replace(/@sha256:.*/, '') ?? '<none>';
  return name.replace(/^docker\.io\/(library\/)?/, '');
}

/** The networks worth a bar: the default bridge, those that people made, and host or none where something uses them. */
export function drawnNetworks(machine: MachineView): readonly NetworkView[] {
  const used = new Set([...machine.containers.values()].flatMap((container) => container.endpoints.map((endpoint) => endpoint.network)));
  return [...machine.networks.values()].filter((network) => (network.name !== 'host' && network.name !== 'none') || used.has(network.name));
}

/** A container that has ended keeps its networks as a wish: it has neither endpoint nor address in them. */
export function isConnected(container: ContainerView, endpoint: ContainerView['endpoints'][number]): boolean {
  return endpoint.address !== '' || !['exited', 'dead', 'removing'].includes(container.status);
}

/** An anonymous volume by the twelve digits that tell it apart. */
const shortName = (name: string): string => (/^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : name);
export const volumeName = (volume: VolumeView): string => shortName(volume.name);

export const portWords = (port: PublishedPort): string =>
  t('arch.port', { host: port.hostPort, name: port.container, port: port.containerPort });

/** 'layer 2 of 7' while one travels; '' before the manifest is known. */
export function transferWords(transfer: TransferView): string {
  const all = transfer.layers.length;
  if (all === 0) return t('arch.transferManifest');
  const over = transfer.layers.filter((layer) => ['done', 'there', 'moved', 'unpacking'].includes(layer.state)).length;
  if (over < all) return t('arch.transferLayer', { n: over + 1, all });
  return transfer.direction === 'pull' ? t('arch.transferUnpack') : t('arch.transferEnd');
}

export const networkTitle = (network: NetworkView): string => (network.name === 'bridge' ? 'docker0' : network.name);

/** '172.17.0.1/16' for the bridge's own end, else the driver's name. */
export function networkAddress(network: NetworkView): string {
  if (network.gateway === undefined || network.subnet === undefined) return network.driver;
  return `${network.gateway}/${network.subnet.split('/')[1] ?? ''}`;
}

export interface PublishedPort {
  readonly id: string;
  readonly container: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
  /** The network to whose endpoint it leads. */
  readonly network: string;
}

/** One per host port: a port published on IPv4 and IPv6 is one door. */
export function publishedPorts(machine: MachineView): readonly PublishedPort[] {
  const ports = new Map<string, PublishedPort>();
  for (const container of machine.containers.values()) {
    if (container.status !== 'running' && container.status !== 'paused') continue;
    for (const port of container.ports) {
      if (port.hostPort === undefined) continue;
      const id = `port:${port.hostPort}/${port.protocol}`;
      const { hostPort, containerPort, protocol, network } = port;
      ports.set(id, { id, container: container.name, hostPort, containerPort, protocol, network });
    }
  }
  return [...ports.values()].sort((a, b) => a.hostPort - b.hostPort);
}

export function factTable(view: WorldView, machine: MachineView): readonly TableRow[] {
  const rows: TableRow[] = [
    {
      id: 'daemon',
      thing: t('arch.thing.daemon'),
      name: 'dockerd',
      state: t(machine.daemon.running ? 'state.running' : machine.daemon.hasRun ? 'arch.daemonDown' : 'arch.daemonNotYet'),
      detail: `${machine.daemon.version}, API ${machine.daemon.apiVersion}, ${machine.daemon.socket}`,
    },
  ];
  for (const container of machine.containers.values()) {
    const addresses = container.endpoints
      .filter((endpoint) => isConnected(container, endpoint))
      .map((endpoint) =>
        endpoint.address === '' ? t('arch.endpointAtStart', { network: endpoint.network }) : `${endpoint.network} ${endpoint.address}`,
      );
    const mounts = container.mounts.map((mount) => `${shortName(mount.name ?? mount.source)} on ${mount.destination}`);
    const state = [stateOf(container), meaningOf(container), container.health === 'none' ? '' : t(`state.${container.health}`)]
      .filter(Boolean)
      .join(', ');
    const detail = [
      container.image,
      container.pid > 0 ? `pid ${container.pid}` : '',
      ...addresses,
      ...mounts,
      container.writableBytes > 0 ? t('arch.writable', { size: size(container.writableBytes) }) : t('arch.writableEmpty'),
    ];
    rows.push({
      id: `container:${container.id}`,
      thing: t('arch.thing.container'),
      name: container.name,
      state,
      detail: detail.filter(Boolean).join(', '),
    });
  }
  for (const port of publishedPorts(machine)) {
    rows.push({
      id: port.id,
      thing: t('arch.thing.port'),
      name: `:${port.hostPort}`,
      state: t('arch.state.open'),
      detail: `${port.protocol}, ${port.container}:${port.containerPort}`,
    });
  }
  for (const image of machine.images.values()) {
    rows.push({
      id: `image:${image.id}`,
      thing: t('arch.thing.image'),
      name: imageName(image),
      state: usedBy(machine, (container) => container.imageId === image.id),
      detail: [size(image.size), shortId(image.id), ...image.tags.slice(1), layersOf(image)].join(', '),
    });
  }
  for (const network of machine.networks.values()) {
    rows.push({
      id: `network:${network.id}`,
      thing: t('arch.thing.network'),
      name: network.name,
      state: connectedTo(machine, network),
      detail: [
        network.driver === 'null' ? '' : network.driver,
        network.subnet,
        network.gateway && t('arch.gateway', { address: network.gateway }),
      ]
        .filter(Boolean)
        .join(', '),
    });
  }
  for (const volume of machine.volumes.values()) {
    rows.push({
      id: `volume:${volume.name}`,
      thing: t('arch.thing.volume'),
      name: volumeName(volume),
      title: volume.name,
      state: usedBy(machine, (container) => container.mounts.some((mount) => mount.name === volume.name)),
      detail: [volume.driver, volume.mountpoint.replace(/[0-9a-f]{64}/, (id) => `${id.slice(0, 12)}…`)].join(', '),
    });
  }
  for (const registry of view.registries) {
    rows.push({
      id: `registry:${registry.host}`,
      thing: t('arch.thing.registry'),
      name: registry.host,
      state: registryState(registry.active),
      detail: registry.lastRepository === undefined ? '' : t('arch.registryLast', { name: registry.lastRepository }),
    });
  }
  return rows;
}

function usedBy(machine: MachineView, uses: (container: ContainerView) => boolean): string {
  const names = [...machine.containers.values()].filter(uses).map((container) => container.name);
  return names.length === 0 ? t('arch.state.unused') : t('arch.volumeUsers', { users: names.join(', ') });
}

function connectedTo(machine: MachineView, network: NetworkView): string {
  const count = [...machine.containers.values()].filter((container) =>
    container.endpoints.some((endpoint) => endpoint.network === network.name && endpoint.address !== ''),
  ).length;
  return count === 0 ? t('arch.state.noneConnected') : t('arch.state.connected', { n: count });
}

export const layersOf = (image: ImageView): string =>
  image.layers.length === 1 ? t('arch.layers1') : t('arch.layers', { n: image.layers.length });
export const registryState = (active: number): string => (active > 0 ? t('arch.registryActive', { n: active }) : t('arch.registryIdle'));

/** One sentence per change, in the order daemon, containers, images, networks, volumes. */
export function sayChanges(before: MachineView, after: MachineView): readonly string[] {
  const said: string[] = [];
  if (before.daemon.running !== after.daemon.running) said.push(t(after.daemon.running ? 'arch.say.daemonUp' : 'arch.say.daemonDown'));
  if (before.containers !== after.containers) {
    for (const [id, container] of after.containers) {
      const old = before.containers.get(id);
      const state = [stateOf(container), meaningOf(container)].filter(Boolean).join(', ');
      if (!old) said.push(t('arch.say.containerNew', { name: container.name, state }));
      else if (old.status !== container.status) said.push(t('arch.say.containerState', { name: container.name, state }));
    }
    for (const [id, container] of before.containers)
      if (!after.containers.has(id)) said.push(t('arch.say.containerGone', { name: container.name }));
  }
  if (before.transfers !== after.transfers) {
    for (const [id, transfer] of after.transfers) {
      if (before.transfers.has(id)) continue;
      said.push(t(transfer.direction === 'pull' ? 'arch.say.pullBegins' : 'arch.say.pushBegins', { name: transfer.reference }));
    }
  }
  sayTable(before.images, after.images, imageName, 'arch.say.imageNew', 'arch.say.imageGone', said);
  sayTable(before.networks, after.networks, (network) => network.name, 'arch.say.networkNew', 'arch.say.networkGone', said);
  sayTable(before.volumes, after.volumes, (volume) => volume.name, 'arch.say.volumeNew', 'arch.say.volumeGone', said);
  return said;
}

function sayTable<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  name: (item: T) => string,
  isNew: StringKey,
  isGone: StringKey,
  said: string[],
): void {
  if (before === after) return;
  for (const [id, item] of after) if (!before.has(id)) said.push(t(isNew, { name: name(item) }));
  for (const [id, item] of before) if (!after.has(id)) said.push(t(isGone, { name: name(item) }));
}
