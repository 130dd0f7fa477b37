/** How much of each thing there is room for: full, then smaller, then names, then the newest and a count. */

export type ContainerDetail = 'full' | 'brief' | 'name';
export type ImageDetail = 'full' | 'line';

/** Cards of containers by detail; a finger needs taller rows. */
const cards = {
  full: { height: 98, gap: 10, widthMin: 150 },
  brief: { height: 50, gap: 8, widthMin: 140 },
  name: { height: 26, gap: 6, widthMin: 100 },
} as const;
const cardWidthMax = 220;
/** Between two columns of cards: lines to the networks run there. */
export const gutter = 28;
export const imageHeights = { full: 34, line: 16, gap: 9, lineGap: 6 } as const;
/** A layer's slab and the space below it. */
export const layerH = 22;
export const moreH = 24;
export const rowsMin = 3;

export interface ContainerFit {
  readonly detail: ContainerDetail;
  readonly columns: number;
  /** So many of the newest are drawn. */
  readonly shown: number;
  readonly cardW: number;
  readonly cardH: number;
  readonly gap: number;
  readonly height: number;
}

/** Containers in `width` by `height`; `details` are tried in order. Undefined when none of them shows all. */
export function fitContainers(
  count: number,
  width: number,
  height: number,
  details: readonly ContainerDetail[],
  touch: boolean,
): ContainerFit | undefined {
  for (const detail of details) {
    const columnsMax = columnsFor(width, detail);
    for (let columns = 1; columns <= columnsMax; columns++) {
      const fit = containersIn(count, columns, width, detail, touch);
      if (fit.height <= height) return fit;
    }
  }
  return undefined;
}

/** The newest, by name, and room for a count of the others. */
export function newestContainers(count: number, width: number, height: number, touch: boolean): ContainerFit {
  const columns = columnsFor(width, 'name');
  const { cardH, gap } = containersIn(count, columns, width, 'name', touch);
  const rows = Math.max(2, Math.floor((height - moreH + gap) / (cardH + gap)));
  const shown = Math.min(count, rows * columns);
  return { ...containersIn(shown, columns, width, 'name', touch), shown };
}

export const cardWidth = (width: number, columns: number): number =>
  Math.min(cardWidthMax, Math.floor((width - (columns - 1) * gutter) / columns));

function columnsFor(width: number, detail: ContainerDetail): number {
  return Math.max(1, Math.floor((width + gutter) / (cards[detail].widthMin + gutter)));
}

function containersIn(count: number, columns: number, width: number, detail: ContainerDetail, touch: boolean): ContainerFit {
  const { height, gap } = cards[detail];
  const cardH = detail === 'name' && touch ? 36 : height;
  const rows = Math.ceil(count / columns);
  return {
    detail,
    columns,
    shown: count,
    cardW: cardWidth(width, columns),
    cardH,
    gap,
    height: Math.max(0, rows * (cardH + gap) - gap),
  };
}

export interface ImageFit {
  readonly detail: ImageDetail;
  readonly shown: number;
  /** Layers drawn below each image that is shown, oldest first, and below each one that is on its way. */
  readonly layers: readonly number[];
  readonly layersComing: number;
  readonly height: number;
}

/** As many layers as an image opens to. */
const layersMax = 4;
/** Below layers that are not all: how many there are. */
const layersNoteH = 16;

/** The height of an image's layers, of which `shown` are drawn. */
export const layersHeight = (shown: number, all: number): number => (shown === 0 ? 0 : shown * layerH + (shown < all ? layersNoteH : 0));

/** The newest image opens to its layers first, then those before it, as far as the room goes. */
function openLayers(images: readonly number[], room: number): number[] {
  const opened = images.map(() => 0);
  let left = room;
  for (let i = images.length - 1; i >= 0; i--) {
    const all = images[i]!;
    let shown = Math.min(all, layersMax);
    while (shown > 0 && layersHeight(shown, all) > left) shown--;
    // One of many tells nothing.
    if (shown < Math.min(2, all)) break;
    opened[i] = shown;
    left -= layersHeight(shown, all);
  }
  return opened;
}

/**
 * Images (each of so many layers, oldest first) above each other in `height`. Those on their way (each of `coming` layers) have the
 * first claim on room for their layers.
 */
export function fitImages(images: readonly number[], coming: readonly number[], height: number): ImageFit {
  const count = images.length;
  const pitch = { full: imageHeights.full + imageHeights.gap, line: imageHeights.line + imageHeights.lineGap };
  const heads = coming.length * pitch.full;
  const slabsMin = coming.reduce((sum, layers) => sum + Math.min(2, layers), 0) * layerH;
  const fits = (detail: ImageDetail, shown: number) => shown * pitch[detail] + heads + slabsMin + (shown < count ? moreH : 0) <= height;
  let detail: ImageDetail = 'full';
  let shown = count;
  if (!fits('full', count)) {
    detail = 'line';
    while (shown > (coming.length > 0 ? 1 : rowsMin) && !fits('line', shown)) shown--;
  }
  const used = shown * pitch[detail] + heads + (shown < count ? moreH : 0);
  const spare = Math.max(0, height - used);
  const layersComing = coming.length === 0 ? 0 : Math.min(Math.max(...coming), Math.max(2, Math.floor(spare / layerH / coming.length)));
  const here = images.slice(count - shown);
  const layers = openLayers(here, detail === 'full' && coming.length === 0 ? spare : 0);
  const slabs = coming.reduce((sum, all) => sum + Math.min(layersComing, all), 0) * layerH;
  const opened = layers.reduce((sum, open, i) => sum + layersHeight(open, here[i]!), 0);
  return { detail, shown, layers, layersComing, height: used + slabs + opened };
}
