/** The entrypoint of the redis image: an option or a configuration file as the first word runs the server with it. */
export const REDIS_ENTRYPOINT = `#!/bin/sh
set -e
# an option or a configuration file as the first word means: run the server with it
if [ "\${1#-}" != "$1" ] || [ "\${1%.conf}" != "$1" ]; then
  set -- redis-server "$@"
fi
exec "$@"
`;
