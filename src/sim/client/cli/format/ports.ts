/** Published ports in one line: '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp', runs of ports folded into ranges. */
import type { PortSummary } from '../../../api/types/container.ts';

interface Run {
  readonly first: number;
  readonly last: number;
}

export function portList(ports: readonly PortSummary[]): string {
  const sorted = [...ports].sort(compare);
  const open = new Map<string, Run>();
  const result: string[] = [];
  const hostMappings: string[] = [];
  const keys: string[] = [];
  for (const port of sorted) {
    const current = port.PrivatePort;
    let key = port.Type;
    if (port.IP) {
      if (port.PublicPort !== current) {
        hostMappings.push(`${bracketed(port.IP)}:${port.PublicPort ?? 0}->${port.PrivatePort}/${port.Type}`);
        continue;
      }
      key = `${port.IP}/${port.Type}`;
    }
    const run = open.get(key);
    if (!run) {
      open.set(key, { first: current, last: current });
      keys.push(key);
    } else if (current === run.last + 1) open.set(key, { first: run.first, last: current });
    else {
      result.push(range(key, run));
      open.set(key, { first: current, last: current });
    }
  }
  for (const key of keys) result.push(range(key, open.get(key)!));
  return [...result, ...hostMappings].join(', ');
}

function range(key: string, run: Run): string {
  const at = key.lastIndexOf('/');
  const type = key.slice(at + 1);
  const text = run.first === run.last ? String(run.first) : `${run.first}-${run.last}`;
  return at < 0 ? `${text}/${type}` : `${bracketed(key.slice(0, at))}:${text}->${text}/${type}`;
}

function bracketed(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}

function compare(a: PortSummary, b: PortSummary): number {
  if (a.PrivatePort !== b.PrivatePort) return a.PrivatePort - b.PrivatePort;
  if ((a.IP ?? '') !== (b.IP ?? '')) return (a.IP ?? '') < (b.IP ?? '') ? -1 : 1;
  if ((a.PublicPort ?? 0) !== (b.PublicPort ?? 0)) return (a.PublicPort ?? 0) - (b.PublicPort ?? 0);
  return a.Type < b.Type ? -1 : a.Type > b.Type ? 1 : 0;
}
