/** Where a daemon listens: unix:///path, tcp://host:port. */
import { CliError } from '../cli/errors.ts';

export type Endpoint = {
  /** As it was given, for messages. */
  readonly host: string;
} & ({ readonly unix: string } | { readonly address: string; readonly port: number });

export function parseHost(text: string): Endpoint {
  const host = text.trim();
  const scheme = /^([a-z]+):\/\//.exec(host)?.[1] ?? 'tcp';
  const rest = host.includes('://') ? host.slice(host.indexOf('://') + 3) : host;
  if (host === '' || scheme === 'unix') {
    const path = rest === '' ? '/var/run/docker.sock' : rest;
    return { host: `unix://${path}`, unix: path };
  }
  if (scheme === 'ssh') throw new CliError('drydock: connections over ssh are not simulated');
  if (scheme === 'npipe') throw new CliError('Failed to initialize: protocol not available');
  if (scheme === 'fd' && rest === '') throw new CliError(`Failed to initialize: unable to parse docker host \`${text}\``);
  if (scheme !== 'tcp') throw new CliError(`Failed to initialize: unable to resolve docker endpoint: invalid bind address format: ${text}`);
  const authority = rest.split('/')[0];
  // With more than one colon it is an address as a whole (an IPv6 one): Go then takes the default port.
  const whole = (authority.match(/:/g)?.length ?? 0) > 1 && !authority.startsWith('[');
  const space = /[ <>"{}|\\^`]/.exec(authority);
  if (space) {
    const why = `invalid character ${JSON.stringify(space[0])} in host name`;
    throw new CliError(`Failed to initialize: unable to resolve docker endpoint: parse "${scheme}://${rest}": ${why}`);
  }
  if (/^\[.*\]$/.test(authority))
    throw new CliError(`Failed to initialize: unable to resolve docker endpoint: invalid bind address format: ${authority}`);
  const at = authority.lastIndexOf(':');
  const port = at < 0 ? '' : authority.slice(at + 1);
  if (port !== '' && !/^\d+$/.test(port)) {
    throw new CliError(
      `Failed to initialize: unable to resolve docker endpoint: parse "${scheme}://${rest}": invalid port ":${port}" after host`,
    );
  }
  const address = (at < 0 || whole ? authority : authority.slice(0, at)).replace(/^\[|\]$/g, '') || 'localhost';
  const number = port === '' || whole ? '2375' : port;
  return { host: `tcp://${address.includes(':') ? `[${address}]` : address}:${number}`, address, port: Number(number) };
}
