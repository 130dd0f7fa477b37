/** The configuration that the registry image brings. */
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

export function registryConfig(): TarInput[] {
  return [...dirs('etc/docker', 'etc/docker/registry'), file('etc/docker/registry/config.yml', CONFIG)];
}
