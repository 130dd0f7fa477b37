/** What the timeline shows of the calls, as words; `place.ts` says where. */
import type { ApiMessage } from '../../state/app.ts';
import { type CallState, callState } from '../diagrams/kit/messageWords.ts';

export interface TimelineEvent {
  readonly id: number;
  readonly at: number;
  readonly label: string;
  readonly state: CallState;
}

const windowUs = 3_000_000;

/**
 * What changed something, as dots of the timeline: calls that only read are left out, create and start of one container are one
 * `run`. So is a create that finds no image and is followed by the pull of that image: the client asks so to learn whether it
 * must pull, and creates again after it.
 */
export function timelineEvents(messages: readonly ApiMessage[]): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const created = new Map<string, TimelineEvent>();
  let missing: { readonly event: TimelineEvent; readonly image: string } | undefined;
  for (const message of messages) {
    const label = labelOf(message);
    if (label === undefined) continue;
    const state = callState(message);
    const start = /\/containers\/([0-9a-f]{12,})\/start$/.exec(pathOf(message));
    const made = start && created.get(start[1]!.slice(0, 12));
    if (made && message.sentAt - made.at < windowUs) {
      const i = events.indexOf(made);
      events[i] = { ...made, label: made.label.replace(/^create/, 'run'), state: made.state === 'failed' ? made.state : state };
      continue;
    }
    const pulled = pulledImage(message);
    if (missing && pulled === missing.image && message.sentAt - missing.event.at < windowUs)
      events.splice(events.indexOf(missing.event), 1);
    const event = { id: message.id, at: message.sentAt, label, state };
    events.push(event);
    missing =
      message.status === 404 && /\/containers\/create$/.test(pathOf(message)) ? { event, image: repository(image(message)) } : undefined;
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
  const query = queryOf(message);
  const parts = pathOf(message).split('/').filter(Boolean);
  const [noun, first, verb] = parts;
  const short = (name = '') => (/^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : decodeURIComponent(name));
  if (noun === 'images' && first === 'create') return `pull ${familiar(query.get('fromImage') ?? '')}`.trim();
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

const queryOf = (message: ApiMessage): URLSearchParams => new URLSearchParams(/\?(.*)$/.exec(message.path)?.[1] ?? '');

/** 'nginx' for 'docker.io/library/nginx'. */
const familiar = (name: string): string => name.replace(/^docker\.io\/(library\/)?/, '');

/** An image's name without its tag or digest. */
const repository = (name: string): string => familiar(name).replace(/@.*$|:[^:/]*$/, '');

const pulledImage = (message: ApiMessage): string | undefined =>
  /\/images\/create$/.test(pathOf(message)) ? repository(queryOf(message).get('fromImage') ?? '') : undefined;

function image(message: ApiMessage): string {
  return /"Image":\s*"([^"]+)"/.exec(message.requestBody)?.[1] ?? '';
}
