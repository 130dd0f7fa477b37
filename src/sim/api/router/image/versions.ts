/** What older versions of the API say of images. */
import type { ImageInspect, ImageSummary } from '../../types/image.ts';
import { olderThan } from '../../version.ts';

interface Versioned {
  readonly version: string;
}

/** 1.43 took the `<none>` names away, 1.44 the size under its second name. */
export function summaryFor(req: Versioned, image: ImageSummary): object {
  const unnamed = olderThan(req, '1.43') && image.RepoTags.length === 0 && image.RepoDigests.length === 0;
  return {
    ...image,
    ...(unnamed ? { RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] } : {}),
    ...(olderThan(req, '1.44') ? { VirtualSize: image.Size } : {}),
  };
}

/** Members of a container's config that an image's had too, until 1.50. */
const OF_CONTAINERS = {
  Hostname: '',
  Domainname: '',
  User: '',
  AttachStdin: false,
  AttachStdout: false,
  AttachStderr: false,
  Tty: false,
  OpenStdin: false,
  StdinOnce: false,
  Env: null,
  Cmd: null,
  Image: '',
  Volumes: null,
  WorkingDir: '',
  Entrypoint: null,
  OnBuild: null,
  Labels: null,
};

export function inspectFor(req: Versioned, image: ImageInspect): object {
  return {
    ...image,
    ...(olderThan(req, '1.44') ? { VirtualSize: image.Size, Created: image.Created ?? '0001-01-01T00:00:00Z' } : {}),
    ...(olderThan(req, '1.50') ? { Config: { ...OF_CONTAINERS, ...image.Config } } : {}),
  };
}
