/** Bodies about volumes, as the structs of moby's api/types/volume. */
import { anything, map, string, struct } from '../../lib/goDecode.ts';

/** POST /volumes/create */
export const createOptions = struct('volume.CreateOptions', {
  ClusterVolumeSpec: anything,
  Driver: string(),
  DriverOpts: map(string()),
  Labels: map(string()),
  Name: string(),
});
