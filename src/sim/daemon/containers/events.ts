/** Events of containers carry their labels, image and name. */
import type { Cause } from '../../lib/records.ts';
import type { EventLog } from '../events.ts';
import type { ContainerRecord } from '../records.ts';

export function logContainerEvent(
  d: { readonly events: EventLog },
  cause: Cause,
  container: ContainerRecord,
  action: string,
  attributes: Readonly<Record<string, string>> = {},
): void {
  d.events.log(cause, 'container', action, {
    id: container.id,
    attributes: { ...container.config.Labels, image: container.config.Image, name: container.name, ...attributes },
  });
}
