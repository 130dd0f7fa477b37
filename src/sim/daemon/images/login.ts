/** `docker login`: tries the credentials on the registry itself. */
import type { AuthRequest, AuthResponse } from '../../api/types/system.ts';
import type { Sim } from '../../kernel/sim.ts';
import { invalid, unauthorized } from '../errors.ts';
import type { RegistryContext } from './context.ts';
import { RegistryClient } from './registryClient.ts';
import { RegistryError } from './registryErrors.ts';

const HUB_NAMES = new Set(['', 'index.docker.io', 'docker.io', 'registry-1.docker.io']);

export function* login(d: RegistryContext, request: AuthRequest): Sim<AuthResponse> {
  const host = registryHost(request.serveraddress ?? '');
  const auth = { username: request.username, password: request.password };
  const { nameserver, config } = d;
  const client = new RegistryClient(HUB_NAMES.has(host) ? 'docker.io' : host, {
    nameserver,
    insecureRegistries: config.insecureRegistries,
    auth,
  });
  let status: number;
  try {
    status = yield* client.login();
  } catch (error) {
    if (error instanceof RegistryError) throw unauthorized(error.message);
    throw error;
  }
  if (status === 200) return { IdentityToken: '', Status: 'Login Succeeded' };
  const text = status === 401 ? '401 Unauthorized' : String(status);
  throw unauthorized(`login attempt to ${client.base}/v2/ failed with status: ${text}`);
}

/** The host and port of a server address. Throws invalid with the words of Go's url.Parse. */
function registryHost(address: string): string {
  if (address === '') return '';
  const url = /^https?:\/\//.test(address) ? address : `https://${address}`;
  const host = url.replace(/^https?:\/\//, '').split(/[/?#]/)[0];
  const port = /^(?:\[[^\]]*\]|[^:]*)(:.*)$/.exec(host)?.[1];
  if (port !== undefined && !/^:\d*$/.test(port)) {
    throw invalid(`unable to parse server address: parse ${JSON.stringify(url)}: invalid port ${JSON.stringify(port)} after host`);
  }
  return host;
}
