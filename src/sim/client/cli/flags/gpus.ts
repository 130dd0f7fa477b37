/** --gpus all | N | key=value,... */
import { csvFields } from './csv.ts';

export interface GpuRequest {
  readonly Driver: string;
  readonly Count: number;
  readonly DeviceIDs: readonly string[] | null;
  readonly Capabilities: readonly (readonly string[])[];
  readonly Options: Readonly<Record<string, string>>;
}

function count(text: string): number {
  if (text === 'all') return -1;
  if (!/^-?\d+$/.test(text)) throw new Error(`invalid count (${text}): value must be either "all" or an integer: invalid syntax`);
  return Number(text);
}

export function parseGpus(text: string): GpuRequest {
  const seen = new Set<string>();
  const request = {
    Driver: '',
    Count: 0,
    DeviceIDs: null as string[] | null,
    Capabilities: ['gpu'],
    Options: {} as Record<string, string>,
  };
  for (const field of csvFields(text)) {
    const at = field.indexOf('=');
    const key = at < 0 ? field : field.slice(0, at);
    if (seen.has(key)) throw new Error(`gpu request key '${key}' can be specified only once`);
    seen.add(key);
    if (at < 0) {
      seen.add('count');
      request.Count = count(field);
      continue;
    }
    const value = field.slice(at + 1);
    if (key === 'driver') request.Driver = value;
    else if (key === 'count') request.Count = count(value);
    else if (key === 'device') request.DeviceIDs = value.split(',');
    else if (key === 'capabilities') request.Capabilities = [...value.split(','), 'gpu'];
    else if (key === 'options') request.Options = Object.fromEntries(value.split(',').map((o) => o.split('=', 2)));
    else throw new Error(`unexpected key '${key}' in '${field}'`);
  }
  if (!seen.has('count') && request.DeviceIDs === null) request.Count = 1;
  return { ...request, Capabilities: [request.Capabilities] };
}
