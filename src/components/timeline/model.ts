import type { ApiMessage } from '../../state/app.ts';

export interface TimelineEvent {
  readonly id: number;
  readonly at: number;
  readonly label: string;
  readonly failed: boolean;
}

const windowUs = 3_000_000;

/** What changed something, as dots of the timeline: calls that only read are left out, create and start of one container are one `run`. */
export function timelineEvents(messages: readonly ApiMessage[]): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const created = new Map<string, TimelineEvent>();
  for (const message of messages) {
    const label = labelOf(message);
    if (label === undefined) continue;
    const failed = message.status !== undefined && message.status >= 400;
    const start = /\/containers\/([0-9a-f]{12,})\/start$/.exec(pathOf(message));
    const made = start && created.get(start[1]!.slice(0, 12));
    if (made && message.sentAt - made.at < windowUs) {
      const i = events.indexOf(made);
      events[i] = { ...made, label: made.label.replace(/^create/, 'run'), failed: made.failed || failed };
      continue;
    }
    const event = { id: message.id, at: message.sentAt, label, failed };
    events.push(event);
    const id = label.startsWith('create') && /"Id":\s*"([0-9a-f]{12})/.exec(message.responseBody);
    if (id) created.set(id[1]!, event);
  }
  return events;
}

function pathOf(message: ApiMessage): string {
  return message.path.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '');
}

/** A short name of a call that changes something; undefined for one that reads. */
function labelOf(message: ApiMessage): string | undefined {
  if (message.method === 'GET' || message.method === 'HEAD') return undefined;
  const query = new URLSearchParams(/\?(.*)$/.exec(message.path)?.[1] ?? '');
  const parts = pathOf(message).split('/').filter(Boolean);
  const [noun, first, verb] = parts;
  const short = (name = '') => (/^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : decodeURIComponent(name));
  if (noun === 'images' && first === 'create')
    return `pull ${short(query.get('fromImage')?.replace(/^docker\.io\/(library\/)?/, '') ?? '')}`.trim();
  if (noun === 'containers' && first === 'create') return `create ${query.get('name') ?? image(message)}`.trim();
  if (noun === 'containers' && ['wait', 'attach', 'resize'].includes(verb ?? '')) return undefined;
  if (noun === 'exec') return undefined;
  if (message.method === 'DELETE')
    return `${noun === 'containers' ? 'rm' : noun === 'images' ? 'rmi' : `${noun?.replace(/s$/, '')} rm`} ${short(parts.slice(1).join('/'))}`;
  if (verb !== undefined) return `${verb} ${short(first)}`;
  if (first === 'prune') return `${noun?.replace(/s$/, '')} prune`;
  if (first === 'create') return `${noun?.replace(/s$/, '')} create`;
  return noun;
}

function image(message: ApiMessage): string {
  return /"Image":\s*"([^"]+)"/.exec(message.requestBody)?.[1] ?? '';
}

export interface Placed extends TimelineEvent {
  /** 0 to 1 along the line. */
  readonly x: number;
  readonly labelled: boolean;
}

/** Dots by time, and a label for each one that has room for it (the newest first). */
export function place(events: readonly TimelineEvent[], now: number, width: number): readonly Placed[] {
  const end = Math.max(now, 1_000_000);
  let free = width;
  const placed = [...events].reverse().map((event) => {
    const x = event.at / end;
    const half = (event.label.length * 6.7) / 2 + 6;
    const labelled = x * width + half <= free && x * width - half >= 0;
    if (labelled) free = x * width - half;
    return { ...event, x, labelled };
  });
  return placed.reverse();
}
