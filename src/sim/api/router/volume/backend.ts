import type { Sim } from '../../../kernel/sim.ts';
import type { Cause } from '../../../lib/records.ts';
import type { Filters } from '../../types/options.ts';
import type { Volume, VolumeCreateRequest, VolumeList, VolumesPruneReport } from '../../types/volume.ts';

export interface VolumeBackend {
  volumeList(filters: Filters): Sim<VolumeList>;
  volumeInspect(name: string): Sim<Volume>;
  volumeCreate(request: VolumeCreateRequest, cause: Cause): Sim<Volume>;
  volumeRemove(name: string, force: boolean, cause: Cause): Sim<void>;
  volumesPrune(filters: Filters, cause: Cause): Sim<VolumesPruneReport>;
}
