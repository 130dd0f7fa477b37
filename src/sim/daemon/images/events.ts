/** Events of images carry their labels and a name. */
import type { Cause } from '../../lib/records.ts';
import type { EventLog } from '../events.ts';
import type { ImageRecord } from '../records.ts';

export type ImageAction = 'tag' | 'untag' | 'delete' | 'pull' | 'push' | 'save' | 'load' | 'import' | 'create';

export function logImageEvent(
  d: { readonly events: EventLog },
  cause: Cause,
  action: ImageAction,
  image: Pick<ImageRecord, 'id' | 'config'>,
  name: string,
  id = image.id,
): void {
  d.events.log(cause, 'image', action, { id, attributes: { ...image.config?.Labels, name } });
}
