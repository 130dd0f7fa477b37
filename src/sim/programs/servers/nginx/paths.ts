/** The directories for what is on its way (request bodies, answers of other servers), which nginx makes before it does anything else. */
import { ERRNO, isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { chown, credentials, mkdir, stat, statOrNull } from '../../../kernel/syscalls.ts';
import { ConfigError } from './configFile.ts';
import { userIds } from './user.ts';

/** Where a build keeps them: nginx.org's packages, and those of Debian and of Alpine. */
const BUILDS: readonly (readonly [parent: string, names: readonly string[]])[] = [
  ['/var/cache/nginx', ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp']],
  ['/var/lib/nginx/tmp', ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']],
  ['/var/lib/nginx', ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']],
];

/** Makes those that are missing and gives them to the workers' `user`; ngx_create_paths of its core. Throws ConfigError. */
export function* createPaths(user: string): Sim<void> {
  const build = yield* chosen();
  if (!build) return;
  const owner = (yield* credentials()).euid === 0 ? (yield* userIds(user))?.uid : undefined;
  for (const name of build[1]) {
    const path = `${build[0]}/${name}`;
    try {
      if (!(yield* statOrNull(path))) yield* mkdir(path, 0o700);
      const { uid, gid } = yield* stat(path);
      if (owner !== undefined && uid !== owner) yield* chown(path, owner, gid);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new ConfigError(`mkdir() "${path}" failed (${ERRNO[error.code][0]}: ${error.message})`);
    }
  }
}

function* chosen(): Sim<(typeof BUILDS)[number] | undefined> {
  for (const build of BUILDS) if (yield* statOrNull(build[0])) return build;
  return undefined;
}
