/**
 * `docker export`: the container's own files as a tar, without volumes and binds. What the image's layers stand for beyond their
 * files is stated in the tar, so that an image made of it is as big.
 */
import { packTree } from '../../archive/pack.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { fileBytes, writeLayer } from '../../oci/layer.ts';
import { inContainerRoot } from '../../runtime/rootView.ts';
import { conflict } from '../errors.ts';
import { findContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { containerSnapshot } from './files.ts';
import type { ContainerServices } from './services.ts';

export function* exportContainer(d: ContainerServices, name: string, cause: Cause): Sim<Uint8Array> {
  const c = findContainer(d.records, name);
  if (c.state.status === 'dead') throw conflict(`You cannot export container ${c.id} which is Dead`);
  if (c.state.status === 'removing') throw conflict(`You cannot export container ${c.id} which is being removed`);
  const { merged } = yield* containerSnapshot(d, c);
  const members = yield* inContainerRoot(d.kernel, merged, [], () => packTree('/', { include: '.', rebase: '', withSource: false }));
  logContainerEvent(d, cause, c, 'export');
  const unseen = d.images.unseen(c.layers);
  return writeLayer(members, unseen && { ...unseen, size: unseen.size + fileBytes(members) });
}
