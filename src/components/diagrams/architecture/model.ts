/** Where everything of the architecture diagram stands: a pure function from the machine and the room there is. */
import type { ContainerView, ImageView, MachineView, NetworkView, RegistryView, VolumeView, WorldView } from '../../../state/app.ts';
import type { Box, Point } from '../kit/types.ts';
import { drawnNetworks, type PublishedPort, publishedPorts } from './facts.ts';

export type Shape = Box & { readonly id: string } & (
    | { readonly kind: 'client' }
    | { readonly kind: 'socket'; readonly side: 'left' | 'top' }
    | { readonly kind: 'daemon' }
    | { readonly kind: 'registry'; readonly registry: RegistryView }
    | { readonly kind: 'image'; readonly image: ImageView; readonly layers: number }
    | { readonly kind: 'container'; readonly container: ContainerView; readonly detail: 'full' | 'brief' | 'name' }
    | { readonly kind: 'network'; readonly network: NetworkView }
    | { readonly kind: 'volume'; readonly volume: VolumeView; readonly users: readonly string[] }
    | { readonly kind: 'port'; readonly port: PublishedPort }
    | { readonly kind: 'empty'; readonly of: 'images' | 'containers' }
    | { readonly kind: 'more'; readonly count: number }
  );

export interface Wire {
  readonly id: string;
  readonly kind: 'socket' | 'registry' | 'endpoint' | 'port';
  readonly points: readonly Point[];
  readonly source: string;
  readonly target: string;
  /** An endpoint without an address is hollow and dashed. */
  readonly pending: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly wires: readonly Wire[];
  /** The stretch on which messages travel. */
  readonly track: { readonly from: Point; readonly to: Point };
}

const margin = 24;
const pad = 20;
const titleH = 46;
const client = { width: 120, height: 98 };
const registrySize = { width: 120, height: 98 };
const imagesW = 148;
const gutter = 34;
const captionW = 176;
const card = { full: 98, brief: 52, name: 34, gap: 12, widthMin: 150, widthMax: 210 };
const layerH = 24;
const imageHead = 36;
const netH = 42;
const barH = 13;
const volumeSize = { width: 132, height: 38, gap: 12 };
const containersMax = 24;
const imagesMax = 8;
const stackedBelow = 640;
/** Side by side needs this much; a narrower pane scrolls. */
const widthMin = 860;

export function layOut(view: WorldView, machine: MachineView, room: { width: number; height: number }): Drawing {
  const tall = room.width < stackedBelow;
  const networks = drawnNetworks(machine);
  const volumes = [...machine.volumes.values()];
  const ports = publishedPorts(machine);
  const shapes: Shape[] = [];
  const wires: Wire[] = [];

  // The frame: client, wire, daemon, wire, registries; from top to bottom where the room is narrow.
  const width = Math.max(room.width, tall ? 340 : widthMin);
  const wire = Math.round(Math.min(270, Math.max(136, width * 0.2)));
  const reach = Math.round(Math.min(120, Math.max(28, width * 0.045)));
  const daemonX = tall ? 12 : margin + client.width + wire;
  const daemonW = tall ? width - 24 : width - daemonX - reach - registrySize.width - margin;
  const daemonY = tall ? 12 + client.height + 96 : 18;
  const bottom = ports.length > 0 ? 22 : 10;
  const volumesPerRow = Math.max(1, Math.floor((daemonW - 2 * pad + volumeSize.gap) / (volumeSize.width + volumeSize.gap)));
  const volumesH = Math.ceil(volumes.length / volumesPerRow) * (volumeSize.height + 10);
  const below = networks.length * netH + volumesH + bottom;
  const roomH = room.height - daemonY - titleH - 14 - below - (tall ? 60 : 22);

  // Containers: cards while they fit, smaller ones, then one line each, the newest and a count beyond that.
  const containers = [...machine.containers.values()];
  const gridW = daemonW - 2 * pad - imagesW - gutter;
  const columns = Math.max(1, Math.floor((gridW + gutter) / (card.widthMin + gutter)));
  const cardW = Math.min(card.widthMax, Math.floor((gridW - (columns - 1) * gutter) / columns));
  const rowsFull = Math.max(2, Math.floor((roomH + card.gap) / (card.full + card.gap)));
  const rowsBrief = Math.floor((roomH + 8) / (card.brief + 8));
  const detail = containers.length <= columns * rowsFull ? 'full' : containers.length <= columns * rowsBrief ? 'brief' : 'name';
  const shown = containers.slice(-containersMax);
  const cardH = card[detail];
  const gap = detail === 'full' ? card.gap : detail === 'brief' ? 8 : 6;
  const rows = Math.ceil(shown.length / columns);
  const containersH = rows * (cardH + gap) - gap + (containers.length > shown.length ? 26 : 0);

  // Images: the newest opened to its layers where there is room.
  const images = [...machine.images.values()];
  const shownImages = images.slice(-imagesMax);
  const plainH = shownImages.length * (imageHead + 10) + (images.length > shownImages.length ? 26 : 0);
  const contentH = Math.max(tall ? 180 : roomH, 120, containersH, plainH);
  const spare = Math.floor((contentH - plainH) / layerH);
  const contentY = daemonY + titleH;
  const daemonH = titleH + contentH + 14 + below;

  const daemon = { x: daemonX, y: daemonY, width: daemonW, height: daemonH };
  const middle = Math.round(tall ? daemonY : daemonY + Math.min(daemonH, Math.max(room.height - daemonY - 20, 200)) / 2);
  const clientBox = tall ? { x: 12, y: 12, ...client } : { x: margin, y: middle - client.height / 2, ...client };
  const socketAt: Point = tall ? [clientBox.x + client.width / 2, daemonY] : [daemonX, middle];
  shapes.push({ id: 'daemon', kind: 'daemon', ...daemon });
  shapes.push({ id: 'client', kind: 'client', ...clientBox });
  shapes.push(
    tall
      ? { id: 'socket', kind: 'socket', side: 'top', x: socketAt[0] - 11, y: socketAt[1] - 11, width: 22, height: 11 }
      : { id: 'socket', kind: 'socket', side: 'left', x: socketAt[0] - 11, y: socketAt[1] - 11, width: 11, height: 22 },
  );
  const track: Drawing['track'] = tall
    ? { from: [socketAt[0], clientBox.y + client.height], to: [socketAt[0], daemonY - 11] }
    : { from: [clientBox.x + client.width, middle], to: [daemonX - 11, middle] };
  wires.push({ id: 'wire:socket', kind: 'socket', points: [track.from, track.to], source: 'client', target: 'socket', pending: true });

  // Registries that this world knows and uses; Docker Hub always.
  const registries = view.registries
    .filter((registry, i) => i === 0 || registry.active > 0 || registry.lastRepository !== undefined)
    .slice(0, 2);
  registries.forEach((registry, i) => {
    const id = `registry:${registry.host}`;
    const offset = i * (registrySize.height + 20) - ((registries.length - 1) * (registrySize.height + 20)) / 2;
    const box = tall
      ? { x: width - 12 - registrySize.width, y: 12, ...registrySize }
      : { x: width - margin - registrySize.width, y: middle - registrySize.height / 2 + offset, ...registrySize };
    if (tall && i > 0) return;
    shapes.push({ id, kind: 'registry', registry, ...box });
    const points: Point[] = tall
      ? [
          [box.x + box.width / 2, daemonY],
          [box.x + box.width / 2, box.y + box.height],
        ]
      : [
          [daemonX + daemonW, box.y + box.height / 2],
          [box.x, box.y + box.height / 2],
        ];
    wires.push({ id: `wire:${id}`, kind: 'registry', points, source: 'daemon', target: id, pending: registry.active === 0 });
  });

  // Images.
  const imagesX = daemonX + pad;
  if (images.length === 0)
    shapes.push({ id: 'empty:images', kind: 'empty', of: 'images', x: imagesX, y: contentY, width: imagesW, height: contentH });
  let imageY = contentY;
  shownImages.forEach((image, i) => {
    const newest = i === shownImages.length - 1;
    const layers = newest && spare >= 2 ? Math.min(image.layers.length, 4, spare) : 0;
    const height = imageHead + layers * layerH + (layers > 0 && layers < image.layers.length ? 18 : 0);
    shapes.push({ id: `image:${image.id}`, kind: 'image', image, layers, x: imagesX, y: imageY, width: imagesW, height });
    imageY += height + 10;
  });
  if (images.length > shownImages.length)
    shapes.push({
      id: 'more:images',
      kind: 'more',
      count: images.length - shownImages.length,
      x: imagesX,
      y: imageY,
      width: imagesW,
      height: 18,
    });

  // Containers.
  const gridX = imagesX + imagesW + gutter;
  const boxes = new Map<string, Box>();
  if (containers.length === 0)
    shapes.push({
      id: 'empty:containers',
      kind: 'empty',
      of: 'containers',
      x: gridX,
      y: contentY,
      width: daemonX + daemonW - pad - gridX,
      height: contentH,
    });
  shown.forEach((container, i) => {
    const box = {
      x: gridX + (i % columns) * (cardW + gutter),
      y: contentY + Math.floor(i / columns) * (cardH + gap),
      width: cardW,
      height: cardH,
    };
    boxes.set(container.id, box);
    shapes.push({ id: `container:${container.id}`, kind: 'container', container, detail, ...box });
  });
  if (containers.length > shown.length) {
    shapes.push({
      id: 'more:containers',
      kind: 'more',
      count: containers.length - shown.length,
      x: gridX,
      y: contentY + rows * (cardH + gap),
      width: cardW,
      height: 18,
    });
  }

  // Volumes, then networks, each the full width of the daemon.
  let y = contentY + contentH + 14;
  volumes.forEach((volume, i) => {
    const users = containers
      .filter((container) => container.mounts.some((mount) => mount.name === volume.name))
      .map((container) => container.name);
    shapes.push({
      id: `volume:${volume.name}`,
      kind: 'volume',
      volume,
      users,
      x: imagesX + (i % volumesPerRow) * (volumeSize.width + volumeSize.gap),
      y: y + Math.floor(i / volumesPerRow) * (volumeSize.height + 10),
      width: volumeSize.width,
      height: volumeSize.height,
    });
  });
  y += volumesH;
  const bars = new Map<string, number>();
  for (const network of networks) {
    bars.set(network.name, y);
    shapes.push({ id: `network:${network.id}`, kind: 'network', network, x: imagesX, y, width: daemonW - 2 * pad, height: netH - 8 });
    y += netH;
  }

  // A lane per row of cards in the gutter at the left of each column, so that no line runs under a card.
  if (detail !== 'name') {
    shown.forEach((container, i) => {
      const box = boxes.get(container.id)!;
      const row = Math.floor(i / columns);
      container.endpoints.forEach((endpoint, k) => {
        const bar = bars.get(endpoint.network);
        if (bar === undefined) return;
        const lanes = rows * container.endpoints.length;
        const lane = box.x - 9 - ((rows - 1 - row) * container.endpoints.length + k) * Math.min(10, (gutter - 14) / Math.max(1, lanes - 1));
        const from = box.y + box.height - 16 - k * 12;
        wires.push({
          id: `endpoint:${container.id}/${endpoint.network}`,
          kind: 'endpoint',
          pending: endpoint.address === '',
          points: [
            [box.x, from],
            [lane, from],
            [lane, bar],
          ],
          source: `container:${container.id}`,
          target: `network:${endpoint.networkId}`,
        });
      });
    });
  }

  // Published ports: doors in the daemon's lower edge, from the right.
  const frame = daemonY + daemonH;
  const lastBar = networks.at(-1);
  let right = daemonX + daemonW - pad;
  for (const port of [...ports].reverse()) {
    const portW = Math.round(`host :${port.hostPort} → ${port.container}:${port.containerPort}`.length * 6.4 + 26);
    if (right - portW < daemonX + 8) break;
    shapes.push({ id: port.id, kind: 'port', port, x: right - portW, y: frame - 13, width: portW, height: 26 });
    // The line to the bridge keeps clear of the bar's caption.
    const x = Math.max(right - Math.round(portW / 2), imagesX + captionW);
    if (lastBar && x < right - 12) {
      const points: Point[] = [
        [x, bars.get(lastBar.name)! + barH],
        [x, frame - 13],
      ];
      wires.push({ id: `wire:${port.id}`, kind: 'port', points, source: `network:${lastBar.id}`, target: port.id, pending: false });
    }
    right -= portW + 10;
  }

  return { width, height: Math.max(room.height, frame + (tall ? 60 : 22)), shapes, wires, track };
}
