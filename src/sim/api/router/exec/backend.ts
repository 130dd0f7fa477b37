import type { Sim } from '../../../kernel/sim.ts';
import type { Cause } from '../../../lib/records.ts';
import type { IdResponse } from '../../types/common.ts';
import type { ExecCreateRequest, ExecInspect, ExecStartRequest } from '../../types/exec.ts';
import type { HijackedStreams } from '../../types/streams.ts';

export interface ExecBackend {
  execCreate(container: string, request: ExecCreateRequest, cause: Cause): Sim<IdResponse>;
  /** Throws if there is no such exec or its container does not run. */
  execCheck(id: string): Sim<void>;
  /** Without `open` it runs detached and the call ends at once. Otherwise ends with the process. */
  execStart(id: string, request: ExecStartRequest, open: ((tty: boolean) => Sim<HijackedStreams>) | undefined, cause: Cause): Sim<void>;
  execResize(id: string, rows: number, columns: number): Sim<void>;
  execInspect(id: string): Sim<ExecInspect>;
}
