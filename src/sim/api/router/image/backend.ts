import type { Sim } from '../../../kernel/sim.ts';
import type { Cause } from '../../../lib/records.ts';
import type {
  AuthConfig,
  DistributionInspect,
  HistoryItem,
  ImageDeleteItem,
  ImageInspect,
  ImageListOptions,
  ImageSummary,
  ImagesPruneReport,
  ImportOptions,
  ProgressMessage,
  SearchResult,
} from '../../types/image.ts';
import type { Filters } from '../../types/options.ts';

/** Takes one line of a progress stream to the caller. */
export type ProgressSink = (message: ProgressMessage) => Sim<void>;

export interface ImageBackend {
  imageList(options: ImageListOptions): Sim<readonly ImageSummary[]>;
  imageInspect(name: string): Sim<ImageInspect>;
  imageHistory(name: string): Sim<readonly HistoryItem[]>;
  imageTag(name: string, repository: string, tag: string, cause: Cause): Sim<void>;
  imageRemove(name: string, options: { readonly force: boolean; readonly prune: boolean }, cause: Cause): Sim<readonly ImageDeleteItem[]>;
  imagesPrune(filters: Filters, cause: Cause): Sim<ImagesPruneReport>;
  /** `fromImage`, with a tag or digest apart (empty: all tags). Errors before the first line are answers of their own. */
  imagePull(
    request: { readonly name: string; readonly tag: string; readonly platform: string; readonly auth: AuthConfig },
    progress: ProgressSink,
    cause: Cause,
  ): Sim<void>;
  /** `name` without the tag; no tag is all of them. */
  imagePush(
    request: { readonly name: string; readonly tag: string; readonly auth: AuthConfig },
    progress: ProgressSink,
    cause: Cause,
  ): Sim<void>;
  /** A tar. */
  imageSave(names: readonly string[], platform: string, cause: Cause): Sim<Uint8Array>;
  imageLoad(data: Uint8Array, quiet: boolean, progress: ProgressSink, cause: Cause): Sim<void>;
  imageImport(data: Uint8Array, options: ImportOptions, progress: ProgressSink, cause: Cause): Sim<void>;
  distributionInspect(name: string, auth: AuthConfig): Sim<DistributionInspect>;
  imageSearch(term: string, limit: number, filters: Filters): Sim<readonly SearchResult[]>;
}
