import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { EMPTY_ENDPOINT } from '../../engine/endpoint.ts';
import { objectPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'network connect',
  *run({ cli, flags, args: [network, container] }) {
    const address = flags.string('ip');
    const address6 = flags.string('ip6');
    const local = flags.list('link-local-ip');
    const links = flags.list('link');
    if (flags.list('driver-opt').some((o) => !o.includes('='))) throw new CliError('invalid key/value pair format in driver options');
    const engine = yield* cli.engine();
    yield* engine.call('POST', `${objectPath('networks', network)}/connect`, {
      json: {
        Container: container,
        EndpointConfig: {
          ...EMPTY_ENDPOINT,
          IPAMConfig: {
            ...(address === '' ? {} : { IPv4Address: address }),
            ...(address6 === '' ? {} : { IPv6Address: address6 }),
            ...(local.length === 0 ? {} : { LinkLocalIPs: local }),
          },
          Links: links.length === 0 ? null : links,
          Aliases: flags.list('alias'),
          DriverOpts: flags.map('driver-opt'),
          GwPriority: flags.number('gw-priority'),
        },
      },
    });
  },
});
