/** Containers in lists. */
import type { ContainerSummary } from '../../../api/types/container.ts';
import { goQuote } from '../../../lib/goQuote.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { formatGoTime } from '../../../lib/goTime.ts';
import type { ListLayout, Row } from './formatter.ts';
import { portList } from './ports.ts';
import { ago, ellipsis, labelList, labelMethod, shortId } from './words.ts';

export const CONTAINER_LAYOUT: ListLayout = {
  type: 'formatter.ContainerContext',
  headers: {
    ID: 'CONTAINER ID',
    Names: 'NAMES',
    Image: 'IMAGE',
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    RunningFor: 'CREATED',
    Ports: 'PORTS',
    State: 'STATE',
    Status: 'STATUS',
    Size: 'SIZE',
    Labels: 'LABELS',
    Mounts: 'MOUNTS',
    LocalVolumes: 'LOCAL VOLUMES',
    Networks: 'NETWORKS',
    Platform: 'PLATFORM',
  },
};

/** One container, as lists show it. `now` in Unix seconds. */
export function containerRow(c: ContainerSummary, now: number, full: boolean): Row {
  const names = c.Names.map((n) => n.replace(/^\//, ''));
  const mounts = c.Mounts.map((m) => m.Name || m.Source);
  return {
    ID: full ? c.Id : shortId(c.Id),
    Names: (full ? names : names.filter((n) => !n.includes('/'))).join(','),
    Image: c.Image === '' ? '<no image>' : full ? c.Image : shownImage(c),
    Command: goQuote(full ? c.Command : ellipsis(c.Command, 20)),
    CreatedAt: formatGoTime(c.Created),
    RunningFor: ago(now - c.Created),
    Ports: portList(c.Ports),
    State: c.State,
    Status: c.Status,
    Size: sizeOf(c),
    Labels: labelList(c.Labels),
    Label: labelMethod(c.Labels),
    Mounts: mounts.map((m) => (full ? m : ellipsis(m, 15))).join(','),
    LocalVolumes: String(c.Mounts.filter((m) => m.Driver === 'local').length),
    Networks: Object.keys(c.NetworkSettings?.Networks ?? {})
      .sort()
      .join(','),
    Platform: null,
  };
}

/** An image that is named by its id is shortened; a name loses its digest. */
function shownImage(c: ContainerSummary): string {
  if (c.ImageID.replace(/^sha256:/, '') === c.Image.replace(/^sha256:/, '')) return shortId(c.Image);
  const at = c.Image.indexOf('@');
  return at < 0 ? c.Image : c.Image.slice(0, at);
}

function sizeOf(c: ContainerSummary): string {
  const own = humanSize(c.SizeRw ?? 0, 3);
  return (c.SizeRootFs ?? 0) > 0 ? `${own} (virtual ${humanSize(c.SizeRootFs!, 3)})` : own;
}
