/** `docker import`: a tar becomes an image of one layer. */
import type { ImportOptions } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { digestOf } from '../../oci/digest.ts';
import { parsePlatform } from '../../oci/manifest.ts';
import { decompressed, readArchive } from '../archives.ts';
import { rfc3339Nano } from '../clock.ts';
import { invalid, notImplemented } from '../errors.ts';
import type { ImageContext } from './context.ts';
import { logImageEvent } from './events.ts';
import { applyChanges } from './instructions/apply.ts';
import type { Progress } from './progress.ts';
import { registerImage } from './record.ts';
import { tagImage, targetReference } from './tag.ts';

export function* importImage(d: ImageContext, data: Uint8Array, options: ImportOptions, progress: Progress, cause: Cause): Sim<void> {
  const target = options.repo === '' ? undefined : targetReference(options.repo, options.tag);
  const platform = parsePlatform(options.platform === '' ? 'linux/amd64' : options.platform);
  if (!platform) throw invalid(`${JSON.stringify(options.platform)}: unknown operating system or architecture: invalid argument`);
  if (options.source !== '-') throw notImplemented('drydock: importing from a URL is not simulated');
  const config = applyChanges({}, options.changes);
  const tar = decompressed(data);
  readArchive(tar);
  const diffId = digestOf(tar);
  d.layers.add(diffId, tar);
  const created = rfc3339Nano(d.clock, yield* now());
  const comment = options.message === '' ? `Imported from ${options.source}` : options.message;
  const rawConfig = JSON.stringify({
    comment,
    created,
    config: { Image: '', ...config },
    docker_version: d.config.version,
    history: [{ created, comment }],
    ...platform,
    rootfs: { type: 'layers', diff_ids: [diffId] },
  });
  const image = yield* registerImage(d, rawConfig, cause);
  if (target) yield* tagImage(d, image, target, cause);
  logImageEvent(d, cause, 'import', image, image.id);
  yield* progress({ status: image.id });
}
