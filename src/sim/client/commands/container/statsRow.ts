import { binarySize, humanSize } from '../../../lib/goSize.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { shortId } from '../../cli/format/words.ts';
import type { Collected } from './statsCollect.ts';

export const STATS_TABLE = 'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}';

export const STATS_LAYOUT: ListLayout = {
  type: 'container.statsContext',
  headers: {
    Container: 'CONTAINER',
    Name: 'NAME',
    ID: 'CONTAINER ID',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
};

export function statsRow({ container, name, id, usage: u, error }: Collected, full: boolean): Row {
  // A container that could be seen once and no longer can: docker keeps its line.
  const unknown = error !== undefined;
  const percent = (value: number): string => (unknown ? '--' : `${value.toFixed(2)}%`);
  const pair = (a: string, b: string, none: string): string => (unknown ? none : `${a} / ${b}`);
  return {
    Container: container,
    Name: name.length > 1 ? name.slice(1) : '--',
    ID: full ? id : shortId(id),
    CPUPerc: percent(u.cpuPercent),
    MemUsage: pair(binarySize(u.memory), binarySize(u.memoryLimit), '-- / --'),
    MemPerc: percent(u.memoryLimit === 0 ? 0 : (u.memory / u.memoryLimit) * 100),
    NetIO: pair(humanSize(u.received, 3), humanSize(u.sent, 3), '--'),
    BlockIO: pair(humanSize(u.blockRead, 3), humanSize(u.blockWritten, 3), '--'),
    PIDs: unknown ? '--' : String(u.pids),
  };
}
