import type { Sim } from '../../../kernel/sim.ts';
import type { Cause } from '../../../lib/records.ts';
import type {
  AuthConfig,
  HistoryItem,
  ImageDeleteItem,
  ImageInspect,
  ImageListOptions,
  ImageSummary,
  ImagesPruneReport,
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
  imageSearch(term: string, limit: number, filters: Filters): Sim<readonly SearchResult[]>;
}
