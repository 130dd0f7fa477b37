/** `docker create`: from a request to a container that could start. */
import type { CreateRequest, CreateResponse } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chown, mkdirAll, now, writeFile } from '../../kernel/syscalls.ts';
import { OverlayFs } from '../../kernel/vfs/overlayFs.ts';
import type { Cause } from '../../lib/records.ts';
import { findIn } from '../../runtime/files.ts';
import { conflict, invalid, isDaemonError, notFound, system } from '../errors.ts';
import { findContainer, tryFindContainer } from '../find.ts';
import { randomId } from '../ids.ts';
import type { ContainerRecord, ImageRecord } from '../records.ts';
import { checkConfig, configJson, mergeConfig } from './config.ts';
import { logContainerEvent } from './events.ts';
import { checkNetworkOptions, completeHostConfig, verifyHostConfig, withDefaults } from './hostConfig.ts';
import { randomName } from './randomName.ts';
import type { ContainerServices } from './services.ts';

const NAME_CHARACTERS = '[a-zA-Z0-9][a-zA-Z0-9_.-]';
const NAME_PATTERN = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export function* create(d: ContainerServices, name: string, platform: string, request: CreateRequest, cause: Cause): Sim<CreateResponse> {
  const { HostConfig: _host, NetworkingConfig: _networks, ...own } = request;
  if (Object.keys(own).length === 0) throw invalid('config cannot be empty in order to create a container');
  const asked = completeHostConfig(request.HostConfig);
  checkNetworkOptions(asked, request);
  checkConfig(request);
  const warnings = verifyHostConfig(asked, { cpus: d.config.cpus });
  const image = (request.Image ?? '') === '' ? undefined : d.images.find(request.Image ?? '');
  checkPlatform(platform, image, request.Image ?? '', warnings);

  const merged = mergeConfig(request, image?.config);
  if ((merged.Entrypoint ?? []).length === 0 && (merged.Cmd ?? []).length === 0) throw invalid('no command specified');
  const command = [...(merged.Entrypoint ?? []).filter((part, i) => i > 0 || part !== ''), ...(merged.Cmd ?? [])];
  if (command.length === 0) throw invalid('no command specified');

  const id = yield* randomId();
  const containerName = yield* reserveName(d, name, id);
  const hostConfig = withDefaults(resolveShared(d, asked), d.config);
  const hostname = merged.Hostname !== '' ? merged.Hostname : sharedHostname(d, hostConfig, id);
  const config = configJson({ ...merged, Hostname: hostname });
  const endpoints = d.networks.planEndpoints(
    { id, name: containerName, hostname },
    hostConfig,
    request.NetworkingConfig?.EndpointsConfig ?? {},
  );
  const mounts = yield* d.volumes.planMounts({ containerId: id, hostConfig, volumes: Object.keys(config.Volumes ?? {}) }, cause);
  const container: ContainerRecord = {
    id,
    name: containerName,
    createdAt: yield* now(),
    imageId: image?.id ?? '',
    layers: image?.layers ?? [],
    path: command[0],
    args: command.slice(1),
    config,
    hostConfig,
    state: {
      status: 'created',
      oomKilled: false,
      pid: 0,
      exitCode: 0,
      error: '',
      startedAt: undefined,
      finishedAt: undefined,
      health: undefined,
    },
    restartCount: 0,
    manuallyStopped: false,
    hasBeenStarted: false,
    network: { sandboxId: '', sandboxKey: '', ports: {}, endpoints },
    mounts,
    platform: 'linux',
    mountId: yield* randomId(),
    writableBytes: 0,
  };
  yield* checkWorkingDir(d, container);
  yield* makeDirectory(d, container);
  d.records.commit(cause, (tx) => tx.insert('containers', container));
  logContainerEvent(d, cause, container, 'create');
  return { Id: id, Warnings: warnings };
}

/** The working directory is made if it is not there; a file of the image in its place is an error. */
function* checkWorkingDir(d: ContainerServices, c: ContainerRecord): Sim<void> {
  if (c.config.WorkingDir === '') return;
  const lowers = (yield* d.images.lowers(c.layers)).map((layer) => layer.root);
  if (lowers.length === 0) return;
  const there = findIn(new OverlayFs({ device: d.kernel.nextDevice(), lowers, upper: undefined }), c.config.WorkingDir);
  if (there && !there.isDirectory) throw system(`Cannot mkdir: ${c.config.WorkingDir} is not a directory`);
}

/** Checks and takes the name, or makes one up. Nothing else may run between this and the insertion but what cannot fail on it. */
function* reserveName(d: ContainerServices, asked: string, id: string): Sim<string> {
  if (asked === '') {
    for (let attempt = 0; attempt < 6; attempt++) {
      const name = yield* randomName(attempt > 0);
      if (!tryFindContainerByName(d, name)) return name;
    }
    return id.slice(0, 12);
  }
  return checkName(d, asked);
}

/** A name that may be given: throws invalid for its characters, conflict when it is taken. Answers without the slash. */
export function checkName(d: ContainerServices, asked: string): string {
  if (!NAME_PATTERN.test(asked)) throw invalid(`Invalid container name (${asked}), only ${NAME_CHARACTERS} are allowed`);
  const name = asked.replace(/^\//, '');
  const holder = tryFindContainerByName(d, name);
  if (holder) {
    throw conflict(
      `Conflict. The container name "/${name}" is already in use by container "${holder.id}". ` +
        'You have to remove (or rename) that container to be able to reuse that name.',
    );
  }
  return name;
}

function tryFindContainerByName(d: ContainerServices, name: string): ContainerRecord | undefined {
  return d.records.all('containers').find((c) => c.name === name);
}

/** `container:web` becomes `container:<id>`, so that a rename breaks nothing. */
function resolveShared(d: ContainerServices, hostConfig: ContainerRecord['hostConfig']): ContainerRecord['hostConfig'] {
  const resolve = (mode: string): string => {
    if (!mode.startsWith('container:')) return mode;
    const found = tryFindContainer(d.records, mode.slice('container:'.length));
    return found ? `container:${found.id}` : mode;
  };
  return {
    ...hostConfig,
    NetworkMode: resolve(hostConfig.NetworkMode),
    PidMode: resolve(hostConfig.PidMode),
    IpcMode: resolve(hostConfig.IpcMode),
  };
}

/** Host networking shows the host's name, a shared network namespace its owner's; else the short id. */
function sharedHostname(d: ContainerServices, hostConfig: ContainerRecord['hostConfig'], id: string): string {
  if (hostConfig.NetworkMode === 'host' || hostConfig.UTSMode === 'host') return d.config.hostname;
  if (hostConfig.NetworkMode.startsWith('container:')) {
    const owner = findContainer(d.records, hostConfig.NetworkMode.slice('container:'.length));
    return owner.config.Hostname;
  }
  return id.slice(0, 12);
}

function checkPlatform(platform: string, image: ImageRecord | undefined, reference: string, warnings: string[]): void {
  if (!image) return;
  const have = `${image.os}/${image.architecture}${image.variant === '' ? '' : `/${image.variant}`}`;
  if (platform !== '') {
    const [os, architecture] = platform.split('/');
    if (os !== image.os || (architecture !== undefined && architecture !== image.architecture)) {
      throw notFound(
        `image with reference ${reference} was found but its platform (${have}) does not match the specified platform (${platform})`,
      );
    }
  } else if (image.architecture !== 'amd64') {
    warnings.push(
      `The requested image's platform (${have}) does not match the detected host platform (linux/amd64/v3) and no specific platform was requested`,
    );
  }
}

/** /var/lib/docker/containers/<id> with the files that are bound into the container. */
function* makeDirectory(d: ContainerServices, c: ContainerRecord): Sim<void> {
  const directory = `${d.config.root}/containers/${c.id}`;
  try {
    yield* mkdirAll(directory, 0o710);
    yield* mkdirAll(`${directory}/checkpoints`, 0o700);
    yield* writeFile(
      `${directory}/config.v2.json`,
      JSON.stringify({ ID: c.id, Name: `/${c.name}`, Image: c.imageId, Config: c.config }),
      0o600,
    );
    yield* writeFile(`${directory}/hostconfig.json`, JSON.stringify(c.hostConfig), 0o644);
    yield* chown(directory, 0, 0);
  } catch (error) {
    if (isDaemonError(error)) throw error;
    throw system(error instanceof Error ? error.message : String(error));
  }
}
