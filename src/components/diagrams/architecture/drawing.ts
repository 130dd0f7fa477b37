/** What a drawing of the architecture consists of: shapes and lines with their places. */
import type { ContainerView, ImageView, NetworkView, RegistryView, TransferView, VolumeView } from '../../../state/app.ts';
import type { Box, Point } from '../kit/types.ts';
import type { PublishedPort } from './facts.ts';
import type { ContainerDetail, ImageDetail } from './fit.ts';
import type { Frame } from './frame.ts';

export type Countable = 'images' | 'containers' | 'volumes' | 'networks' | 'ports';

export type Shape = Box & { readonly id: string } & (
    | { readonly kind: 'client' }
    | { readonly kind: 'socket'; readonly side: 'left' | 'top' }
    | { readonly kind: 'daemon' /** Room at the right of its title that something else takes (px). */; readonly beside: number }
    | { readonly kind: 'registry'; readonly registry: RegistryView; readonly transfer: TransferView | undefined }
    | { readonly kind: 'image'; readonly image: ImageView; readonly layers: number; readonly detail: ImageDetail }
    | { readonly kind: 'transfer'; readonly transfer: TransferView; readonly layers: number }
    | { readonly kind: 'parcel'; readonly upright: boolean }
    | { readonly kind: 'container'; readonly container: ContainerView; readonly detail: ContainerDetail }
    | { readonly kind: 'network'; readonly network: NetworkView; readonly beside: number; readonly caption: Caption }
    | { readonly kind: 'volume'; readonly volume: VolumeView; readonly users: readonly string[]; readonly brief: boolean }
    | { readonly kind: 'port'; readonly port: PublishedPort }
    | { readonly kind: 'empty'; readonly of: 'images' | 'containers' }
    | { readonly kind: 'more'; readonly of: Countable; readonly count: number; readonly running: number; readonly all: boolean }
  );

export interface Wire {
  readonly id: string;
  readonly kind: 'socket' | 'registry' | 'endpoint' | 'port';
  readonly points: readonly Point[];
  readonly source: string;
  readonly target: string;
  /** An endpoint without an address is hollow and dashed. */
  readonly pending: boolean;
  /** Width of the squares in which an endpoint's line ends; 0 for lines that end in none. */
  readonly end: number;
}

/** A network's words: from where, how far, and whether they tell its address. */
export interface Caption {
  readonly x: number;
  readonly width: number;
  readonly address: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly wires: readonly Wire[];
  readonly track: Frame['track'];
  readonly lane: Frame['lane'];
  /** Where the title block lies over nothing; undefined where there is no such place. */
  readonly titleBlock: Point | undefined;
}
