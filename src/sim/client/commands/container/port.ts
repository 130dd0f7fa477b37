import type { ContainerInspect } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { splitProtocol } from '../../cli/flags/ports.ts';
import { containerPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'container port',
  *run({ cli, args: [name, wanted] }) {
    const engine = yield* cli.engine();
    const { NetworkSettings } = yield* engine.get<ContainerInspect>(`${containerPath(name)}/json`);
    const ports = NetworkSettings.Ports ?? {};
    const lines: string[] = [];
    const host = (b: { readonly HostIp: string; readonly HostPort: string }): string =>
      `${b.HostIp.includes(':') ? `[${b.HostIp}]` : b.HostIp}:${b.HostPort}`;
    if (wanted !== undefined && wanted !== '') {
      const [port, protocol] = splitProtocol(wanted);
      const fault = !/^\d+$/.test(port) ? 'invalid syntax' : Number(port) > 65_535 ? 'value out of range' : undefined;
      if (fault) throw new CliError(`Error: invalid port (${port}): strconv.ParseUint: parsing "${port}": ${fault}`);
      const bindings = ports[`${port}/${protocol}`];
      if (!bindings || bindings.length === 0) throw new CliError(`Error: No public port '${wanted}' published for ${name}`);
      lines.push(...bindings.map(host));
    } else {
      for (const [port, bindings] of Object.entries(ports)) for (const b of bindings ?? []) lines.push(`${port} -> ${host(b)}`);
    }
    lines.sort(natural);
    if (lines.length > 0) yield* cli.out(`${lines.join('\n')}\n`);
  },
});

/** Runs of digits compare as numbers. */
function natural(a: string, b: string): number {
  const x = a.match(/\d+|\D+/g) ?? [];
  const y = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] === y[i]) continue;
    if (/^\d/.test(x[i]) && /^\d/.test(y[i])) {
      if (Number(x[i]) !== Number(y[i])) return Number(x[i]) - Number(y[i]);
    } else return x[i] < y[i] ? -1 : 1;
  }
  return x.length - y.length;
}
