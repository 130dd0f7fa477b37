/** What the image `registry` holds besides its base: configuration, the server and the script that starts it. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { dirs, file } from './tree.ts';

const CONFIG = `version: 0.1
log:
  fields:
    service: registry
storage:
  cache:
    blobdescriptor: inmemory
  filesystem:
    rootdirectory: /var/lib/registry
http:
  addr: :5000
  headers:
    X-Content-Type-Options: [nosniff]
health:
  storagedriver:
    enabled: true
    interval: 10s
    threshold: 3
`;

/** `path` is where a version looks for its configuration. */
export function registryConfig(path = 'etc/docker/registry/config.yml'): TarInput[] {
  const parts = path.split('/').slice(0, -1);
  return [...dirs(...parts.map((_, i) => parts.slice(0, i + 1).join('/'))), file(path, CONFIG)];
}
