import type { Sim } from '../../../kernel/sim.ts';
import type { ConnectionInfo, HttpRequest, ResponseWriter } from '../../../net/http/server.ts';

export interface SiteRequest {
  readonly req: HttpRequest;
  readonly res: ResponseWriter;
  readonly conn: ConnectionInfo;
  readonly host: string;
  readonly secure: boolean;
}

export type Site = (request: SiteRequest) => Sim<void>;
