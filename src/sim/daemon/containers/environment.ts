/** The environment that a container's processes start with. */
import type { ContainerConfig } from '../../api/types/common.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** PATH, HOSTNAME, TERM with a terminal, link variables; then the container's own in place of these or after them. */
export function daemonEnvironment(config: ContainerConfig, tty: boolean, linked: readonly string[] = []): string[] {
  const base = [`PATH=${DEFAULT_PATH}`, `HOSTNAME=${config.Hostname}`, ...(tty ? ['TERM=xterm'] : []), ...linked];
  return replaceOrAppend(base, config.Env ?? []);
}

/** Overrides replace in place or are added; a name without '=' removes. */
export function replaceOrAppend(defaults: readonly string[], overrides: readonly string[]): string[] {
  const out: (string | undefined)[] = [...defaults];
  const at = new Map(defaults.map((entry, i) => [entry.split('=', 1)[0], i]));
  for (const value of overrides) {
    const name = value.split('=', 1)[0];
    const i = at.get(name);
    if (!value.includes('=')) {
      if (i !== undefined) out[i] = undefined;
    } else if (i !== undefined) out[i] = value;
    else out.push(value);
  }
  return out.filter((entry) => entry !== undefined);
}
