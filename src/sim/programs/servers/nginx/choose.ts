/** Which server and location a request belongs to. */
import { compileRegex } from '../../../lib/regex/regex.ts';
import type { Location, ServerBlock } from './model.ts';

/** By Host: exact name, then '*.name', then 'name.*', then '~pattern'; else the default server of the port. */
export function chooseServer(servers: readonly ServerBlock[], port: number, host: string): ServerBlock | undefined {
  const here = servers.filter((s) => s.listens.some((l) => l.port === port));
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return (
    here.find((s) => s.names.includes(name)) ??
    here.find((s) => s.names.some((n) => n.startsWith('*.') && name.endsWith(n.slice(1)))) ??
    here.find((s) => s.names.some((n) => n.endsWith('.*') && name.startsWith(n.slice(0, -1)))) ??
    here.find((s) => s.names.some((n) => n.startsWith('~') && compileRegex(n.slice(1), 'perl', { ignoreCase: true }).test(name))) ??
    here.find((s) => s.listens.some((l) => l.port === port && l.defaultServer)) ??
    here[0]
  );
}

/** '=' first; then the longest prefix, unless it yields to the first regular expression that fits. */
export function chooseLocation(locations: readonly Location[], path: string): Location | undefined {
  const exact = locations.find((l) => l.kind === '=' && l.path === path);
  if (exact) return exact;
  let longest: Location | undefined;
  for (const l of locations) {
    if ((l.kind === 'prefix' || l.kind === '^~') && path.startsWith(l.path) && (!longest || l.path.length > longest.path.length))
      longest = l;
  }
  if (longest?.kind !== '^~') {
    const nested = longest && chooseLocation(longest.inner, path);
    if (nested) return nested;
    const regex = locations.find((l) => l.pattern?.test(path));
    if (regex) return regex;
  }
  return longest;
}
