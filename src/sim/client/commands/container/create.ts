import type { CreateResponse } from '../../../api/types/container.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, fstat, open, statOrNull, unlink, write } from '../../../kernel/syscalls.ts';
import { familiarString, parseReference, type Reference, ReferenceError, withDefaultTag } from '../../../oci/reference.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { checkPlatform } from '../../cli/platform.ts';
import { pullImage } from '../../cli/pull.ts';
import { isNotFound } from '../../engine/errors.ts';
import type { CreateBody } from './createRequest.ts';
import { createBody } from './createRequest.ts';

export const command = defineCommand({
  path: 'container create',
  *run({ cli, flags, args }) {
    const body = yield* checkedBody(cli, flags, args, 'create');
    const id = yield* createContainer(cli, flags, body);
    yield* cli.out(`${id}\n`);
  },
});

/** `docker: MESSAGE` with the hint to --help below it. */
export function withHelp(error: CliError, verb: string, exitCode: number): CliError {
  return new CliError(`docker: ${error.message}\n\nRun 'docker ${verb} --help' for more information`, exitCode);
}

/** The request's body; what is wrong with the flags ends with the hint and status 125. */
export function* checkedBody(cli: Cli, flags: Flags, args: readonly string[], verb: 'run' | 'create'): Sim<CreateBody> {
  try {
    const pull = flags.string('pull');
    if (!['always', 'missing', 'never', ''].includes(pull)) {
      throw new CliError(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`);
    }
    return yield* createBody(cli, flags, args);
  } catch (error) {
    if (error instanceof CliError) throw withHelp(error, verb, 125);
    throw error;
  }
}

/** Creates the container, pulling its image when the daemon does not have it. Answers with the id. */
export function* createContainer(cli: Cli, flags: Flags, body: CreateBody): Sim<string> {
  const cidFile = flags.string('cidfile');
  if (cidFile !== '' && (yield* statOrNull(cidFile))) {
    throw new CliError(`container ID file found, make sure the other container isn't running or delete ${cidFile}`);
  }
  const cid = cidFile === '' ? undefined : yield* openCidFile(cidFile);
  try {
    const response = yield* createOrPull(cli, flags, body);
    for (const warning of [...(response.Warnings ?? []), ...localhostDns(body)]) yield* cli.err(`WARNING: ${warning}\n`);
    if (cid !== undefined) yield* write(cid, response.Id);
    return response.Id;
  } finally {
    if (cid !== undefined) {
      const { size } = yield* fstat(cid);
      yield* close(cid);
      if (size === 0) yield* unlink(cidFile);
    }
  }
}

/** A container's localhost is its own. */
function localhostDns({ hostConfig }: CreateBody): readonly string[] {
  const loopback = ((hostConfig.Dns ?? []) as readonly string[]).find((server) => /^127(\.\d{1,3}){3}$|^::1$/.test(server));
  return loopback === undefined ? [] : [`Localhost DNS (${loopback}) may fail in containers.`];
}

function* openCidFile(path: string): Sim<number> {
  try {
    return yield* open(path, 'w');
  } catch (error) {
    if (isErrno(error)) throw new CliError(`failed to create the container ID file: open ${path}: ${error.message.toLowerCase()}`);
    throw error;
  }
}

function* createOrPull(cli: Cli, flags: Flags, body: CreateBody): Sim<CreateResponse> {
  const engine = yield* cli.engine();
  const platform = flags.string('platform');
  const reference = imageReference(body.config.Image as string);
  const pull = flags.string('pull');
  const fetch = function* (): Sim<void> {
    if (!reference) return;
    yield* pullImage(cli, reference, { platform, quiet: flags.bool('quiet'), fd: 2 });
  };
  const name = flags.string('name');
  const create = (): Sim<CreateResponse> =>
    engine.json<CreateResponse>('POST', '/containers/create', {
      query: { name: name === '' ? undefined : name, platform: platform === '' ? undefined : checkPlatform(platform) },
      json: { ...body.config, HostConfig: body.hostConfig, NetworkingConfig: { EndpointsConfig: body.endpoints } },
    });
  if (platform !== '') checkPlatform(platform);
  if (pull === 'always') yield* fetch();
  try {
    return yield* create();
  } catch (error) {
    if (!isNotFound(error) || !reference || pull !== 'missing') throw error;
    if (!flags.bool('quiet')) yield* cli.err(`Unable to find image '${familiarString(reference)}' locally\n`);
    yield* fetch();
    return yield* create();
  }
}

/** Undefined for an image id. */
function imageReference(text: string): Reference | undefined {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(text)) return undefined;
  try {
    return withDefaultTag(parseReference(text));
  } catch (error) {
    if (error instanceof ReferenceError) throw new CliError(error.message);
    throw error;
  }
}
