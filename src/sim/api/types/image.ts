/** Images of Engine API v1.50. */
import type { GraphDriverData, StringMap } from './common.ts';
import type { Filters } from './options.ts';

export interface ImageListOptions {
  readonly all: boolean;
  readonly filters: Filters;
  readonly sharedSize: boolean;
  /** Count the containers of each image. */
  readonly containers: boolean;
}
export interface ImageSummary {
  /** -1 when not counted. */
  readonly Containers: number;
  /** Unix seconds. */
  readonly Created: number;
  readonly Id: string;
  readonly Labels: StringMap | null;
  readonly ParentId: string;
  readonly RepoDigests: readonly string[];
  readonly RepoTags: readonly string[];
  /** -1 when not counted. */
  readonly SharedSize: number;
  readonly Size: number;
}
export interface ImageInspect {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  readonly Parent: string;
  readonly Comment: string;
  readonly Created?: string;
  readonly DockerVersion: string;
  readonly Author: string;
  readonly Architecture: string;
  readonly Variant?: string;
  readonly Os: string;
  readonly Size: number;
  readonly GraphDriver: GraphDriverData;
  readonly RootFS: { readonly Type: string; readonly Layers?: readonly string[] };
  readonly Metadata: { readonly LastTagTime: string };
  readonly Config: Readonly<Record<string, unknown>>;
}
export interface HistoryItem {
  readonly Comment: string;
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Id: string;
  readonly Size: number;
  readonly Tags: readonly string[] | null;
}
export type ImageDeleteItem = { readonly Untagged: string } | { readonly Deleted: string };
export interface ImagesPruneReport {
  readonly ImagesDeleted: readonly ImageDeleteItem[] | null;
  readonly SpaceReclaimed: number;
}
/** `X-Registry-Auth`, decoded. */
export interface AuthConfig {
  readonly username?: string;
  readonly password?: string;
  readonly auth?: string;
  readonly email?: string;
  readonly serveraddress?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}
/** One line of a progress stream. */
export interface ProgressMessage {
  readonly status?: string;
  readonly stream?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number; readonly units?: string };
  readonly progress?: string;
  readonly id?: string;
  readonly aux?: unknown;
  readonly errorDetail?: { readonly code?: number; readonly message: string };
  readonly error?: string;
}
export interface SearchResult {
  readonly star_count: number;
  readonly is_official: boolean;
  readonly name: string;
  readonly is_automated: boolean;
  readonly description: string;
}
export interface ImportOptions {
  /** '-' is the request's body. */
  readonly source: string;
  readonly repo: string;
  readonly tag: string;
  readonly message: string;
  readonly changes: readonly string[];
  readonly platform: string;
}
export interface DistributionInspect {
  readonly Descriptor: { readonly mediaType: string; readonly digest: string; readonly size: number };
  readonly Platforms: readonly { readonly architecture: string; readonly os: string; readonly variant?: string }[];
}
