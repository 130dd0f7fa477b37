/** `docker commit`. */
import type { ContainerConfig } from '../../api/types/common.ts';
import type { CommitOptions } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { familiarString } from '../../oci/reference.ts';
import { conflict } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { applyChanges } from '../images/instructions/apply.ts';
import { layerDiff } from '../images/layerDiff.ts';
import { targetReference } from '../images/tag.ts';
import { mergeConfig } from './config.ts';
import { logContainerEvent } from './events.ts';
import { containerSnapshot } from './files.ts';
import { pause } from './pause.ts';
import type { ContainerServices } from './services.ts';
import { isRunning } from './state.ts';
import { unpause } from './unpause.ts';

/** The new image's id. `config` takes the place of the container's settings, the changes come on top. */
export function* commit(
  d: ContainerServices,
  options: CommitOptions,
  config: Partial<ContainerConfig> | undefined,
  cause: Cause,
): Sim<string> {
  const target = options.repository === '' ? undefined : targetReference(options.repository, options.tag);
  const c = findContainer(d.records, options.container);
  if (c.state.status === 'dead') throw conflict(`You cannot commit container ${c.id} which is Dead`);
  if (c.state.status === 'removing') throw conflict(`You cannot commit container ${c.id} which is being removed`);
  const base = config ?? c.config;
  const pauses = options.pause && isRunning(c) && c.state.status === 'running';
  if (pauses) yield* pause(d, c.id, cause);
  try {
    const changed = applyChanges(base, options.changes);
    const image = yield* d.images.commit(
      {
        parentId: c.imageId,
        containerId: c.id,
        containerConfig: c.config,
        config: { ...mergeConfig(changed, c.config), OnBuild: changed.OnBuild ?? null },
        diff: layerDiff((yield* containerSnapshot(d, c)).upper),
        author: options.author,
        comment: options.comment,
      },
      target,
      cause,
    );
    const imageRef = target ? familiarString(target) : '';
    logContainerEvent(d, cause, freshContainer(d.records, c.id), 'commit', { comment: options.comment, imageID: image, imageRef });
    return image;
  } finally {
    if (pauses && d.records.get('containers', c.id)?.state.status === 'paused') yield* unpause(d, c.id, cause);
  }
}
