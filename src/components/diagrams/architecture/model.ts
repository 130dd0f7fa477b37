/** Where everything of the architecture diagram stands: a pure function from the machine and the room there is. */
import type { ContainerView, MachineView, NetworkView, TransferView, WorldView } from '../../../state/app.ts';
import type { Box, Point } from '../kit/types.ts';
import { captionBelow } from './captions.ts';
import type { Countable, Drawing, Shape, Wire } from './drawing.ts';
import { drawnNetworks, publishedPorts } from './facts.ts';
import {
  type ContainerDetail,
  type ContainerFit,
  cardWidth,
  fitContainers,
  fitImages,
  gutter,
  imageHeights,
  layerH,
  layersHeight,
  moreH,
  newestContainers,
  rowsMin,
} from './fit.ts';
import { daemonTop, daemonWidth, type Frame, frameOf, type Room, tallBelow } from './frame.ts';
import { portDoors, portH } from './ports.ts';
import { endpointWires } from './wires.ts';

const pad = 16;
const titleH = 38;
const imagesW = { side: 142, narrow: 122 };
const gap = 12;
export const barH = 13;
const captionW = 164;
const volumeSizes = { full: { widthMin: 124, height: 46 }, line: { widthMin: 104, height: 30 }, widthMax: 150, gap: 10 };
const netPitch = { full: 34, line: 20 };
const networksMax = 4;
/** Three names and a count. */
const contentMin = rowsMin * 22 + moreH;
const titleBlockSize = { width: 214, height: 25 };

type Step = 'full' | 'line';

/** What a choice of steps leaves to the containers and images, and what they make of it. */
interface Plan {
  readonly crowded: boolean;
  /** 'count': a word in the daemon's title, for a pane too low for a row of them. */
  readonly volumes: Step | 'count';
  readonly networks: Step;
  readonly volumeRows: number;
  readonly grid: ContainerFit;
  readonly contentH: number;
}

export function layOut(view: Pick<WorldView, 'registries'>, machine: MachineView, room: Room): Drawing {
  const tall = room.width < tallBelow;
  const networks = shownNetworks(machine);
  const networksMore = drawnNetworks(machine).length - networks.length;
  const volumes = [...machine.volumes.values()];
  const ports = publishedPorts(machine);
  const containers = [...machine.containers.values()];
  const coming = [...machine.transfers.values()].filter((transfer) => transfer.active && transfer.direction === 'pull');
  const imagesWidth = tall || room.width < 780 ? imagesW.narrow : imagesW.side;

  // Steps of detail, from the one that tells most to the one that needs least.
  const bottom = (ports.length > 0 ? 24 : 8) + (networksMore > 0 ? 16 : 0);
  const under = (ports.length > 0 ? portH / 2 : 0) + (tall ? titleBlockSize.height + 24 : 10);
  const plan = (
    crowded: boolean,
    volumeStep: Plan['volumes'],
    networkStep: Step,
    details: readonly ContainerDetail[] | undefined,
  ): Plan | undefined => {
    const inner = daemonWidth(room, crowded) - 2 * pad;
    const gridW = inner - imagesWidth - gutter;
    // In the columns of images and cards, as lines run between those; how many columns there are follows from the containers.
    const perRow = volumeStep === 'count' ? 1 : volumePlaces(imagesWidth, gridW, details?.[0] === 'full' ? 1 : 2, volumeStep).length;
    const rowsMost = volumeStep === 'count' ? 0 : details ? Number.POSITIVE_INFINITY : tall ? 2 : 1;
    const volumeRows = Math.min(rowsMost, Math.ceil(volumes.length / perRow));
    const rest =
      daemonTop(tall) +
      titleH +
      gap +
      rowsHeight(volumeRows, volumeStep) +
      networks.length * netPitch[tall ? 'full' : networkStep] +
      bottom +
      under;
    const available = room.height - rest;
    if (available < contentMin && volumeStep !== 'count' && !tall) return undefined;
    const contentH = Math.max(available, tall ? 150 : contentMin);
    const grid = details
      ? fitContainers(containers.length, gridW, contentH, details, tall)
      : newestContainers(containers.length, gridW, contentH, tall);
    const imagesFit = !details || details[0] === 'name' || volumeStep !== 'full' || machine.images.size * 43 <= contentH;
    if (!grid || !imagesFit) return undefined;
    return { crowded, volumes: volumeStep, networks: networkStep, volumeRows, grid, contentH: Math.max(contentH, grid.height) };
  };
  const chosen =
    plan(false, 'full', 'full', ['full']) ??
    plan(true, 'full', 'full', ['full']) ??
    plan(true, 'line', 'full', ['full']) ??
    plan(true, 'line', 'line', ['full', 'brief']) ??
    plan(true, 'line', 'line', ['name']) ??
    plan(true, 'line', 'line', undefined) ??
    plan(true, 'count', 'line', ['full', 'brief', 'name']) ??
    plan(true, 'count', 'line', undefined)!;
  const { grid, volumes: volumeStep, networks: networkStep } = chosen;

  const images = [...machine.images.values()];
  const imageFit = fitImages(
    images.map((image) => image.layers.length),
    coming.map((transfer) => transfer.layers.length),
    chosen.contentH,
  );
  const contentH = Math.max(chosen.contentH, imageFit.height, grid.height + (grid.shown < containers.length ? moreH : 0));
  const volumesH = rowsHeight(chosen.volumeRows, volumeStep);
  const daemonH = titleH + contentH + gap + volumesH + networks.length * netPitch[tall ? 'full' : networkStep] + bottom;

  const known = view.registries.filter((registry, i) => i === 0 || registry.active > 0 || registry.lastRepository !== undefined);
  const frame = frameOf(room, chosen.crowded, daemonH, known);
  const { daemon } = frame;
  const shapes: Shape[] = [];
  const wires: Wire[] = [];
  const left = daemon.x + pad;
  const inner = daemon.width - 2 * pad;
  const right = left + inner;
  const contentY = daemon.y + titleH;

  shapes.push({ id: 'daemon', kind: 'daemon', beside: volumeStep === 'count' ? 96 : 0, ...daemon, height: daemonH });
  shapes.push({ id: 'client', kind: 'client', ...frame.client });
  shapes.push({ id: 'socket', kind: 'socket', side: tall ? 'top' : 'left', ...frame.socket });
  wires.push({
    id: 'wire:socket',
    kind: 'socket',
    points: [frame.track.from, frame.track.to],
    source: 'client',
    target: 'socket',
    pending: true,
    end: 0,
  });
  for (const { registry, box, points } of frame.registries) {
    const id = `registry:${registry.host}`;
    const transfer = [...machine.transfers.values()].findLast((item) => item.host === registry.host && item.active);
    shapes.push({ id, kind: 'registry', registry, transfer, ...box });
    wires.push({ id: `wire:${id}`, kind: 'registry', points, source: 'daemon', target: id, pending: registry.active === 0, end: 0 });
    shapes.push(...parcels(transfer, points));
  }

  // Images: those on their way on top of those that are here, which open to their layers where there is room.
  const column = { x: left, width: imagesWidth };
  if (images.length + coming.length === 0)
    shapes.push({ id: 'empty:images', kind: 'empty', of: 'images', ...column, y: contentY, height: contentH });
  let imageY = contentY;
  for (const transfer of coming) {
    const layers = Math.min(imageFit.layersComing, transfer.layers.length);
    const height = imageHeights.full + layers * layerH;
    shapes.push({ id: `transfer:${transfer.id}`, kind: 'transfer', transfer, layers, ...column, y: imageY, height });
    imageY += height + imageHeights.gap;
  }
  const shownImages = images.slice(images.length - imageFit.shown);
  shownImages.forEach((image, i) => {
    const { detail } = imageFit;
    const layers = imageFit.layers[i]!;
    const height = imageHeights[detail] + layersHeight(layers, image.layers.length);
    shapes.push({ id: `image:${image.id}`, kind: 'image', image, layers, detail, ...column, y: imageY, height });
    imageY += height + (detail === 'full' ? imageHeights.gap : imageHeights.lineGap);
  });
  const more = (of: Countable, count: number, box: Omit<Box, 'height'>, running = 0) => {
    if (count > 0)
      shapes.push({
        id: `more:${of}`,
        kind: 'more',
        of,
        count,
        running,
        all: of === 'volumes' && volumeStep === 'count',
        ...box,
        height: 18,
      });
  };
  more('images', images.length - shownImages.length, { ...column, y: imageY });

  // Containers.
  const gridX = left + imagesWidth + gutter;
  if (containers.length === 0)
    shapes.push({ id: 'empty:containers', kind: 'empty', of: 'containers', x: gridX, y: contentY, width: right - gridX, height: contentH });
  const kept = keptContainers(containers, grid.shown);
  const hidden = containers.filter((container) => !kept.has(container));
  const placed = [...kept].map((container, i) => ({
    container,
    column: i % grid.columns,
    box: {
      x: gridX + (i % grid.columns) * (grid.cardW + gutter),
      y: contentY + Math.floor(i / grid.columns) * (grid.cardH + grid.gap),
      width: grid.cardW,
      height: grid.cardH,
    },
  }));
  for (const { container, box } of placed)
    shapes.push({ id: `container:${container.id}`, kind: 'container', container, detail: grid.detail, ...box });
  more(
    'containers',
    hidden.length,
    { x: gridX, y: contentY + grid.height + 6, width: grid.cardW },
    hidden.filter((container) => container.status === 'running').length,
  );

  // Volumes, then networks, each over the full width of the daemon.
  let y = contentY + contentH + gap;
  if (volumeStep === 'count') more('volumes', volumes.length, { x: right - 80, y: daemon.y + 11, width: 80 });
  else {
    const size = volumeSizes[volumeStep];
    const slots = volumePlaces(imagesWidth, right - gridX, grid.columns, volumeStep, grid.cardW);
    const slot = (i: number) => ({
      x: left + slots[i % slots.length]!.x,
      y: y + Math.floor(i / slots.length) * (size.height + volumeSizes.gap),
      width: slots[i % slots.length]!.width,
    });
    const places = chosen.volumeRows * slots.length;
    const shownVolumes = volumes.length > places ? volumes.slice(volumes.length - places + 1) : volumes;
    shownVolumes.forEach((volume, i) => {
      const users = containers.filter((container) => container.mounts.some((mount) => mount.name === volume.name)).map(({ name }) => name);
      shapes.push({
        id: `volume:${volume.name}`,
        kind: 'volume',
        volume,
        users,
        brief: volumeStep === 'line',
        ...slot(i),
        height: size.height,
      });
    });
    if (shownVolumes.length < volumes.length) {
      const last = slot(shownVolumes.length);
      more('volumes', volumes.length - shownVolumes.length, { ...last, y: last.y + size.height / 2 - 9 });
    }
  }
  y += volumesH;
  const pitch = netPitch[tall ? 'full' : networkStep];
  const bars = new Map(networks.map((network, i) => [network.name, y + i * pitch]));
  wires.push(...endpointWires(placed, bars));
  const beside = networkStep === 'line' && !tall ? imagesWidth + 2 : 0;
  const edge = daemon.y + daemonH;
  const doors = portDoors(ports, { daemon, right, edge, barX: left + (beside || captionW), bars, barH, wires });
  shapes.push(...doors.shapes);
  wires.push(...doors.wires);
  for (const network of networks) {
    const bar = { x: left, y: bars.get(network.name)!, width: inner, height: pitch - 6 };
    const row = { ...bar, y: bar.y + barH + 1, height: pitch - barH - 2 };
    const caption = beside > 0 ? { x: 0, width: beside, address: beside >= 140 } : captionBelow(network, row, wires);
    shapes.push({ id: `network:${network.id}`, kind: 'network', network, beside, caption, ...bar });
  }
  more('networks', networksMore, { x: left, y: y + networks.length * pitch - 4, width: imagesWidth });

  const height = Math.max(room.height, edge + under);
  return { width: frame.width, height, shapes, wires, track: frame.track, lane: frame.lane, titleBlock: titleBlockAt(frame, height) };
}

const rowsHeight = (rows: number, step: Plan['volumes']): number =>
  step === 'count' ? 0 : rows * (volumeSizes[step].height + volumeSizes.gap);

/** Where volumes stand in a row, from the left edge of the images: one or more in the images' column and in each column of cards. */
function volumePlaces(
  imagesWidth: number,
  gridW: number,
  columns: number,
  step: Step,
  cardW = cardWidth(gridW, columns),
): readonly { readonly x: number; readonly width: number }[] {
  const { widthMin } = volumeSizes[step];
  const spans = [{ x: 0, width: imagesWidth }];
  for (let i = 0; i < columns; i++) {
    const x = i * (cardW + gutter);
    spans.push({ x: imagesWidth + gutter + x, width: i < columns - 1 ? cardW : gridW - x });
  }
  return spans.flatMap((span) => {
    const count = Math.max(1, Math.floor((span.width + volumeSizes.gap) / (widthMin + volumeSizes.gap)));
    const width = Math.min(volumeSizes.widthMax, Math.floor((span.width - (count - 1) * volumeSizes.gap) / count));
    return Array.from({ length: count }, (_, i) => ({ x: span.x + i * (width + volumeSizes.gap), width }));
  });
}

/** Those that live before those that have ended, the newest before older ones; in the order of their making. */
function keptContainers(all: readonly ContainerView[], count: number): ReadonlySet<ContainerView> {
  const ended = (container: ContainerView) => Number(['exited', 'dead', 'created', 'removing'].includes(container.status));
  const ranked = [...all].reverse().sort((a, b) => ended(a) - ended(b));
  const kept = new Set(ranked.slice(0, count));
  return new Set(all.filter((container) => kept.has(container)));
}

/** Networks in use are kept before others when there is no room for all. */
function shownNetworks(machine: MachineView): readonly NetworkView[] {
  const all = drawnNetworks(machine);
  if (all.length <= networksMax) return all;
  const used = new Set([...machine.containers.values()].flatMap((container) => container.endpoints.map((endpoint) => endpoint.network)));
  const kept = new Set([...all].sort((a, b) => Number(used.has(b.name)) - Number(used.has(a.name))).slice(0, networksMax));
  return all.filter((network) => kept.has(network));
}

/** The layers that travel now, each as far along the wire as its bytes are. */
function parcels(transfer: TransferView | undefined, [at, from]: readonly Point[]): Shape[] {
  if (!transfer || !at || !from) return [];
  const upright = at[0] === from[0];
  const size = upright ? { width: 14, height: 22 } : { width: 22, height: 14 };
  return transfer.layers
    .filter((layer) => layer.state === 'moving' && layer.total > 0)
    .map((layer) => {
      const share = layer.moved / layer.total;
      const way = transfer.direction === 'pull' ? share : 1 - share;
      // From beside the sender to beside the receiver; centred across the wire.
      const along = (a: number, b: number, extent: number) => {
        if (a === b) return a - extent / 2;
        const [begin, end] = a < b ? [b - extent, a] : [b, a - extent];
        return Math.round(begin + (end - begin) * way);
      };
      return {
        id: `parcel:${transfer.id}/${layer.id}`,
        kind: 'parcel',
        upright,
        x: along(at[0], from[0], size.width),
        y: along(at[1], from[1], size.height),
        ...size,
      };
    });
}

/** The lower left corner, below the client and its labels. */
function titleBlockAt(frame: Frame, height: number): Point | undefined {
  const y = height - titleBlockSize.height - 12;
  if (frame.tall) return [12, y];
  const clear = Math.max(frame.client.y + frame.client.height, frame.track.from[1] + 60) + 8;
  const x = frame.client.x;
  return y >= clear && x + titleBlockSize.width + 8 <= frame.daemon.x ? [x, y] : undefined;
}
