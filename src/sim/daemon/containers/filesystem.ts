/** A container's files as `docker cp` sees them: its own, with its volumes, binds and network files; no tmpfs. */
import type { Sim } from '../../kernel/sim.ts';
import { statOrNull } from '../../kernel/syscalls.ts';
import type { SpecMount } from '../../oci/runtimeSpec.ts';
import { inContainerRoot } from '../../runtime/rootView.ts';
import type { ContainerRecord } from '../records.ts';
import { containerSnapshot } from './files.ts';
import type { ContainerServices } from './services.ts';
import { userMounts } from './spec.ts';

/** System calls of `body` work inside the container. */
export function* inContainer<T>(d: ContainerServices, c: ContainerRecord, body: () => Sim<T>): Sim<T> {
  const binds: SpecMount[] = [];
  for (const file of ['resolv.conf', 'hostname', 'hosts']) {
    const source = `${d.config.root}/containers/${c.id}/${file}`;
    if (c.hasBeenStarted && (yield* statOrNull(source))) {
      binds.push({ destination: `/etc/${file}`, type: 'bind', source, options: ['rbind', 'rprivate'] });
    }
  }
  binds.push(...userMounts(c).filter((mount) => mount.type === 'bind'));
  const { merged } = yield* containerSnapshot(d, c);
  return yield* inContainerRoot(d.kernel, merged, binds, body);
}
