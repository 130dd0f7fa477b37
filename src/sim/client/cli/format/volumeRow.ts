/** Volumes in lists. */
import type { Volume } from '../../../api/types/volume.ts';
import { humanSize } from '../../../lib/goSize.ts';
import type { ListLayout, Row } from './formatter.ts';
import { labelList, labelMethod } from './words.ts';

export const VOLUME_LAYOUT: ListLayout = {
  type: 'formatter.volumeContext',
  headers: {
    ID: 'ID',
    Name: 'VOLUME NAME',
    Group: 'GROUP',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Availability: 'AVAILABILITY',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Status: 'STATUS',
  },
};

/** Group, availability and status belong to cluster volumes. */
export function volumeRow(volume: Volume): Row {
  return {
    Name: volume.Name,
    Driver: volume.Driver,
    Scope: volume.Scope,
    Mountpoint: volume.Mountpoint,
    Labels: labelList(volume.Labels),
    Label: labelMethod(volume.Labels),
    Links: volume.UsageData ? String(volume.UsageData.RefCount) : 'N/A',
    Size: volume.UsageData ? humanSize(volume.UsageData.Size) : 'N/A',
    Group: 'N/A',
    Availability: 'N/A',
    Status: 'N/A',
  };
}
