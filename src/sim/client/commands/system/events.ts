import type { EventMessage } from '../../../api/types/event.ts';
import { formatRfc3339NanoFixed } from '../../../lib/goTime.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { execute, GoMap, GoStruct, parse, type Template, TemplateError } from '../../cli/template/index.ts';
import { timestampQuery } from '../../cli/timestamp.ts';
import { eachJson } from '../../engine/jsonMessage.ts';
import { filterQuery } from '../../engine/query.ts';

export const command = defineCommand({
  path: 'system events',
  *run({ cli, flags }) {
    const template = templateOf(flags.string('format'));
    const now = yield* cli.now();
    const engine = yield* cli.engine();
    const { body } = yield* engine.open('GET', '/events', {
      query: {
        since: timestampQuery(flags.string('since'), now, 'events'),
        until: timestampQuery(flags.string('until'), now, 'events'),
        filters: filterQuery(flags.list('filter')),
      },
    });
    yield* eachJson(body, (_event, line) => cli.out(`${template ? render(template, line) : eventLine(line)}\n`));
  },
});

const NO_EVENT = '{"Type":"","Action":"","Actor":{"ID":"","Attributes":null},"scope":"","time":0,"timeNano":0}';

/** Tried on an event without any value before anything is asked. Status 64 if it cannot be. */
function templateOf(format: string): Template | undefined {
  if (format === '') return undefined;
  try {
    const template = parse(format === 'json' ? '{{json .}}' : format);
    execute(template, eventStruct(NO_EVENT));
    return template;
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`Error parsing format: ${error.message}`, 64);
    throw error;
  }
}

function render(template: Template, line: string): string {
  try {
    return execute(template, eventStruct(line));
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(error.message);
    throw error;
  }
}

/** Attributes in order, as Go has its maps in JSON. */
function eventOf(line: string): EventMessage {
  const event = JSON.parse(line) as EventMessage;
  const attributes = Object.entries(event.Actor.Attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...event, Actor: { ...event.Actor, Attributes: Object.fromEntries(attributes) } };
}

function eventStruct(line: string): GoStruct {
  const event = eventOf(line);
  const attributes = new GoMap(new Map(Object.entries(event.Actor.Attributes ?? {})));
  return new GoStruct(
    '*events.Message',
    {
      Status: event.status ?? '',
      ID: event.id ?? '',
      From: event.from ?? '',
      Type: event.Type,
      Action: event.Action,
      Actor: new GoStruct('events.Actor', { ID: event.Actor.ID, Attributes: attributes }, () => JSON.stringify(event.Actor)),
      Scope: event.scope,
      Time: event.time,
      TimeNano: nanoseconds(line),
    },
    () => eventJson(event, line),
  );
}

/** In the order of Go's struct, whatever the daemon's was. */
function eventJson(event: EventMessage, line: string): string {
  const { status, id, from, Type, Action, Actor, scope, time } = event;
  const text = JSON.stringify({ status, id, from, Type, Action, Actor, scope, time });
  return `${text.slice(0, -1)},"timeNano":${nanoseconds(line)}}`;
}

/** More digits than a double holds. */
function nanoseconds(line: string): bigint {
  return BigInt(/"timeNano":(\d+)/.exec(line)?.[1] ?? 0);
}

/** '2026-11-24T14:05:00.123456000Z container start 8888... (image=nginx, name=web)' */
function eventLine(line: string): string {
  const event = eventOf(line);
  const nano = nanoseconds(line) || BigInt(event.time) * 1_000_000_000n;
  const at = { seconds: Number(nano / 1_000_000_000n), nanoseconds: Number(nano % 1_000_000_000n), offset: 0 };
  const attributes = Object.entries(event.Actor.Attributes ?? {}).map(([key, value]) => `${key}=${value}`);
  const time = nano === 0n ? '' : `${formatRfc3339NanoFixed(at)} `;
  return `${time}${event.Type} ${event.Action} ${event.Actor.ID}${attributes.length === 0 ? '' : ` (${attributes.join(', ')})`}`;
}
